"""Find, among all the services of the country, the few that are worth weighing: arithmetic on whole arrays.

The points given here are those of ``regles.classement`` for what the arrays know; hours and names are looked at for the
leading ones only (see ``departage``), rows are read for what is shown (see ``peser``).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

import numpy as np

from premier_accueil.annuaire.regles.fraicheur import limite
from premier_accueil.orientation.regles.conditions import age_convient
from premier_accueil.orientation.regles.poids import Poids
from premier_accueil.orientation.regles.tournee import KM_PAR_DEGRE
from premier_accueil.orientation.regles.valeurs import BesoinsSitues, Note
from premier_accueil.orientation.requetes.departage import Departage, Etudies, Notes, etendre
from premier_accueil.orientation.requetes.index import ACCES, CAPACITES, PREMIER_JOUR, Entiers, Index, Oui, Places, bit
from premier_accueil.orientation.requetes.offres import FRANCE
from premier_accueil.territoire.regles import trajet

PAR_KM = 10
"""Travel times are tabled by hundred metres, as distances are rounded."""
BORD_KM = 1.0
"""The flat distance of the arrays is a little off the round one: the rows settle the edge."""


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
        self.besoins = {besoin: self._marques(index.themes.de(besoin)) for besoin in demande.besoins}
        self.demandes = self._marques(*map(index.themes.de, demande.besoins))

    def par_besoin(self) -> Iterator[Oui]:
        """Yield, for each need, the services of which it is the loudest one they answer."""
        restent = self.demandes.copy()
        for besoin in sorted(self.besoins, key=lambda besoin: (-self.demande.besoins[besoin], besoin)):
            yield restent & self.besoins[besoin]
            restent &= ~self.besoins[besoin]

    @cached_property
    def tous(self) -> Departage:
        """The services of all the needs, and the first welcomes: studied in one go."""
        return self._departager(self.demandes | self.index.accueille)

    def autres(self, codes: Iterable[str], combien: int) -> list[Note]:
        """Return the leading services of needs that are not asked for, best first."""
        voulus = self._marques(*map(self.index.themes.de, codes))
        return self._departager(voulus).meneurs(voulus, combien)

    def _departager(self, voulus: Oui) -> Departage:
        return Departage(self.index, self.demande, self.poids, self.etudier(voulus), self.besoins)

    def etudier(self, voulus: Oui) -> Etudies:
        """Return those of these services that are within reach and not excluded, best first for what is asked."""
        if certains := self.demande.publics_certains:
            voulus = voulus & ~self._incompatibles(self.index.publics, certains)
        etudies = self._a_portee(voulus)
        points = self._points(etudies.rangs, etudies.points)
        ordre = np.argsort(-points, kind="stable")
        return etudies._replace(
            rangs=etudies.rangs[ordre], points=points[ordre], debuts=etudies.debuts[ordre], fins=etudies.fins[ordre]
        )

    def _marquer(self, zones: Iterable[str]) -> Oui:
        return self._marques(*(self.index.zones.de(zone) for zone in zones))

    def _marques(self, *lots: Places) -> Oui:
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
        index, poids = self.index, self.poids
        rangs, facons = self._facons(voulus)
        km = self._distances(facons)
        sans_km = np.isnan(km)
        gardees = (
            self.locale[rangs]
            | (km <= poids.rayon_km + BORD_KM)
            | (self.couverte[rangs] & (sans_km | index.a_distance[rangs]))
        )
        rangs, facons, km = rangs[gardees], facons[gardees], km[gardees]
        portes = np.array([poids.poids["acces"] * poids.notes["acces"][nom] for nom in ACCES], np.float32)
        entrees = np.float32(poids.poids["trajet"]) * self._trajets(rangs, facons, km, sans_km[gardees])
        entrees += portes[index.acces[facons]]
        debuts = np.flatnonzero(np.diff(rangs, prepend=-1))
        points = np.maximum.reduceat(entrees, debuts) if len(debuts) else entrees
        return Etudies(rangs[debuts], points, debuts, np.append(debuts[1:], len(rangs)), facons, entrees, km)

    def _facons(self, voulus: Oui) -> tuple[Places, Places]:
        """Return the ways to reach these services, where they cover or may be near: the service of each, its place."""
        index = self.index
        couverts = np.flatnonzero(voulus & self.couverte)
        facons = etendre(index.debut[couverts], index.debut[couverts + 1])[1]
        if self.point is not None:
            marge = (self.poids.rayon_km + BORD_KM) / KM_PAR_DEGRE
            proches = index.sans_zone.entre(self.point[0] - marge, self.point[0] + marge)
            facons = np.sort(np.concatenate((facons, proches[voulus[index.services[proches]]])))
        return index.services[facons], facons

    def _trajets(self, rangs: Places, facons: Places, km: Notes, sans_km: Oui) -> Notes:
        index, notes = self.index, self.poids.notes["trajet"]
        table = _notes_de_trajet(self.demande.mode, self.poids.demi_minutes[self.demande.mode])
        cases = np.minimum(np.nan_to_num(km * PAR_KM + 0.5), len(table) - 1).astype(np.int32)
        valeurs = np.where(sans_km, np.float32(notes["inconnu"]), table[cases])
        loin = index.loin[facons]
        valeurs[loin] = notes["a_distance"]
        aussi_loin = index.a_distance[rangs] & ~loin
        valeurs[aussi_loin] = np.maximum(valeurs[aussi_loin], notes["a_distance"])
        return valeurs

    def _points(self, candidats: Places, lieux: Notes) -> Notes:
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

    def _besoins(self, candidats: Places) -> tuple[Notes, Notes]:
        """Return the marks of the need and of the speciality."""
        index, besoins = self.index, self.demande.besoins
        meilleur, total, couverts, voisins = np.zeros((4, len(candidats)), np.float32)
        for famille in {code.partition("--")[0] for code in besoins} & index.par_famille.keys():
            touches = np.zeros(len(candidats), np.bool_)
            for code in besoins:
                if code.partition("--")[0] == famille:
                    a_ce_besoin = self.besoins[code][candidats]
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

    def _publics(self, candidats: Places) -> Notes:
        notes, dits, age = self.poids.notes["public"], self.index.publics[candidats], self.demande.age
        publics = self.demande.publics | self.demande.publics_certains
        valeurs = _selon(dits > 0, notes["autre"], notes["inconnu"])
        valeurs[dits & bit("tous-publics") > 0] = notes["tous_publics"]
        valeurs[self._incompatibles(dits, publics)] = notes["incompatible"]
        valeurs[dits & _bits(publics) > 0] = notes["convient"]
        if age is not None:
            ages = map(self.index.ages.get, self.index.cles[candidats].tolist())
            valeurs[[age_convient(x, age) is False for x in ages]] = notes["autre_age"]
        return valeurs

    def _incompatibles(self, dits: Entiers, publics: frozenset[str]) -> Oui:
        """Return which of these lists of publics exclude all of those of the person."""
        oui = np.zeros(len(dits), np.bool_)
        for paire in self.poids.incompatibles:
            if paire & publics:
                oui |= (dits > 0) & (dits & ~_bits(paire) == 0) & (dits & _bits(publics) == 0)
        return oui

    def _fraicheurs(self, candidats: Places) -> Notes:
        notes, jour = self.poids.notes["fraicheur"], self.demande.a.date()
        jours = self.index.jour[candidats]
        recents = jours >= (jour - PREMIER_JOUR).days - notes["recente_jours"]
        vieux = jours < (limite(jour) - PREMIER_JOUR).days
        valeurs = _selon(recents, notes["recente"], notes["moyenne"])
        valeurs[vieux] = notes["vieille"]
        valeurs[jours < 0] = notes["inconnue"]
        return valeurs

    def _places(self, candidats: Places) -> Notes:
        notes, dites = self.poids.notes["places"], self.index.dites[candidats]
        table = np.array([notes[nom] for nom in CAPACITES], np.float32)
        crues = dites >= (self.demande.a.date() - PREMIER_JOUR).days - notes["valables_jours"]
        return _selon(crues & (dites >= 0), table[self.index.capacite[candidats]], notes["inconnu"])

    def _reponses(self, candidats: Places) -> Notes:
        jours, notes = self.index.attente[candidats], self.poids.notes["reponse"]
        attendues = np.asarray(0.5 ** (jours / notes["demi_jours"]), np.float32)
        return _selon(jours < 0, notes["inconnu"], attendues)


def _bits(publics: Iterable[str]) -> int:
    return sum(map(bit, publics))


def _selon(condition: Oui, oui: float | Notes, non: float | Notes) -> Notes:
    return np.where(condition, np.asarray(oui, np.float32), np.asarray(non, np.float32))


@lru_cache(maxsize=16)
def _notes_de_trajet(mode: str, demi: float) -> Notes:
    """Return the travel mark by hundred metres, up to 100 km and one place beyond; 0 beyond the reach of the mode."""
    voyages = (trajet(n / PAR_KM, mode) for n in range(1000 * PAR_KM // 10 + 1))
    notes = [0.5 ** (v.minutes / demi) if v else 0.0 for v in voyages]
    return np.asarray([*notes, 0.0], np.float32)
