"""What the ranking weighs: a request, services and the ways to reach them. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple

from premier_accueil.annuaire.regles.emploi import Moment

MODES = ("voiture", "pied", "velo", "transport")


@dataclass(frozen=True)
class BesoinsSitues:
    """What is asked, and from where.

    Attributes:
        besoins: code of each need → score in 0..1.
        publics: publics that the words suggest, data·inclusion codes; a guess only lowers or lifts.
        publics_certains: publics the agent indicated; they may remove a service.
        zones: codes that cover the commune: itself, EPCI, département, "france", "99100".
        a: aware time for which opening is judged.
        mots: folded words of the person, long enough to mean something.
        moment: the only moment when she can come; ``None`` for any.
        age: years, told by the person and confirmed by the agent; ``None`` when not told.
    """

    besoins: Mapping[str, float]
    a: datetime
    mode: str = "voiture"
    publics: frozenset[str] = frozenset()
    publics_certains: frozenset[str] = frozenset()
    zones: frozenset[str] = frozenset()
    mots: frozenset[str] = frozenset()
    age: int | None = None
    moment: Moment | None = None


class Lieu(NamedTuple):
    """One way to be received: a permanence at a site, by phone, or at home. ``None`` is unknown.

    ``au_moment``: its hours certainly hold the moment when the person can come.
    """

    cle: int | None
    a_distance: bool = False
    distance_km: float | None = None
    minutes: int | None = None
    sur_rendez_vous: bool | None = None
    ouvert: bool | None = None
    prochaine: datetime | None = None
    fermeture: datetime | None = None
    a_confirmer: bool = False
    au_moment: bool = False


class Candidat(NamedTuple):
    """A service that may answer. Empty collections mean unknown, never "no".

    Attributes:
        doublons: marks shared by two entries that tell the same counter (same kind and phone, or same place).
        mots: folded words of its name and of its structure's.
        places_libres, liste_d_attente: what was said of its capacity, on ``places_dites_le``.
        delai_jours: days before one is received, as the service tells it.
        reponse_jours: working days its structure takes to answer, as measured.
        ages: youngest and oldest, as its conditions tell in words.
    """

    cle: int
    structure: int
    lieux: tuple[Lieu, ...]
    thematiques: frozenset[str] = frozenset()
    publics: frozenset[str] = frozenset()
    zone: frozenset[str] = frozenset()
    modes_accueil: frozenset[str] = frozenset()
    modes_mobilisation: frozenset[str] = frozenset()
    mobilisable_par: frozenset[str] = frozenset()
    telephone: bool = False
    gratuit: bool = False
    date_maj: date | None = None
    doublons: frozenset[str | int] = frozenset()
    mots: frozenset[str] = frozenset()
    places_libres: int | None = None
    liste_d_attente: bool | None = None
    places_dites_le: date | None = None
    delai_jours: int | None = None
    reponse_jours: int | None = None
    ages: tuple[int, int] | None = None


class Note(NamedTuple):
    """A service weighed: its points out of 100, the best way to reach it, and each criterion's mark in 0..1."""

    candidat: Candidat
    lieu: Lieu
    points: float
    details: Mapping[str, float] = MappingProxyType({})
    couverts: tuple[str, ...] = ()
