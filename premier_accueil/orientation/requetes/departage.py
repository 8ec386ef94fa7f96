"""Tell the leading services apart by what is costly to look at: the hours of their places, the words of their names.

Also the trips that may join them, found before any row is read.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from heapq import heappush, heappushpop
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from premier_accueil.orientation.regles.classement import note_d_ouverture, note_des_mots
from premier_accueil.orientation.regles.poids import Poids
from premier_accueil.orientation.regles.tournee import Arret
from premier_accueil.orientation.regles.valeurs import BesoinsSitues, Lieu
from premier_accueil.orientation.requetes.index import Entiers, Index, Oui
from premier_accueil.orientation.requetes.offres import heures, minutes

REGARDES = 2
"""For each service wanted, so many leading ones have their hours and names looked at."""
Notes = NDArray[np.float32]
Places = NDArray[np.intp]


class Etudies(NamedTuple):
    """Services within reach, and the ways to reach them.

    Attributes:
        rangs: of the services, sorted.
        points: of the services.
        debuts, fins: where the ways of each begin and end in what follows.
        facons: places of the ways in the index.
        entrees: points of each way for its journey and its door.
        km: to each way, ``NaN`` when unknown.
    """

    rangs: Entiers
    points: Notes
    debuts: Places
    fins: Places
    facons: Places
    entrees: Notes
    km: Notes

    def parmi(self, gardes: Oui) -> Etudies:
        """Return some of them."""
        return self._replace(
            rangs=self.rangs[gardes], points=self.points[gardes], debuts=self.debuts[gardes], fins=self.fins[gardes]
        )


class Departage:
    """Tell apart the leading services of one request.

    Args: as ``Reperage``.
    """

    def __init__(self, index: Index, demande: BesoinsSitues, poids: Poids) -> None:
        self.index, self.demande, self.poids = index, demande, poids
        self._ouvertures: dict[int, float] = {}

    def meneurs(self, etudies: Etudies, limite: int) -> Places:
        """Return the places, among these services, of the leading ones, best first, ties by key."""
        points, incertain = etudies.points, self.poids.poids["ouverture"]
        incertain += self.poids.poids["mots"] if self.demande.mots else 0
        places = np.arange(len(points))
        if len(points) > limite:
            places = np.flatnonzero(points >= np.partition(points, -limite)[-limite] - incertain)
        places = places[np.argsort(-points[places], kind="stable")][: REGARDES * limite]
        if len(places) <= limite:
            return places
        exacts: list[float] = []
        meilleurs: list[float] = []
        for place, connus in zip(places.tolist(), points[places].tolist(), strict=True):
            if len(exacts) >= limite and connus + incertain < meilleurs[0]:
                break  # nor any of the next ones
            exacts.append(connus + self._reste(etudies, place))
            (heappush if len(exacts) <= limite else heappushpop)(meilleurs, exacts[-1])
        return places[np.argsort(-np.array(exacts), kind="stable")][:limite]

    def _reste(self, etudies: Etudies, place: int) -> float:
        """Return the points of the hours, by the best way, and of the name."""
        ici, points = slice(etudies.debuts[place], etudies.fins[place]), self.poids.poids
        entrees = etudies.entrees[ici].tolist()
        ouvertures = map(self._ouverture, etudies.facons[ici].tolist(), etudies.km[ici].tolist())
        reste = max(e + points["ouverture"] * o for e, o in zip(entrees, ouvertures, strict=True)) - max(entrees)
        if self.demande.mots:
            reste += points["mots"] * note_des_mots(self.index.noms.de(int(etudies.rangs[place])), self.demande)
        return float(reste)

    def _ouverture(self, facon: int, km: float) -> float:
        note = self._ouvertures.get(facon)
        if note is None:
            horaires, departement = self.index.horaires[self.index.heures[facon]]
            dites = heures(horaires, self.demande, departement=departement)
            a_distance = bool(self.index.loin[facon])
            # The journey only tells whether the door closes before one gets there.
            trajet = None if a_distance or dites[2] is None else _minutes(km, self.demande.mode)
            lieu = Lieu(None, a_distance, None, trajet, None, *dites)
            note = self._ouvertures[facon] = note_d_ouverture(lieu, self.demande, self.poids)
        return note

    def arrets(self, etudies: Etudies, place: int, besoins: frozenset[str]) -> Iterable[Arret]:
        """Yield the places where one service, which answers these needs, may be gone to."""
        index, service = self.index, int(self.index.cles[etudies.rangs[place]])
        for rang in range(etudies.debuts[place], etudies.fins[place]):
            facon, km = int(etudies.facons[rang]), float(etudies.km[rang])
            if index.sites[facon] and not index.loin[facon] and not math.isnan(km):
                yield Arret(
                    (service, int(index.permanences[facon])), int(index.sites[facon]), besoins,
                    float(etudies.points[place]), _minutes(km, self.demande.mode), float(index.latitude[facon]),
                    float(index.longitude[facon]),
                )  # fmt: skip


def _minutes(km: float, mode: str) -> int | None:
    return None if math.isnan(km) else minutes(round(km, 1), mode)
