"""What one's structure asked and sent: the preview, the agreements of a person, her register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, QuerySet
from django.utils import timezone

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.acteurs.requetes import Role
from premier_accueil.partage.acces import accords_visibles
from premier_accueil.partage.models import Accord, Communication
from premier_accueil.partage.regles import (
    AccordVu,
    Destinataire,
    Projection,
    dire_le_retrait,
    projection,
    refus_de_base,
    table_de_partage,
    texte_a_lire,
)
from premier_accueil.partage.regles.table import Regime
from premier_accueil.partage.requetes.destinataires import destinataire, statut_de
from premier_accueil.partage.requetes.dossier import dossier
from premier_accueil.partage.requetes.registre import libelles
from premier_accueil.personnes.acces import personnes_visibles
from premier_accueil.personnes.models import Personne
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.journal import Geste, noter


@dataclass(frozen=True)
class Souhait:
    """What an agent would like to tell, before the person is asked.

    Attributes:
        textes: words by code, in the order of the table; empty when there is nothing to say.
        jours: how long the agreement would last.
    """

    personne_id: int
    but: str
    base: str
    destinataire_id: int
    fonction: Fonction
    textes: dict[str, str]
    suivie_ensemble: bool
    jours: int
    themes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Apercu:
    """Exactly what would leave for this recipient, why the rest stays, and what is read aloud to the person.

    Attributes:
        base: the text it stands on, with the conditions to attest.
        refus: why this mission may not use that text; empty when it may.
    """

    destinataire: Destinataire
    projection: Projection
    a_lire: tuple[str, ...]
    a_confirmer: bool
    article: str
    base: Regime | None = None
    refus: str = ""


def apercu(souhait: Souhait, role: Role, a: datetime) -> Apercu:
    """Return the preview of a communication, as if the person had said yes to all of it.

    Raises:
        Personne.DoesNotExist, Structure.DoesNotExist: not visible, or unknown.
    """
    personne = Personne.objects.filter(personnes_visibles(role, a)).get(pk=souhait.personne_id)
    vers = destinataire(souhait.destinataire_id, souhait.fonction, a)
    fin = a + timedelta(days=souhait.jours)
    suppose = AccordVu(
        role.structure_id, personne.pk, souhait.but, vers.structure_id, vers.fonction, frozenset(souhait.textes),
        a, fin, next(iter(table_de_partage().obtentions)), frozenset({"SEULE"}), demande_a_la_personne=True,
    )  # fmt: skip
    suivie_avec = frozenset({vers.structure_id}) if souhait.suivie_ensemble else frozenset[int]()
    tenu = dossier(personne, souhait.textes, themes=souhait.themes, suivie_avec=suivie_avec)
    base = table_de_partage().bases.get(souhait.base)
    vu = projection(tenu, vers, suppose, base, a)
    a_lire = texte_a_lire(
        but=souhait.but, destinataire=vers.nom, libelles=[ligne.libelle for ligne in vu.partent], fin=jour_local(fin)
    )
    return Apercu(
        vers, vu, a_lire, bool(base and base.a_confirmer), base.article if base else "", base,
        refus_de_base(base, statut_de(role)),
    )  # fmt: skip


@dataclass(frozen=True)
class AccordListe:
    """An agreement as the person's list shows it."""

    id: int
    but: str
    destinataire: str
    fonction: str
    elements: tuple[str, ...]
    obtention: str
    presents: tuple[str, ...]
    recueilli_par: str
    cree_le: datetime
    fin: datetime
    retire_le: datetime | None
    en_cours: bool
    lue_le: datetime | None
    lue_par: str


def accords_de(personne_id: int, role: Role, a: datetime) -> tuple[AccordListe, ...]:
    """Return the agreements of a person, the latest first; two queries, journaled.

    Raises:
        Personne.DoesNotExist: not visible to this role.
    """
    Personne.objects.only("pk").filter(personnes_visibles(role, a)).get(pk=personne_id)
    _noter("accords_de", personne_id, role, a)
    accords = Accord.objects.filter(accords_visibles(role, a), personne_id=personne_id)
    return tuple(_liste(accord, a) for accord in _avec_lecture(accords).order_by("-cree_le", "-pk"))


def accord_de(accord_id: int, role: Role, a: datetime) -> tuple[int, AccordListe]:
    """Return one agreement and the key of its person; journaled.

    Raises:
        Accord.DoesNotExist: not visible to this role.
    """
    accord = _avec_lecture(Accord.objects.filter(accords_visibles(role, a))).get(pk=accord_id)
    _noter("accord_de", accord.personne_id, role, a)
    return accord.personne_id, _liste(accord, a)


def dit_du_retrait(accord: AccordListe) -> tuple[str, ...]:
    """Return what the person is told of a withdrawal."""
    lue_le = timezone.localtime(accord.lue_le) if accord.lue_le else None
    return dire_le_retrait(destinataire=accord.destinataire, lue_le=lue_le, lue_par=accord.lue_par)


def _avec_lecture(accords: QuerySet[Accord]) -> QuerySet[Accord]:
    return accords.select_related("destinataire", "recueilli_par", "communication", "communication__lue_par").annotate(
        ouvert_le=Max("communication__liens__ouvert_le")
    )


def _liste(accord: Accord, a: datetime) -> AccordListe:
    table = table_de_partage()
    copie: Communication | None = getattr(accord, "communication", None)
    lue = (copie.lue_le if copie else None) or getattr(accord, "ouvert_le", None)
    return AccordListe(
        accord.pk, table.buts[accord.but].libelle, accord.destinataire.nom, Fonction(accord.fonction).libelle,
        libelles(accord.elements), table.obtentions.get(accord.obtention, accord.obtention),
        tuple(table.presents[p].libelle for p in accord.presents if p in table.presents), accord.recueilli_par.nom,
        accord.cree_le, accord.fin, accord.retire_le, accord.retire_le is None and accord.debut <= a < accord.fin,
        lue, copie.lue_par.nom if copie and copie.lue_par else "",
    )  # fmt: skip


def _noter(action: str, personne_id: int, role: Role, a: datetime) -> None:
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.LECTURE, action=action, objet="PERSONNE",
        objet_id=personne_id, a=a,
    )  # fmt: skip
