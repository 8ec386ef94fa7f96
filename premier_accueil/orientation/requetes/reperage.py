"""Find, among all the services of the country, the few that are worth weighing: arithmetic on whole arrays.

The points given here are those of ``regles.classement`` for what the arrays know; hours and names are looked at for the
leading ones only (see ``departage``), rows are read for fewer still.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from functools import lru_cache

import numpy as np

from premier_accueil.annuaire.regles.fraicheur import limite
from premier_accueil.orientation.regles.poids import Poids
from premier_accueil.orientation.regles.tournee import Arret
from premier_accueil.orientation.regles.valeurs import BesoinsSitues
from premier_accueil.orientation.requetes.departage import Departage, Etudies, Notes, Places
from premier_accueil.orientation.requetes.index import ACCES, CAPACITES, PREMIER_JOUR, Entiers, Index, Oui, bit
from premier_accueil.orientation.requetes.offres import FRANCE
from premier_accueil.territoire.regles import trajet

KM_PAR_DEGRE = 111.195
PAR_KM = 10
"""Travel times are tabled by hundred metres, as distances are rounded."""
BORD_KM = 1.0
"""The flat distance of the arrays is a little off the round one: the rows settle the edge."""
CONNUS = ("besoin", "specialite", "trajet", "public", "zone", "acces", "fraicheur", "places", "reponse")
"""Criteria that the arrays know whole."""


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
        self._par_besoin: dict[str, Oui] = {}
        self.departage = Departage(index, demande, poids)
        self._connus: Etudies | None = None

    def meilleurs(
        self, codes: Collection[str], limite: int, *, accueils: bool = False, sauf: Collection[int] = ()
    ) -> list[int]:
        """Return the keys of the leading services of any of these needs, best first, ties by key.

        Args:
            codes: needs.
            limite: how many at most.
            accueils: first welcomes only.
            sauf: keys already found.
        """
        etudies = self.parmi(codes, accueils=accueils)
        if sauf:
            etudies = etudies.parmi(~np.isin(self.index.cles[etudies.rangs], list(sauf)))
        ordre = self.departage.meneurs(etudies, limite)
        cles: list[int] = self.index.cles[etudies.rangs[ordre]].tolist()
        return cles

    def parmi(self, codes: Collection[str], *, accueils: bool = False) -> Etudies:
        """Return the services of these needs; all that is asked for, and the first welcomes, are studied in one go."""
        if not set(codes) <= set(self.poids.thematiques_premier_accueil if accueils else self.demande.besoins):
            etudies = self.etudier(self._marques(*map(self.index.themes.de, codes)))
        else:
            etudies = self._connus = self._connus or self._tous()
        gardes = self._repondent(codes, etudies.rangs)
        return etudies.parmi(gardes & self.index.accueille[etudies.rangs] if accueils else gardes)

    def _tous(self) -> Etudies:
        voulus = self._marques(*map(self.index.themes.de, self.poids.thematiques_premier_accueil))
        voulus &= self.index.accueille
        for code in self.demande.besoins:
            voulus |= self._marque(code)
        return self.etudier(voulus)

    def arrets(self) -> list[Arret]:
        """Return the places of the leading services of each need, where a trip might go."""
        besoins = {besoin: self._marque(besoin) for besoin in self.demande.besoins}
        meneurs: dict[int, tuple[Etudies, int]] = {}
        for besoin in besoins:
            etudies = self.parmi([besoin])
            for place in np.argsort(-etudies.points, kind="stable")[: self.poids.tournee.par_besoin].tolist():
                meneurs.setdefault(int(etudies.rangs[place]), (etudies, place))
        return [
            arret
            for rang, (etudies, place) in meneurs.items()
            for arret in self.departage.arrets(
                etudies, place, frozenset(besoin for besoin, oui in besoins.items() if oui[rang])
            )
        ]

    def etudier(self, voulus: Oui) -> Etudies:
        """Return those of these services that are within reach, with their points for what is asked."""
        etudies = self._a_portee(voulus)
        return etudies._replace(points=self._points(etudies.rangs, etudies.points))

    def _marque(self, code: str) -> Oui:
        """Return which services answer a need."""
        if code not in self._par_besoin:
            self._par_besoin[code] = self._marques(self.index.themes.de(code))
        return self._par_besoin[code]

    def _repondent(self, codes: Iterable[str], rangs: Entiers) -> Oui:
        """Return which of these services answer one of these needs."""
        oui = np.zeros(len(rangs), np.bool_)
        for code in codes:
            oui |= self._marque(code)[rangs]
        return oui

    def _marquer(self, zones: Iterable[str]) -> Oui:
        return self._marques(*(self.index.zones.de(zone) for zone in zones))

    def _marques(self, *lots: Entiers) -> Oui:
        """Return which services are in one of these lots."""
        marques = np.zeros(len(self.index.cles), np.bool_)
        for rangs in lots:
            marques[rangs] = True
        return marques

    def _distances(self, facons: Places) -> Notes:
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
        rangs, facons, km = rangs[gardees], facons[gardees], km[gardees]
        portes = np.array([self.poids.poids["acces"] * self.poids.notes["acces"][nom] for nom in ACCES], np.float32)
        entrees = np.float32(self.poids.poids["trajet"]) * self._trajets(rangs, facons, km, sans_km[gardees])
        entrees += portes[index.acces[facons]]
        debuts = np.flatnonzero(np.diff(rangs, prepend=-1))
        points = np.maximum.reduceat(entrees, debuts) if len(debuts) else entrees
        return Etudies(rangs[debuts], points, debuts, np.append(debuts[1:], len(rangs)), facons, entrees, km)

    def _facons(self, voulus: Entiers) -> tuple[Entiers, Places]:
        """Return the ways to reach these services: the rank of the service of each, and its place."""
        debut = self.index.debut
        combien = debut[voulus + 1] - debut[voulus]
        avant = np.cumsum(combien) - combien
        return np.repeat(voulus, combien), np.arange(combien.sum()) + np.repeat(debut[voulus] - avant, combien)

    def _trajets(self, rangs: Entiers, facons: Places, km: Notes, sans_km: Oui) -> Notes:
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
            ("fraicheur", self._fraicheurs(candidats)), ("places", self._places(candidats)),
            ("reponse", self._reponses(candidats)),
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
                    a_ce_besoin = self._marque(code)[candidats]
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

    def _places(self, candidats: Entiers) -> Notes:
        notes, dites = self.poids.notes["places"], self.index.dites[candidats]
        table = np.array([notes[nom] for nom in CAPACITES], np.float32)
        crues = dites >= (self.demande.a.date() - PREMIER_JOUR).days - notes["valables_jours"]
        return _selon(crues & (dites >= 0), table[self.index.capacite[candidats]], notes["inconnu"])

    def _reponses(self, candidats: Entiers) -> Notes:
        jours, notes = self.index.attente[candidats], self.poids.notes["reponse"]
        attendues = np.asarray(0.5 ** (jours / notes["demi_jours"]), np.float32)
        return _selon(jours < 0, notes["inconnu"], attendues)


def _selon(condition: Oui, oui: float | Notes, non: float | Notes) -> Notes:
    return np.where(condition, np.asarray(oui, np.float32), np.asarray(non, np.float32))


@lru_cache(maxsize=16)
def _notes_de_trajet(mode: str, demi: float) -> Notes:
    """Return the travel mark by hundred metres, up to 100 km and one place beyond; 0 beyond the reach of the mode."""
    voyages = (trajet(n / PAR_KM, mode) for n in range(1000 * PAR_KM // 10 + 1))
    notes = [0.5 ** (v.minutes / demi) if v else 0.0 for v in voyages]
    return np.asarray([*notes, 0.0], np.float32)
