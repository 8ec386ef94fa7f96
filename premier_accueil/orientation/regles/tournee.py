"""One trip for several needs: the place, or the few streets, and the half-day where most of them are answered.

Source: S3 asks to "optimiser les déplacements d'usagers sur le territoire".
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from premier_accueil.orientation.regles.poids import Poids

KM_PAR_DEGRE = 111.195


@dataclass(frozen=True)
class Arret:
    """A service that receives at a place: what it answers there, and how good an answer it is.

    Attributes:
        cle: whatever tells it apart: its service and its permanence.
        site: key of the place.
        besoins: codes of the needs it answers.
        points: of the ranking, out of 100.
        minutes: travel time; ``None`` beyond the reach of the mode.
        latitude, longitude: of the place, degrees.
    """

    cle: tuple[int, int | None]
    site: int
    besoins: frozenset[str]
    points: float
    minutes: int | None
    latitude: float
    longitude: float


@dataclass(frozen=True)
class DemiJournee:
    """A morning or an afternoon."""

    jour: date
    matin: bool


@dataclass(frozen=True)
class Tournee:
    """One trip.

    Attributes:
        etapes: the stop chosen for each need, by code; one stop may serve several needs.
        quand: the first half-day when all of them receive; ``None`` when hours are unknown: call first.
        meme_lieu: everything is at one place.
    """

    etapes: Mapping[str, Arret]
    quand: DemiJournee | None
    meme_lieu: bool


def tournee(
    arrets: Sequence[Arret],
    besoins: Sequence[str],
    ouvert: Callable[[Arret, datetime], bool | None],
    *,
    a: datetime,
    poids: Poids,
) -> Tournee | None:
    """Return the trip that answers most needs at once; ``None`` when no place answers two of them.

    A half-day is told only when every stop is certainly open then: unknown hours are never taken for a yes.

    Args:
        arrets: services that may be gone to, all needs together.
        besoins: codes of the needs, the loudest first.
        ouvert: whether a stop receives at an aware moment; ``None`` when unknown.
        a: now, aware.
        poids: the ranking's numbers (section ``tournee``).
    """
    retenus = trajets(arrets, besoins, poids)
    semaine = list(_demi_journees(a, poids)) if retenus else []
    datees = ((g, quand) for g in retenus if (quand := _premiere(semaine, set(g.values()), ouvert)))
    etapes, quand = next(datees, (retenus[0] if retenus else {}, None))  # the best whose hours are known, else the best
    return Tournee(etapes, quand, len({e.site for e in etapes.values()}) == 1) if etapes else None


def trajets(arrets: Sequence[Arret], besoins: Sequence[str], poids: Poids) -> list[dict[str, Arret]]:
    """Return the stop of each need for the trips that answer most needs, two at least: the only ones worth their hours.

    Args: as ``tournee``.
    """
    groupes = [_etapes(_autour(ancre, arrets, poids.tournee.rayon_km), besoins) for ancre in _ancres(arrets)]
    plus_larges = max(2, max(map(len, groupes), default=0))
    return sorted((g for g in groupes if len(g) == plus_larges), key=_valeur)[: poids.tournee.comparees]


def _valeur(etapes: Mapping[str, Arret]) -> tuple[bool, float, tuple[int, int]]:
    """Order trips: one place before a walk, the better answers, then keys so that the same is always said."""
    points = sum(e.points for e in etapes.values()) / len(etapes)
    cles = [(e.cle[0], e.cle[1] or 0) for e in etapes.values()]
    return len({e.site for e in etapes.values()}) > 1, -points, min(cles)


def _ancres(arrets: Sequence[Arret]) -> Iterator[Arret]:
    vus: set[int] = set()
    for arret in arrets:
        if arret.site not in vus and arret.minutes is not None:
            vus.add(arret.site)
            yield arret


def _autour(ancre: Arret, arrets: Sequence[Arret], rayon_km: float) -> list[Arret]:
    cos = math.cos(math.radians(ancre.latitude))
    return [
        autre
        for autre in arrets
        if autre.site == ancre.site
        or KM_PAR_DEGRE
        * math.hypot(autre.latitude - ancre.latitude, (autre.longitude - ancre.longitude) * cos)
        <= rayon_km
    ]


def _etapes(groupe: Sequence[Arret], besoins: Sequence[str]) -> dict[str, Arret]:
    """Choose the best stop of each need, staying at one already chosen when it answers too."""
    choisis: dict[str, Arret] = {}
    for besoin in besoins:
        repondent = [x for x in groupe if besoin in x.besoins]
        if repondent:
            deja = set(choisis.values())
            choisis[besoin] = min(repondent, key=lambda x: (x not in deja, -x.points, x.cle[0], x.cle[1] or 0))
    return choisis


def _demi_journees(a: datetime, poids: Poids) -> Iterator[tuple[DemiJournee, list[datetime]]]:
    """Yield the half-days to come, each with the moments at one of which a place must receive."""
    for n in range(poids.tournee.jours):
        jour = a.date() + timedelta(days=n)
        for matin, heures in ((True, poids.tournee.matin), (False, poids.tournee.apres_midi)):
            if moments := [m for heure in heures if (m := _moment(jour, heure, a.tzinfo)) >= a]:
                yield DemiJournee(jour, matin), moments


def _premiere(
    semaine: Sequence[tuple[DemiJournee, list[datetime]]],
    arrets: set[Arret],
    ouvert: Callable[[Arret, datetime], bool | None],
) -> DemiJournee | None:
    for demi_journee, moments in semaine:
        if all(any(ouvert(x, m) for m in moments) for x in arrets):
            return demi_journee
    return None


def _moment(jour: date, heure: time, zone: tzinfo | None) -> datetime:
    return datetime.combine(jour, heure, zone)
