"""What one's structure received. A copy is projected again at each reading, from the agreement as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from premier_accueil.acteurs.requetes import Role
from premier_accueil.partage.acces import communications_recues
from premier_accueil.partage.models import Accord, Attestation, Communication
from premier_accueil.partage.regles import (
    FIN_D_ACCES,
    AccordVu,
    Destinataire,
    Dossier,
    Ligne,
    projection,
    table_de_partage,
)
from premier_accueil.partage.requetes.destinataires import lecteur
from premier_accueil.partage.requetes.dossier import accord_vu, dossier
from premier_accueil.socle.cloison import situation
from premier_accueil.socle.journal import Geste, noter

PAR_PAGE = 100
ACCORD_FINI = "Accès terminé : ce que la personne avait permis est arrivé à sa fin. Cessez d'utiliser ces informations."


@dataclass(frozen=True)
class CommunicationListee:
    """A copy in the recipient's list: from whom, when, why; no name, no words."""

    id: int
    expediteur: str
    but: str
    envoyee_le: datetime
    fin: datetime
    lue_le: datetime | None
    fermee_le: datetime | None
    message: str


@dataclass(frozen=True)
class CommunicationLue:
    """A copy as it is read: its words, or why there are none any more.

    Attributes:
        message: empty while it is open.
        article: the text it stands on, when it is not the agreement alone.
        a_ouvrir: nobody said yet that it was read.
    """

    id: int
    expediteur: str
    auteur: str
    but: str
    envoyee_le: datetime
    fin: datetime
    fermee_le: datetime | None
    message: str
    lignes: tuple[Ligne, ...]
    article: str
    avec_accord: bool
    a_ouvrir: bool = False


def communications(role: Role, a: datetime) -> tuple[CommunicationListee, ...]:
    """Return what a role received: what it must stop using first, then the latest; one query, journaled."""
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.LECTURE, action="communications",
        objet="COMMUNICATION", objet_id=None, a=a,
    )  # fmt: skip
    recues = list(
        Communication.objects.filter(communications_recues(role)).select_related("expediteur")
        .order_by("-envoyee_le", "-pk")[:PAR_PAGE]
    )  # fmt: skip
    recues.sort(key=lambda c: c.fermee_le is None)
    return tuple(
        CommunicationListee(
            c.pk, c.expediteur.nom, _but(c), c.envoyee_le, c.fin, c.lue_le, c.fermee_le, _fermee(c, a)
        )
        for c in recues
    )  # fmt: skip


def communication_recue(communication_id: int, role: Role, a: datetime) -> CommunicationLue:
    """Return one copy for a reader, projected again for his own mission; journaled.

    Its words come only once somebody said that they were opened (``actions.ouvrir_une_communication``).

    Raises:
        Communication.DoesNotExist: not his, or he is the very account the person does not want to read (T4).
    """
    c = _copies().filter(communications_recues(role)).get(pk=communication_id)
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.LECTURE, action="communication_recue",
        objet="COMMUNICATION", objet_id=c.pk, a=a,
    )  # fmt: skip
    return lire(c, lecteur(role, a), a, ouverte=c.lue_le is not None)


def lire(c: Communication, vers: Destinataire, a: datetime, *, ouverte: bool) -> CommunicationLue:
    """Project a copy again for a reader, from the sender's agreement as it stands now: never from what was cached.

    Raises:
        Communication.DoesNotExist: the person does not want this very account to read.
    """
    textes = dict(c.elements.order_by("rang").values_list("code", "texte"))
    tenu, accord = _chez_l_expediteur(c, textes)
    if tenu is not None and vers.compte_id in tenu.comptes_ecartes:
        raise Communication.DoesNotExist
    message = _fermee(c, a)
    if not message and (tenu is None or (c.accord_id is not None and accord is None)):
        message = ACCORD_FINI
    elif not message and accord is not None and accord.retire_le is not None:
        message = FIN_D_ACCES
    lignes: tuple[Ligne, ...] = ()
    if not message and ouverte and tenu is not None:
        lignes = projection(tenu, vers, accord, table_de_partage().bases.get(c.base), a).partent
    return CommunicationLue(
        c.pk, c.expediteur.nom, "" if message else c.auteur.nom, "" if message else _but(c), c.envoyee_le, c.fin,
        c.fermee_le, message, lignes, "" if c.base == "ACCORD" else table_de_partage().bases[c.base].article,
        c.accord_id is not None, a_ouvrir=not message and not ouverte,
    )  # fmt: skip


def _chez_l_expediteur(c: Communication, textes: dict[str, str]) -> tuple[Dossier | None, AccordVu | None]:
    """Ask the sender's house what holds now. The reader gets a verdict from it, never a row."""
    with situation(structure=c.expediteur_id):
        suivie = frozenset({c.structure_id})
        if c.attestation_id is not None:
            attestation = Attestation.objects.select_related("personne").filter(pk=c.attestation_id).first()
            return (dossier(attestation.personne, textes, suivie_avec=suivie) if attestation else None), None
        accord = Accord.objects.select_related("personne").filter(communication=c).first()
        if accord is None:
            return None, None
        return dossier(accord.personne, textes, suivie_avec=suivie), accord_vu(accord)


def _copies() -> QuerySet[Communication]:
    return Communication.objects.select_related("expediteur", "auteur")


def _but(c: Communication) -> str:
    but = table_de_partage().buts.get(c.but)
    return but.libelle if but else ""


def _fermee(c: Communication, a: datetime) -> str:
    if c.fermee_le is not None:
        return FIN_D_ACCES
    return ACCORD_FINI if a >= c.fin else ""
