"""Everything of one person, in one dated list: titles, dates and where each opens; one's own structure only (T7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import CharField, DateTimeField, F, QuerySet, Value
from django.db.models.functions import Cast

from premier_accueil.accueil.acces import bulletins_visibles
from premier_accueil.accueil.models import BulletinDePieces, Passage
from premier_accueil.acteurs.requetes import Role
from premier_accueil.agenda.acces import rendez_vous_visibles
from premier_accueil.agenda.models import RendezVous
from premier_accueil.agenda.regles import EtatDeRendezVous
from premier_accueil.entretien.acces import demarches_visibles, domiciliations_visibles, entretiens_visibles
from premier_accueil.entretien.models import (
    Demarche,
    Domiciliation,
    Entretien,
    GesteDeDemarche,
    PointDeSituation,
    ReferentDeParcours,
)
from premier_accueil.entretien.regles.demarches import GESTES_DE_DEMARCHE, PROCEDURES
from premier_accueil.entretien.requetes.entretien import MOTS
from premier_accueil.partage.acces import accords_visibles, attestations_visibles
from premier_accueil.partage.models import Accord, Attestation
from premier_accueil.personnes.acces import personnes_visibles
from premier_accueil.personnes.requetes import entete
from premier_accueil.personnes.requetes.vues import Entete
from premier_accueil.socle.horloge import jour_local

PAR_PAGE = 15
EFFACES = (EtatDeRendezVous.TENU, EtatDeRendezVous.DEPLACE)
Dit = tuple[str, str, str, int | None]


@dataclass(frozen=True)
class Evenement:
    """One line of a person's path: a date and a title, and where it opens (``vue`` and ``cle``, or nowhere).

    ``sans_heure``: only its day is known. ``a_venir``: it is still ahead.
    """

    quand: datetime
    titre: str
    detail: str
    vue: str
    cle: int | None
    sans_heure: bool
    a_venir: bool


@dataclass(frozen=True)
class Parcours:
    """One page of a person's path, the latest first; ``total`` counts every line."""

    qui: Entete
    evenements: tuple[Evenement, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class _Source:
    """One kind of line: its rows, the column that dates them, and their words (title, detail, view, key)."""

    lignes: QuerySet[Any]
    date: str
    dire: Callable[[Any], Dit]
    joints: tuple[str, ...] = ()
    sans_heure: bool = False


def parcours(personne_id: int, *, role: Role, a: datetime, page: int = 1) -> Parcours:
    """Return one page of a person's path; a number of queries that the number of lines does not change; journaled.

    Args:
        personne_id: her key.
        role: who looks.
        a: when.
        page: from 1, of 15 lines.

    Raises:
        Personne.DoesNotExist: not visible to this role.
    """
    qui, sources = entete(personne_id, role, a), _sources(personne_id, role, a)
    rangs = [
        s.lignes.order_by()
        .annotate(instant=Cast(s.date, DateTimeField()), sorte=Value(nom, CharField()), cle=F("pk"))
        .values_list("instant", "sorte", "cle")
        for nom, s in sources.items()
    ]
    tous = rangs[0].union(*rangs[1:], all=True).order_by("-instant", "sorte", "-cle")
    suite = Paginator(tous, PAR_PAGE).get_page(page)
    lignes = list(suite.object_list)
    dits = _dits(lignes, sources)
    evenements = tuple(
        Evenement(
            instant, *dits[sorte, cle], sources[sorte].sans_heure,
            jour_local(instant) > jour_local(a) if sources[sorte].sans_heure else instant > a,
        )
        for instant, sorte, cle in lignes
    )  # fmt: skip
    return Parcours(qui, evenements, suite.paginator.count, suite.number, suite.paginator.num_pages)


def _dits(
    lignes: list[tuple[datetime, str, int]], sources: Mapping[str, _Source]
) -> Mapping[tuple[str, int], Dit]:
    """Return the words of each line of the page; one query for each kind on it."""
    cles: dict[str, list[int]] = defaultdict(list)
    for _, sorte, cle in lignes:
        cles[sorte].append(cle)
    return {
        (sorte, objet.pk): sources[sorte].dire(objet)
        for sorte, siennes in cles.items()
        for objet in sources[sorte].lignes.filter(pk__in=siennes).select_related(*sources[sorte].joints).order_by("pk")
    }


def _sources(personne_id: int, role: Role, a: datetime) -> dict[str, _Source]:
    """Return every kind of line of a person, each through its own door."""
    elle: dict[str, int] = {"personne_id": personne_id}
    par_entretien: dict[str, int] = {"entretien__passage__personne_id": personne_id}
    par_passage: dict[str, int] = {"passage__personne_id": personne_id}
    visible = personnes_visibles(role, a, "personne__")
    accords = Accord.objects.filter(accords_visibles(role, a), **elle)
    demarches = Demarche.objects.filter(demarches_visibles(role, a), **elle)
    return {
        "PASSAGE": _Source(Passage.objects.filter(visible, **elle, annule_le=None), "arrive_le", _passage, ("site",)),
        "ENTRETIEN": _Source(
            Entretien.objects.filter(entretiens_visibles(role, a), **par_passage), "ouvert_le", _entretien, ("auteur",)
        ),
        "POINT": _Source(
            PointDeSituation.objects.filter(entretiens_visibles(role, a, "entretien__"), **par_entretien),
            "prevu_le", _point, ("compte",),
        ),
        "RENDEZ_VOUS": _Source(
            RendezVous.objects.filter(rendez_vous_visibles(role, a), **elle).exclude(etat__in=EFFACES),
            "debut", _rendez_vous, ("plage", "agent"),
        ),
        "PAPIERS": _Source(
            BulletinDePieces.objects.filter(bulletins_visibles(role), **par_passage), "cree_le", _bulletin
        ),
        "DEMARCHE": _Source(demarches, "ouverte_le", _demarche),
        "GESTE": _Source(
            GesteDeDemarche.objects.filter(demarche__in=demarches, annule_le=None), "jour", _geste, ("demarche",),
            sans_heure=True,
        ),
        "DOMICILIATION": _Source(
            Domiciliation.objects.filter(domiciliations_visibles(role, a), **elle), "demandee_le", _domiciliation,
            sans_heure=True,
        ),
        "ACCORD": _Source(accords, "cree_le", _accord, ("destinataire",)),
        "RETRAIT": _Source(accords.filter(retire_le__isnull=False), "retire_le", _retrait, ("destinataire",)),
        "SANS_ACCORD": _Source(
            Attestation.objects.filter(attestations_visibles(role, a), **elle, accord=None), "cree_le", _sans_accord,
            ("destinataire",),
        ),
        "REFERENT": _Source(ReferentDeParcours.objects.filter(visible, **elle), "debut", _referent, ("compte",)),
    }  # fmt: skip


def _passage(p: Passage) -> Dit:
    return "Passage", f"{MOTS[p.canal].lower()}, {p.site.nom}", "guichet:passage", p.pk


def _entretien(e: Entretien) -> Dit:
    return "Entretien", f"avec {e.auteur.nom}, {e.get_etat_display()}", "entretien:un", e.pk


def _point(p: PointDeSituation) -> Dit:
    return "Point de situation", f"avec {p.compte.nom}, {p.get_etat_display()}", "entretien:point", p.pk


def _rendez_vous(r: RendezVous) -> Dit:
    avec = f", avec {r.agent.nom}" if r.agent else ""
    return "Rendez-vous", f"{r.plage.nom}{avec}, {r.get_etat_display()}", "agenda:rendez_vous", r.pk


def _bulletin(b: BulletinDePieces) -> Dit:
    ou_en_est = "tout est là" if b.complet_le else f"à rapporter avant le {b.echeance:%d/%m/%Y}"
    return "Papiers à rapporter", f"{b.libelle}, {ou_en_est}", "pieces:bulletin", b.pk


def _demarche(d: Demarche) -> Dit:
    return "Démarche commencée", f"{PROCEDURES[d.procedure].libelle}, {d.get_etat_display()}", "demarches:fiche", d.pk


def _geste(g: GesteDeDemarche) -> Dit:
    procedure = PROCEDURES[g.demarche.procedure].libelle
    return "Démarche", f"{procedure} : {GESTES_DE_DEMARCHE[g.geste].libelle.lower()}", "demarches:fiche", g.demarche_id


def _domiciliation(d: Domiciliation) -> Dit:
    return "Domiciliation demandée", d.get_etat_display(), "demarches:domiciliation", d.pk


def _accord(accord: Accord) -> Dit:
    return "Accord donné et communication", f"pour {accord.destinataire.nom}", "partage:accord", accord.pk


def _retrait(accord: Accord) -> Dit:
    return "Accord retiré", f"pour {accord.destinataire.nom}", "partage:accord", accord.pk


def _sans_accord(t: Attestation) -> Dit:
    return "Communication sans accord, sur un texte", f"pour {t.destinataire.nom}", "partage:personne", t.personne_id


def _referent(r: ReferentDeParcours) -> Dit:
    return "Référent nommé", r.compte.nom, "entretien:referent", r.pk if r.fin is None else None
