"""On which days a structure does not receive at a place: exceptional closings, read by whoever books there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from premier_accueil.annuaire.models import Fermeture, Permanence
from premier_accueil.annuaire.regles.horaires import recoit

JOUR = timedelta(days=1)


@dataclass(frozen=True)
class Ici:
    """Who receives where: a structure at a place, for one of its services or for any of them."""

    site_id: int
    structure_id: int
    service_id: int | None = None


@dataclass(frozen=True)
class _Tenue:
    """A permanence, as far as closings go."""

    id: int
    service_id: int
    structure_id: int
    a_qui_tient: bool
    horaires: str
    departement: str


def jours_fermes(ou: Iterable[Ici], du: date, au: date) -> Mapping[Ici, Mapping[date, str]]:
    """Return the days of a period when nobody receives there, with the reason that was written; at most two queries.

    A day is closed when a permanence of who receives there is closed and no other one of hers opens that day. A
    structure without any permanence at that place follows those of who holds the place: its door is shut.

    Args:
        ou: who receives where.
        du, au: local days, included.
    """
    ou = set(ou)
    fermes, touches = _fermes({ici.site_id for ici in ou}, du, au)
    tenues = _tenues(touches) if touches else {}
    return {ici: _jours(_siennes(tenues.get(ici.site_id, []), ici), fermes) for ici in ou}


def _fermes(sites: set[int], du: date, au: date) -> tuple[Mapping[int, Mapping[date, str]], set[int]]:
    """Return the closed days of each permanence, with their reasons, and the places that they touch."""
    fermes: dict[int, dict[date, str]] = defaultdict(dict)
    touches: set[int] = set()
    lignes = Fermeture.objects.filter(permanence__site_id__in=sites, au__gte=du, du__lte=au).order_by("du", "pk")
    for permanence, site, premier, dernier, motif in lignes.values_list(
        "permanence_id", "permanence__site_id", "du", "au", "motif"
    ):
        touches.add(site)
        for n in range((min(dernier, au) - max(premier, du)).days + 1):
            fermes[permanence].setdefault(max(premier, du) + n * JOUR, motif)
    return fermes, touches


def _tenues(sites: set[int]) -> Mapping[int, list[_Tenue]]:
    tenues: dict[int, list[_Tenue]] = defaultdict(list)
    lignes = Permanence.objects.filter(site_id__in=sites).order_by("pk").values_list(
        "pk", "site_id", "service_id", "service__structure_id", "site__structure_id", "horaires",
        "site__commune__departement",
    )  # fmt: skip
    for cle, site, service, structure, tient, horaires, departement in lignes:
        if site is not None:
            tenues[site].append(_Tenue(cle, service, structure, structure == tient, horaires, departement or ""))
    return tenues


def _siennes(tenues: list[_Tenue], ici: Ici) -> list[_Tenue]:
    """Return the permanences that say whether one is received there: the nearest to what was asked."""
    du_service = [t for t in tenues if t.service_id == ici.service_id]
    de_la_structure = [t for t in tenues if t.structure_id == ici.structure_id]
    return du_service or de_la_structure or [t for t in tenues if t.a_qui_tient]


def _jours(siennes: list[_Tenue], fermes: Mapping[int, Mapping[date, str]]) -> Mapping[date, str]:
    sortie: dict[date, str] = {}
    for t in siennes:
        for jour, motif in fermes.get(t.id, {}).items():
            autres = (o for o in siennes if jour not in fermes.get(o.id, {}))
            if not any(recoit(o.horaires, jour, departement=o.departement) is not False for o in autres):
                sortie.setdefault(jour, motif)
    return sortie
