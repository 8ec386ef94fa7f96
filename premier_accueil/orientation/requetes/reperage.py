"""Find, among all the services of the country, the few that are worth weighing: arithmetic on whole arrays.

The points given here are those of ``regles.classement`` for what the arrays know; hours and names, which need the
rows, are weighed afterwards for the leading ones only.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from premier_accueil.annuaire.regles.fraicheur import limite
from premier_accueil.orientation.regles.poids import Poids
from premier_accueil.orientation.regles.valeurs import BesoinsSitues
from premier_accueil.orientation.requetes.index import ACCES, PREMIER_JOUR, Entiers, Index, Oui, bit
from premier_accueil.orientation.requetes.offres import FRANCE
from premier_accueil.territoire.regles import trajet

KM_PAR_DEGRE = 111.195
PAR_KM = 10
"""Travel times are tabled by hundred metres, as distances are rounded."""
BORD_KM = 1.0
"""The flat distance of the arrays is a little off the round one: the rows settle the edge."""
CONNUS = ("besoin", "specialite", "trajet", "public", "zone", "acces", "fraicheur")
"""Criteria that the arrays know whole."""
Notes = NDArray[np.float32]
Etudies = tuple[Entiers, Notes]
"""Ranks of services within reach, sorted, and their points."""


class Reperage:
    """What one request finds in the index.

    Args:
        index: the directory.
        demande: what is asked, its needs as ``besoins_utiles`` returns them.
        poids: the ranking's numbers.
        point: latitude and longitude of the commune; ``None`` when not told.
    """

    def __init__(self, index: Index, demande: BesoinsSitues, poids: Poids, point: tuple[float, float] | None) -> None:
        self.index, self.demande, self.poids, self.point = index, demande, poids, point
        self.locale = self._marquer(demande.zones - frozenset(FRANCE))
        self.couverte = self.locale | self._marquer(demande.zones & frozenset(FRANCE))
        self._connus: Etudies | None = None

    def meilleurs(
        self,
        codes: Collection[str],
        limite: int,
        *,
        accueils: bool = False,
        sauf: Collection[int] = (),
        places: int = 0,
    ) -> list[int]:
        """Return the keys of the leading services of any of these needs, best first, ties by key.

        Args:
            codes: needs.
            limite: how many at most.
            accueils: first welcomes only.
            sauf: keys already found.
            places: when told, those that could not enter so many places whatever their rows say are left out.
        """
        candidats, points = self._parmi(codes, accueils=accueils)
        if sauf:
            libres = ~np.isin(self.index.cles[candidats], list(sauf))
            candidats, points = candidats[libres], points[libres]
        ordre = np.argsort(-points, kind="stable")[:limite]
        if 0 < places < len(ordre):
            inconnus = sum(p for critere, p in self.poids.poids.items() if critere not in CONNUS)
            ordre = ordre[points[ordre] >= points[ordre[places - 1]] - inconnus]
        cles: list[int] = self.index.cles[candidats[ordre]].tolist()
        return cles

    def _parmi(self, codes: Collection[str], *, accueils: bool) -> Etudies:
        """Return the services of these needs; all that is asked for, and the first welcomes, are studied in one go."""
        voulus = self._marques(*(self.index.themes.de(code) for code in codes))
        if accueils:
            voulus &= self.index.accueille
        connus = self.poids.thematiques_premier_accueil if accueils else self.demande.besoins
        if not set(codes) <= set(connus):
            return self.etudier(voulus)
        if self._connus is None:
            tous = self._marques(*(self.index.themes.de(code) for code in self.poids.thematiques_premier_accueil))
            tous &= self.index.accueille
            for code in self.demande.besoins:
                tous[self.index.themes.de(code)] = True
            self._connus = self.etudier(tous)
        candidats, points = self._connus
        gardes = voulus[candidats]
        return candidats[gardes], points[gardes]

    def etudier(self, voulus: Oui) -> Etudies:
        """Return those of these services that are within reach, with their points for what is asked."""
        candidats, lieux = self._a_portee(voulus)
        return candidats, self._points(candidats, lieux)

    def _marquer(self, zones: Iterable[str]) -> Oui:
        return self._marques(*(self.index.zones.de(zone) for zone in zones))

    def _marques(self, *lots: Entiers) -> Oui:
        """Return which services are in one of these lots."""
        marques = np.zeros(len(self.index.cles), np.bool_)
        for rangs in lots:
            marques[rangs] = True
        return marques

    def _distances(self, facons: NDArray[np.intp]) -> Notes:
        """Return kilometres for these ways to reach a service; NaN when unknown."""
        if self.point is None:
            return np.full(len(facons), np.nan, np.float32)
        latitude, longitude = self.point
        nord = (self.index.latitude[facons] - np.float32(latitude)) * np.float32(KM_PAR_DEGRE)
        large = np.float32(KM_PAR_DEGRE * math.cos(math.radians(latitude)))
        est = (self.index.longitude[facons] - np.float32(longitude)) * large
        return np.asarray(np.sqrt(nord * nord + est * est), np.float32)

    def _a_portee(self, voulus: Oui) -> Etudies:
        """Return the ranks of those within reach, sorted, and the best points of their ways: the journey, the door."""
        index = self.index
        rangs, facons = self._facons(np.flatnonzero(voulus & (self.couverte | index.sans_zone)).astype(np.int32))
        km = self._distances(facons)
        sans_km = np.isnan(km)
        gardees = (
            self.locale[rangs]
            | (km <= self.poids.rayon_km + BORD_KM)
            | (self.couverte[rangs] & (sans_km | index.a_distance[rangs]))
        )
        rangs, facons = rangs[gardees], facons[gardees]
        entrees = np.array([self.poids.poids["acces"] * self.poids.notes["acces"][nom] for nom in ACCES], np.float32)
        points = np.float32(self.poids.poids["trajet"]) * self._trajets(rangs, facons, km[gardees], sans_km[gardees])
        points += entrees[index.acces[facons]]
        debuts = np.flatnonzero(np.diff(rangs, prepend=-1))
        return rangs[debuts], np.maximum.reduceat(points, debuts) if len(debuts) else points

    def _facons(self, voulus: Entiers) -> tuple[Entiers, NDArray[np.intp]]:
        """Return the ways to reach these services: the rank of the service of each, and its place."""
        debut = self.index.debut
        combien = debut[voulus + 1] - debut[voulus]
        avant = np.cumsum(combien) - combien
        return np.repeat(voulus, combien), np.arange(combien.sum()) + np.repeat(debut[voulus] - avant, combien)

    def _trajets(self, rangs: Entiers, facons: NDArray[np.intp], km: Notes, sans_km: Oui) -> Notes:
        index, notes = self.index, self.poids.notes["trajet"]
        table = _notes_de_trajet(self.demande.mode, self.poids.demi_minutes[self.demande.mode])
        cases = np.minimum(np.nan_to_num(km * PAR_KM + 0.5), len(table) - 1).astype(np.int32)
        valeurs = np.where(sans_km, np.float32(notes["inconnu"]), table[cases])
        loin = index.loin[facons]
        valeurs[loin] = notes["a_distance"]
        aussi_loin = index.a_distance[rangs] & ~loin
        valeurs[aussi_loin] = np.maximum(valeurs[aussi_loin], notes["a_distance"])
        return valeurs

    def _points(self, candidats: Entiers, lieux: Notes) -> Notes:
        poids, notes = self.poids.poids, self.poids.notes["zone"]
        besoin, specialite = self._besoins(candidats)
        zone = _selon(self.couverte[candidats], notes["couverte"], notes["inconnue"])
        points = lieux.copy()
        for critere, valeurs in (
            ("besoin", besoin), ("specialite", specialite), ("zone", zone), ("public", self._publics(candidats)),
            ("fraicheur", self._fraicheurs(candidats)),
        ):  # fmt: skip
            points += np.float32(poids[critere]) * valeurs
        return points

    def _besoins(self, candidats: Entiers) -> tuple[Notes, Notes]:
        """Return the marks of the need and of the speciality."""
        index, besoins = self.index, self.demande.besoins
        meilleur, total, couverts, voisins = np.zeros((4, len(candidats)), np.float32)
        for famille in {code.partition("--")[0] for code in besoins} & index.par_famille.keys():
            touches = np.zeros(len(candidats), np.bool_)
            for code in besoins:
                if code.partition("--")[0] == famille:
                    a_ce_besoin = self._marques(index.themes.de(code))[candidats]
                    meilleur[a_ce_besoin] = np.maximum(meilleur[a_ce_besoin], besoins[code])
                    total[a_ce_besoin] += besoins[code]
                    couverts[a_ce_besoin] += 1
                    touches |= a_ce_besoin
            voisins += index.par_famille[famille][candidats] * touches
        part = self.poids.notes["besoin"]["part_du_meilleur"]
        autres = np.minimum(1.0, total - meilleur)
        proche = self.poids.notes["specialite"]["meme_famille"] * (voisins - couverts)
        specialite = np.where(couverts > 0, (couverts + proche) / np.maximum(index.nombre[candidats], 1), 0)
        return np.where(couverts > 0, part * meilleur + (1 - part) * autres, 0), specialite

    def _publics(self, candidats: Entiers) -> Notes:
        notes, dits = self.poids.notes["public"], self.index.publics[candidats]
        voulus = sum(bit(public) for public in self.demande.publics | self.demande.publics_certains)
        valeurs = _selon(dits > 0, notes["autre"], notes["inconnu"])
        valeurs[dits & bit("tous-publics") > 0] = notes["tous_publics"]
        valeurs[dits & voulus > 0] = notes["convient"]
        return valeurs

    def _fraicheurs(self, candidats: Entiers) -> Notes:
        notes, jour = self.poids.notes["fraicheur"], self.demande.a.date()
        jours = self.index.jour[candidats]
        recents = jours >= (jour - PREMIER_JOUR).days - notes["recente_jours"]
        vieux = jours < (limite(jour) - PREMIER_JOUR).days
        valeurs = _selon(recents, notes["recente"], notes["moyenne"])
        valeurs[vieux] = notes["vieille"]
        valeurs[jours < 0] = notes["inconnue"]
        return valeurs


def _selon(condition: Oui, oui: float, non: float) -> Notes:
    return np.asarray(np.where(condition, np.float32(oui), np.float32(non)), np.float32)


@lru_cache(maxsize=16)
def _notes_de_trajet(mode: str, demi: float) -> Notes:
    """Return the travel mark by hundred metres, up to 100 km and one place beyond; 0 beyond the reach of the mode."""
    voyages = (trajet(n / PAR_KM, mode) for n in range(1000 * PAR_KM // 10 + 1))
    notes = [0.5 ** (v.minutes / demi) if v else 0.0 for v in voyages]
    return np.asarray([*notes, 0.0], np.float32)
