"""Meetings and what follows them: the chain of a first interview, points de situation, the référent, colleagues."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from premier_accueil.acteurs.models import Mission
from premier_accueil.acteurs.regles import Droit, fonctions_qui
from premier_accueil.acteurs.requetes import Role
from premier_accueil.agenda.requetes import premier_creneau
from premier_accueil.entretien.acces import entretiens_visibles, referents_visibles
from premier_accueil.entretien.models import Absence, Entretien, PointDeSituation, ReferentDeParcours
from premier_accueil.entretien.regles.etats import GESTES_DE_POINT, EtatDePoint
from premier_accueil.entretien.regles.points import Proposition, a_replacer, heure_d_accueil, proposer
from premier_accueil.socle.etats import possibles
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.journal import Geste, noter

MONTRES = 15


@dataclass(frozen=True)
class PointVu:
    """A point de situation; ``a_replacer``: planned with somebody who will not be there (T11).

    ``sans_date``: its appointment was cancelled; ``prevu_le`` is the day that no longer holds.
    """

    id: int
    entretien_id: int
    personne_id: int | None
    rang: int
    compte_id: int
    compte: str
    prevu_le: datetime
    etat: str
    etat_libelle: str
    motif: str
    prevenue_le: datetime | None
    tenu_dans_id: int | None
    version: int
    a_moi: bool
    a_replacer: bool
    en_retard: bool
    sans_date: bool
    gestes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ReferentVu:
    """The référent of a person, and who stands in for her today."""

    id: int
    compte_id: int
    compte: str
    debut: datetime
    fin: datetime | None
    motif: str
    remplacant: str


@dataclass(frozen=True)
class AbsenceVue:
    """Days away, and who stands in."""

    compte: str
    remplacant: str
    debut: date
    fin: date


def premier_entretien(entretien_id: int) -> int:
    """Return the key of the first interview of a chain of meetings: itself when it follows no point."""
    suivi = PointDeSituation.objects.filter(tenu_dans_id=entretien_id).order_by("pk")
    return suivi.values_list("entretien_id", flat=True).first() or entretien_id


def rang_de(entretien_id: int) -> int:
    """Return which meeting of its chain an interview is: 1, 2 or 3."""
    suivi = PointDeSituation.objects.filter(tenu_dans_id=entretien_id).order_by("pk")
    return suivi.values_list("rang", flat=True).first() or 1


def points_de(entretien_id: int, role: Role, a: datetime) -> tuple[PointVu, ...]:
    """Return the points planned after an interview or its first one, by rank; two queries."""
    siens = Q(entretien_id=premier_entretien(entretien_id))
    return _points(PointDeSituation.objects.filter(siens).order_by("rang", "pk"), role, a)


def point_vu(point_id: int, *, role: Role, a: datetime) -> PointVu:
    """Return one point; the reading is journaled.

    Raises:
        PointDeSituation.DoesNotExist: not visible to this role.
    """
    vus = _points(PointDeSituation.objects.filter(pk=point_id), role, a)
    if not vus:
        raise PointDeSituation.DoesNotExist
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.LECTURE, action="point_vu",
        objet="POINT", objet_id=point_id, a=a,
    )  # fmt: skip
    return vus[0]


def points_a_venir(role: Role, a: datetime, jusqu_a: datetime) -> tuple[PointVu, ...]:
    """Return what is planned with this role until a moment, what is late or lost its date, its worker: at most 15."""
    restent = [compte for compte, missions in _missions(role).items() if any(fin is None for _, fin in missions)]
    bientot = Q(prevu_le__lte=jusqu_a) | Q(etat=EtatDePoint.A_REPLACER)
    moi = Q(compte_id__in=[role.compte_id, *_remplaces(role, a)]) & bientot
    prevus = PointDeSituation.objects.filter(
        moi | ~Q(compte_id__in=restent), structure_id=role.structure_id,
        etat__in=(EtatDePoint.PREVU, EtatDePoint.A_REPLACER),
    )  # fmt: skip
    tous = _points(prevus.order_by("prevu_le", "pk"), role, a)
    return tuple(p for p in tous if (p.a_moi and (p.prevu_le <= jusqu_a or p.sans_date)) or p.a_replacer)[:MONTRES]


def _points(points: QuerySet[PointDeSituation], role: Role, a: datetime) -> tuple[PointVu, ...]:
    lignes = list(
        points.filter(entretiens_visibles(role, a, "entretien__")).select_related("compte", "entretien__passage")
    )
    missions = _missions(role)
    remplaces = _remplaces(role, a)
    return tuple(
        PointVu(
            id=p.pk, entretien_id=p.entretien_id, personne_id=p.entretien.passage.personne_id, rang=p.rang,
            compte_id=p.compte_id, compte=p.compte.nom, prevu_le=p.prevu_le, etat=p.etat,
            etat_libelle=p.get_etat_display(), motif=p.get_motif_display() if p.motif else "",
            prevenue_le=p.prevenue_le, tenu_dans_id=p.tenu_dans_id, version=p.version,
            a_moi=p.compte_id == role.compte_id or p.compte_id in remplaces,
            a_replacer=p.etat == EtatDePoint.PREVU.value
            and all(a_replacer(jour=jour_local(p.prevu_le), debut=d, fin=f) for d, f in missions.get(p.compte_id, [])),
            sans_date=p.etat == EtatDePoint.A_REPLACER.value,
            en_retard=p.etat == EtatDePoint.PREVU.value and p.prevu_le < a,
            gestes=tuple(possibles(GESTES_DE_POINT, EtatDePoint(p.etat))),
        )
        for p in lignes
    )  # fmt: skip


def _remplaces(role: Role, a: datetime) -> frozenset[int]:
    jour = jour_local(a)
    absents = Absence.objects.filter(
        structure_id=role.structure_id, remplacant_id=role.compte_id, debut__lte=jour, fin__gte=jour
    )  # fmt: skip
    return frozenset(absents.values_list("compte_id", flat=True))


def _missions(role: Role) -> dict[int, list[tuple[date, date | None]]]:
    recoivent = [f.value for f in fonctions_qui(Droit.S_ENTRETENIR)]
    toutes = Mission.objects.filter(structure_id=role.structure_id, fonction__in=recoivent).order_by("pk")
    par_compte: dict[int, list[tuple[date, date | None]]] = {}
    for compte, debut, fin in toutes.values_list("compte_id", "debut", "fin"):
        par_compte.setdefault(compte, []).append((debut, fin))
    return par_compte


def proposition(entretien_id: int, rang: int, *, compte_id: int, role: Role, a: datetime) -> Proposition:
    """Return when the next meeting could be, with the same worker; she may choose another day.

    When her agenda holds a free slot from that day on, the slot is proposed.

    Args:
        entretien_id: an interview of the chain.
        rang: 2 or 3.
        compte_id: who would receive.

    Raises:
        Entretien.DoesNotExist: not visible to this role.
    """
    visibles = Entretien.objects.filter(entretiens_visibles(role, a)).select_related("passage")
    premier = visibles.get(pk=premier_entretien(entretien_id))
    siennes = _missions(role).get(compte_id, [])
    fins = [fin for _, fin in siennes]
    fin = None if None in fins else max((f for f in fins if f), default=jour_local(a))
    vu = proposer(
        premier=premier.ouvert_le, rang=rang, a=a, departement=role.departement,
        absences=_absente(compte_id, role), fin_de_mission=fin,
    )  # fmt: skip
    minuit = localtime(vu.quand).replace(hour=0, minute=0)
    creneau = premier_creneau(role, a, compte_id=compte_id, des=minuit, personne_id=premier.passage.personne_id)
    if creneau is None or vu.avec_un_autre:
        return replace(vu, quand=heure_d_accueil(localtime(vu.quand)))
    return replace(vu, quand=localtime(creneau.debut))


def _absente(compte_id: int, role: Role) -> Callable[[date], bool]:
    siennes = Absence.objects.filter(structure_id=role.structure_id, compte_id=compte_id).order_by("debut", "pk")
    jours = list(siennes.values_list("debut", "fin"))
    return lambda jour: any(debut <= jour <= fin for debut, fin in jours)


def travailleurs_sociaux(role: Role, a: datetime) -> tuple[tuple[int, str], ...]:
    """Return who holds interviews in the structure today: (key, name), by name; one query."""
    recoivent = [f.value for f in fonctions_qui(Droit.S_ENTRETENIR)]
    missions = Mission.objects.en_cours(a).filter(structure_id=role.structure_id, fonction__in=recoivent)
    return tuple(missions.order_by("compte__nom", "compte_id").values_list("compte_id", "compte__nom").distinct())


def referent_de(personne_id: int, role: Role, a: datetime) -> ReferentVu | None:
    """Return the référent of a person today, with who stands in; ``None`` when she has none."""
    vus = _referents(ReferentDeParcours.objects.filter(personne_id=personne_id, fin=None), role, a)
    return vus[0] if vus else None


def referent_vu(referent_id: int, role: Role, a: datetime) -> tuple[ReferentVu, int]:
    """Return a référent and the key of the person.

    Raises:
        ReferentDeParcours.DoesNotExist: not visible to this role.
    """
    r = ReferentDeParcours.objects.get(referents_visibles(role, a), pk=referent_id)
    return _referents(ReferentDeParcours.objects.filter(pk=r.pk), role, a)[0], r.personne_id


def _referents(referents: QuerySet[ReferentDeParcours], role: Role, a: datetime) -> tuple[ReferentVu, ...]:
    jour = jour_local(a)
    absents = dict(
        Absence.objects.filter(structure_id=role.structure_id, debut__lte=jour, fin__gte=jour)
        .order_by("pk").values_list("compte_id", "remplacant__nom")
    )  # fmt: skip
    vus = referents.filter(referents_visibles(role, a)).select_related("compte").order_by("-debut", "-pk")
    return tuple(
        ReferentVu(
            r.pk, r.compte_id, r.compte.nom, r.debut, r.fin,
            r.get_motif_de_fin_display() if r.motif_de_fin else "", absents.get(r.compte_id, ""),
        )
        for r in vus
    )  # fmt: skip


def absences_a_venir(role: Role, a: datetime) -> tuple[AbsenceVue, ...]:
    """Return the absences of the structure that are not over, by date; one query."""
    a_venir = Absence.objects.filter(structure_id=role.structure_id, fin__gte=jour_local(a)).order_by("debut", "pk")
    return tuple(
        AbsenceVue(*ligne) for ligne in a_venir.values_list("compte__nom", "remplacant__nom", "debut", "fin")
    )
