"""The whole directory as a few flat arrays: who answers which need, for which area, where (made by ``indexation``).

Nothing here decides: it only finds, in a blink, the few services whose rows are worth reading and weighing. Codes are
kept as the first half of their MD5, which both PostgreSQL and Python compute; two codes that met would bring a service
too many, and the rules would set it aside.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

from premier_accueil.annuaire.regles.ouverture import FermetureExceptionnelle
from premier_accueil.orientation.regles.conditions import Ages
from premier_accueil.orientation.regles.poids import poids_du_fichier
from premier_accueil.orientation.requetes.vocabulaire import publics

PREMIER_JOUR = date(2000, 1, 1)
ACCES = tuple(poids_du_fichier().notes["acces"])
"""Ways to get in."""
CAPACITES = tuple(nom for nom in poids_du_fichier().notes["places"] if nom != "valables_jours")
"""What may be said of the places left."""
Entiers = NDArray[np.int32]
Places = NDArray[np.intp]
"""Ranks and places are kept as numpy wants them: narrower ones would be widened at each use."""
Oui = NDArray[np.bool_]


@cache
def empreinte(code: str) -> int:
    """Return the number that stands for a code, as PostgreSQL computes it."""
    return int.from_bytes(hashlib.md5(code.encode(), usedforsecurity=False).digest()[:8], "big", signed=True)


@dataclass(frozen=True)
class Renvois:
    """From a code to the ranks of the services that bear it, sorted."""

    codes: NDArray[np.int64]
    rangs: Places

    def de(self, code: str) -> Places:
        """Return the ranks of the services that bear a code; none for a code that nobody bears."""
        debut, fin = np.searchsorted(self.codes, (empreinte(code), empreinte(code) + 1))
        return self.rangs[debut:fin]


@dataclass(frozen=True)
class Noms:
    """The folded words of each service and of its structure, all in one piece, by rank."""

    mots: bytes
    debuts: Entiers
    fins: Entiers

    def de(self, rang: int) -> frozenset[str]:
        """Return the words of one service."""
        return frozenset(self.mots[self.debuts[rang] : self.fins[rang]].decode().split())


@dataclass(frozen=True)
class Bande:
    """Ways to reach the services of unknown zone, from South to North: only those near are ever looked at."""

    latitudes: NDArray[np.float32]
    facons: Places

    def entre(self, sud: float, nord: float) -> Places:
        """Return those between two latitudes, in degrees."""
        debut, fin = np.searchsorted(self.latitudes, (sud, nord))
        return self.facons[debut:fin]


@dataclass(frozen=True)
class Index:
    """The directory at one edition; the rank of a service is its place among the keys, which are sorted.

    Attributes:
        par_famille: by family of needs, how many of each service's needs are of it; ``nombre``: how many in all.
        publics: one bit for each public of the vocabulary, another for any other one; 0 when nothing is said.
        jour: last word about each service, days since 2000; -1 when unknown.
        structures: key of each service's structure.
        accueille: whether it is a first welcome, by its needs and by its structure.
        debut: where the ways to reach each service begin, one more place at the end.
        services: for each way, the rank of its service.
        latitude, longitude: of each way to reach a service, those of one service together; NaN when unknown.
        loin: for each way, whether it comes by phone or to the home.
        acces: for each way, how one gets in, as a place in ``ACCES``.
        permanences, sites: keys of each way; 0 without one.
        heures: for each way, the place of its hours in ``horaires``.
        horaires: the hours met, with the département when its days or its clock are its own.
        capacite: what was said of the places left, as a place in ``CAPACITES``.
        dites: when it was said, days since 2000; -1 when unknown.
        attente: days before an answer; -1 when unknown.
        numeros, emplacements: marks that two entries of one counter would share, of each service for its telephone, of
            each way for its place; 0 without one (see ``offres``).
        fermetures: exceptional closings to come, by permanence.
        sans_zone: ways of the services of unknown zone, by latitude.
        ages: ages told in words by the conditions, by key of service.
    """

    edition: tuple[str, int, int]
    cles: NDArray[np.int64]
    themes: Renvois
    zones: Renvois
    par_famille: Mapping[str, NDArray[np.int8]]
    nombre: NDArray[np.int8]
    publics: Entiers
    jour: Entiers
    structures: NDArray[np.int64]
    accueille: Oui
    a_distance: Oui
    debut: Places
    services: Places
    latitude: NDArray[np.float32]
    longitude: NDArray[np.float32]
    loin: Oui
    acces: NDArray[np.int8]
    permanences: NDArray[np.int64]
    sites: NDArray[np.int64]
    heures: Places
    horaires: Sequence[tuple[str, str]]
    capacite: NDArray[np.int8]
    dites: Entiers
    attente: NDArray[np.int16]
    numeros: NDArray[np.int64]
    emplacements: NDArray[np.int64]
    fermetures: Mapping[int, tuple[FermetureExceptionnelle, ...]]
    sans_zone: Bande
    noms: Noms
    ages: Mapping[int, Ages]

    @property
    def octets(self) -> int:
        """Return the size of the arrays."""
        tableaux = [v for v in vars(self).values() if isinstance(v, np.ndarray)] + list(self.par_famille.values())
        tableaux += [t for r in (self.themes, self.zones) for t in (r.codes, r.rangs)]
        tableaux += [self.sans_zone.latitudes, self.sans_zone.facons]
        return sum(t.nbytes for t in [*tableaux, self.noms.debuts, self.noms.fins]) + len(self.noms.mots)


def bit(public: str) -> int:
    """Return the bit that stands for a public of the vocabulary; 0 for any other word."""
    return 1 << list(publics()).index(public) if public in publics() else 0
