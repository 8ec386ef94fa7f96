"""Tell the leading services apart by what is costly to look at: the hours of their places, the words of their names.

Also the trip that may join them. No row is read for that: the index knows as much.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from heapq import heappush, heappushpop
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from premier_accueil.annuaire.regles.ouverture import FermetureExceptionnelle
from premier_accueil.orientation.regles.classement import note_d_ouverture, note_des_mots
from premier_accueil.orientation.regles.poids import Poids
from premier_accueil.orientation.regles.tournee import KM_PAR_DEGRE, Arret, Tournee, tournee
from premier_accueil.orientation.regles.valeurs import BesoinsSitues, Candidat, Lieu, Note
from premier_accueil.orientation.requetes.index import Index, Oui, Places
from premier_accueil.orientation.requetes.offres import heures, minutes, recoit_a

REGARDES, AU_MOINS = 2, 10
"""For each service wanted, so many leading ones have their hours and names looked at; so many at least."""
QUELQUE_PART = Lieu(None)
Notes = NDArray[np.float32]


class Etudies(NamedTuple):
    """Services within reach, and the ways to reach them.

    Attributes:
        rangs: of the services, best first.
        points: of the services, hours and names apart.
        debuts, fins: where the ways of each begin and end in what follows.
        facons: places of the ways in the index.
        entrees: points of each way for its journey and its door.
        km: to each way, ``NaN`` when unknown.
    """

    rangs: Places
    points: Notes
    debuts: Places
    fins: Places
    facons: Places
    entrees: Notes
    km: Notes


class Departage:
    """Tell apart the leading services of one request.

    Args:
        index: the directory.
        demande: what is asked.
        poids: the ranking's numbers.
        etudies: the services within reach.
        besoins: for each need, which services of the index answer it.
    """

    def __init__(
        self, index: Index, demande: BesoinsSitues, poids: Poids, etudies: Etudies, besoins: Mapping[str, Oui]
    ) -> None:
        self.index, self.demande, self.poids, self.etudies, self.besoins = index, demande, poids, etudies, besoins
        self._ouvertures: dict[int, float] = {}
        self._notes: dict[int, Note] = {}
        self._par_score = sorted(besoins, key=lambda besoin: (-demande.besoins[besoin], besoin))

    def meneurs(self, voulus: Oui, combien: int) -> list[Note]:
        """Return the leading ones of these services, best first, ties by key: as the rules weigh them, without details.

        Args:
            voulus: which services of the index.
            combien: how many at most.
        """
        incertain = self.poids.poids["ouverture"] + (self.poids.poids["mots"] if self.demande.mots else 0)
        places = np.flatnonzero(voulus[self.etudies.rangs])[: max(AU_MOINS, REGARDES * combien)]
        notes: list[Note] = []
        meilleurs: list[float] = []
        for place, connus in zip(places.tolist(), self.etudies.points[places].tolist(), strict=True):
            if len(notes) >= combien and connus + incertain < meilleurs[0]:
                break  # nor any of the next ones
            notes.append(self.note(place))
            (heappush if len(notes) <= combien else heappushpop)(meilleurs, notes[-1].points)
        return sorted(notes, key=lambda note: (-note.points, note.candidat.cle))[:combien]

    def accueils(self, precis: Sequence[Note], combien: int) -> list[Note]:
        """Return those of these services that are first welcomes, then the leading ones among the others."""
        rangs = np.searchsorted(self.index.cles, [note.candidat.cle for note in precis])
        autres = self.index.accueille.copy()
        autres[rangs] = False
        deja = self.index.accueille[rangs].tolist()
        return [*itertools.compress(precis, deja), *self.meneurs(autres, combien)]

    def note(self, place: int) -> Note:
        """Return the points of a service, what tells its counter, and the needs it answers, the loudest first."""
        note = self._notes.get(place)
        if note is None:
            index, rang = self.index, int(self.etudies.rangs[place])
            facons = self.etudies.facons[self.etudies.debuts[place] : self.etudies.fins[place]]
            guichet = frozenset((int(index.numeros[rang]), *index.emplacements[facons].tolist())) - {0}
            note = self._notes[place] = Note(
                Candidat(int(index.cles[rang]), int(index.structures[rang]), (), doublons=guichet),
                QUELQUE_PART,
                float(self.etudies.points[place]) + self._reste(place, rang),
                couverts=tuple(besoin for besoin in self._par_score if self.besoins[besoin][rang]),
            )
        return note

    def _reste(self, place: int, rang: int) -> float:
        """Return the points of the hours, by the best way, and of the name."""
        ici, points = slice(self.etudies.debuts[place], self.etudies.fins[place]), self.poids.poids
        entrees = self.etudies.entrees[ici].tolist()
        ouvertures = map(self._ouverture, self.etudies.facons[ici].tolist(), self.etudies.km[ici].tolist())
        reste = max(e + points["ouverture"] * o for e, o in zip(entrees, ouvertures, strict=True)) - max(entrees)
        return float(reste) + self._mots(rang)

    def _mots(self, rang: int) -> float:
        if not self.demande.mots:
            return 0.0
        return self.poids.poids["mots"] * note_des_mots(self.index.noms.de(rang), self.demande)

    def _ouverture(self, facon: int, km: float) -> float:
        note = self._ouvertures.get(facon)
        if note is None:
            horaires, departement, fermetures = self._heures(facon)
            dites = heures(horaires, self.demande, fermetures, departement=departement)
            a_distance = bool(self.index.loin[facon])
            # The journey only tells whether the door closes before one gets there.
            trajet = None if a_distance or dites[2] is None else _minutes(km, self.demande.mode)
            lieu = Lieu(None, a_distance, None, trajet, None, *dites)
            note = self._ouvertures[facon] = note_d_ouverture(lieu, self.demande, self.poids)
        return note

    def _heures(self, facon: int) -> tuple[str, str, tuple[FermetureExceptionnelle, ...]]:
        fermetures = self.index.fermetures.get(int(self.index.permanences[facon]), ()) if self.index.fermetures else ()
        return *self.index.horaires[self.index.heures[facon]], fermetures

    def tournee(self) -> Tournee | None:
        """Return the best trip among the leading services of each need; ``None`` when none answers two of them."""
        arrets = self._arrets()
        facons = {arret.cle: facon for arret, facon in arrets}

        def ouvert(arret: Arret, a: datetime) -> bool | None:
            return recoit_a(*self._heures(facons[arret.cle]), a)

        besoins = list(self.demande.besoins)
        return tournee([arret for arret, _ in arrets], besoins, ouvert, a=self.demande.a, poids=self.poids)

    def _arrets(self) -> list[tuple[Arret, int]]:
        """Return the stops around the places where most needs are answered, two at least, each with its way."""
        index, etudies = self.index, self.etudies
        oui = np.stack([oui[etudies.rangs] for oui in self.besoins.values()])  # (needs, services)
        meneurs = [np.flatnonzero(siens)[: self.poids.tournee.par_besoin] for siens in oui]
        places = np.unique(np.concatenate(meneurs))
        lesquelles, entrees = etendre(etudies.debuts[places], etudies.fins[places])
        ou = etudies.facons[entrees]
        gardes = (index.sites[ou] > 0) & ~index.loin[ou] & ~np.isnan(etudies.km[entrees])
        places, facons, km = places[lesquelles[gardes]], ou[gardes], etudies.km[entrees[gardes]].tolist()
        trajets = [_minutes(x, self.demande.mode) for x in km]
        ensemble, repond = self._ensemble(facons), oui[:, places]
        combien = (ensemble.astype(np.float32) @ repond.T.astype(np.float32) > 0).sum(axis=1)
        combien[[trajet is None for trajet in trajets]] = 0
        plus = max(2, combien.max(initial=0))
        return [
            (self._arret(int(places[n]), int(facons[n]), trajets[n]), int(facons[n]))
            for n in np.flatnonzero(ensemble[combien == plus].any(axis=0)).tolist()
        ]

    def _ensemble(self, facons: Places) -> Oui:
        """Return, two by two, which of these places are gone to in one trip."""
        sites, points = self.index.sites[facons], np.stack((self.index.latitude[facons], self.index.longitude[facons]))
        nord, est = (points[:, None, :] - points[:, :, None]).astype(np.float64)
        est *= np.cos(np.radians(points[0].astype(np.float64)))[:, None]
        ensemble: Oui = sites[:, None] == sites
        ensemble |= KM_PAR_DEGRE * np.hypot(nord, est) <= self.poids.tournee.rayon_km
        return ensemble

    def _arret(self, place: int, facon: int, trajet: int | None) -> Arret:
        rang, index = int(self.etudies.rangs[place]), self.index
        return Arret(
            (int(index.cles[rang]), int(index.permanences[facon])), int(index.sites[facon]),
            frozenset(besoin for besoin, oui in self.besoins.items() if oui[rang]),
            float(self.etudies.points[place]) + self._mots(rang), trajet,
            float(index.latitude[facon]), float(index.longitude[facon]),
        )  # fmt: skip


def etendre(debuts: NDArray[Any], fins: NDArray[Any]) -> tuple[Places, Places]:
    """Return, end to end, the places of several ranges, and which range each is of."""
    combien = fins - debuts
    lesquelles = np.repeat(np.arange(len(debuts)), combien)
    return lesquelles, np.arange(len(lesquelles)) + (debuts - np.cumsum(combien) + combien)[lesquelles]


def _minutes(km: float, mode: str) -> int | None:
    return None if math.isnan(km) else minutes(round(km, 1), mode)
