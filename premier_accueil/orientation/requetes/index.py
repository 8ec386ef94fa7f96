"""The whole directory as a few flat arrays: who answers which need, for which area, where. Read whole, in one go.

Nothing here decides: it only finds, in a blink, the few services whose rows are worth reading and weighing. Codes are
kept as the first half of their MD5, which both PostgreSQL and Python compute; two codes that met would bring a service
too many, and the rules would set it aside.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from premier_accueil.orientation.regles.classement import acces, capacite
from premier_accueil.orientation.regles.conditions import Ages, ages_dits
from premier_accueil.orientation.regles.poids import poids_du_fichier
from premier_accueil.orientation.regles.valeurs import BesoinsSitues, Candidat, Lieu
from premier_accueil.orientation.requetes import releve
from premier_accueil.orientation.requetes.vocabulaire import familles, libelles, publics

PREMIER_JOUR = date(2000, 1, 1)
AUTRE_PUBLIC = 1 << 30
ACCES = tuple(poids_du_fichier().notes["acces"])
"""Ways to get in."""
CAPACITES = tuple(nom for nom in poids_du_fichier().notes["places"] if nom != "valables_jours")
"""What may be said of the places left."""
MODES_DITS = {8: "se-presenter", 16: "telephoner", 32: "envoyer-un-courriel"}
Entiers = NDArray[np.int32]
Oui = NDArray[np.bool_]


@cache
def empreinte(code: str) -> int:
    """Return the number that stands for a code, as PostgreSQL computes it."""
    return int.from_bytes(hashlib.md5(code.encode(), usedforsecurity=False).digest()[:8], "big", signed=True)


@dataclass(frozen=True)
class Renvois:
    """From a code to the ranks of the services that bear it, sorted."""

    codes: NDArray[np.int64]
    rangs: Entiers

    def de(self, code: str) -> Entiers:
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
class Index:
    """The directory at one edition; the rank of a service is its place among the keys, which are sorted.

    Attributes:
        par_famille: by family of needs, how many of each service's needs are of it; ``nombre``: how many in all.
        publics: one bit for each public of the vocabulary, another for any other one; 0 when nothing is said.
        jour: last word about each service, days since 2000; -1 when unknown.
        debut: where the ways to reach each service begin, one more place at the end.
        latitude, longitude: of each way to reach a service, those of one service together; NaN when unknown.
        loin: for each way, whether it comes by phone or to the home.
        acces: for each way, how one gets in, as a place in ``ACCES``.
        permanences, sites: keys of each way; 0 without one.
        heures: for each way, the place of its hours in ``horaires``.
        horaires: the hours met, with the département when its days or its clock are its own.
        capacite: what was said of the places left, as a place in ``CAPACITES``.
        dites: when it was said, days since 2000; -1 when unknown.
        attente: days before an answer; -1 when unknown.
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
    accueille: Oui
    a_distance: Oui
    sans_zone: Oui
    debut: NDArray[np.intp]
    latitude: NDArray[np.float32]
    longitude: NDArray[np.float32]
    loin: Oui
    acces: NDArray[np.int8]
    permanences: NDArray[np.int64]
    sites: NDArray[np.int64]
    heures: Entiers
    horaires: Sequence[tuple[str, str]]
    capacite: NDArray[np.int8]
    dites: Entiers
    attente: NDArray[np.int16]
    noms: Noms
    ages: Mapping[int, Ages]

    @property
    def octets(self) -> int:
        """Return the size of the arrays."""
        tableaux = [v for v in vars(self).values() if isinstance(v, np.ndarray)] + list(self.par_famille.values())
        tableaux += [t for r in (self.themes, self.zones) for t in (r.codes, r.rangs)]
        return sum(t.nbytes for t in [*tableaux, self.noms.debuts, self.noms.fins]) + len(self.noms.mots)


def construire(edition: tuple[str, int, int], genres: Sequence[str]) -> Index:
    """Read the directory: eight sequential reads.

    Args:
        edition: as read before; what changes meanwhile makes another edition.
        genres: kinds of structure that are a first welcome by themselves.
    """
    dits = {cle: ages for cle, texte in releve.lire_conditions() if (ages := ages_dits(texte))}
    services = releve.lire(releve.SERVICES, "i8", "i4", "i8", "i2", "i4", "i2")
    lieux = releve.lire(releve.LIEUX, "i8", "f4", "f4", "i2", "i8", "i8", "i8")
    cles = services["v0"].astype(np.int64)
    drapeaux, accueillent = services["v3"], [empreinte(genre) for genre in genres]
    rang, connus = _rangs(cles, lieux["v0"])
    lieux = lieux[connus]
    horaires, heures = _horaires(lieux["v6"], lieux["v4"])
    themes = _renvois(cles, "thematiques")
    return Index(
        edition=edition,
        cles=cles,
        themes=themes,
        zones=_renvois(cles, "zone"),
        par_famille={f.code: _compter(themes, [code for code, _ in f.thematiques], len(cles)) for f in familles()},
        nombre=_compter(themes, libelles(), len(cles)),
        publics=_bits(_renvois(cles, "publics"), len(cles)),
        jour=services["v1"].astype(np.int32),
        accueille=(drapeaux & 1 > 0) | np.isin(services["v2"], accueillent),
        a_distance=drapeaux & 2 > 0,
        sans_zone=drapeaux & 4 > 0,
        debut=np.searchsorted(rang, np.arange(len(cles) + 1)),
        latitude=lieux["v1"].astype(np.float32),
        longitude=lieux["v2"].astype(np.float32),
        loin=lieux["v3"] & 1 > 0,
        acces=_selon_la_regle(ACCES, _acces_de, (drapeaux[rang] >> 3 & 15).astype(np.int32) << 3 | lieux["v3"]),
        permanences=lieux["v4"].astype(np.int64),
        sites=lieux["v5"].astype(np.int64),
        heures=heures,
        horaires=horaires,
        capacite=_selon_la_regle(CAPACITES, _capacite_de, drapeaux >> 7 & 15),
        dites=services["v4"].astype(np.int32),
        attente=services["v5"].astype(np.int16),
        noms=_noms(cles),
        ages=dits,
    )


def bit(public: str) -> int:
    """Return the bit that stands for a public of the vocabulary; 0 for any other word."""
    return 1 << list(publics()).index(public) if public in publics() else 0


def _selon_la_regle(noms: Sequence[str], dire: Callable[[int], str], sortes: NDArray[Any]) -> NDArray[np.int8]:
    """Return what the rule itself says of each sort, as a place among names: asked once for each of those met."""
    differentes, places = np.unique(sortes, return_inverse=True)
    return np.asarray([noms.index(dire(int(sorte))) for sorte in differentes], np.int8)[places]


def _acces_de(sorte: int) -> str:
    rendez_vous = True if sorte & 2 else False if sorte & 4 else None
    modes = frozenset(mode for drapeau, mode in MODES_DITS.items() if sorte & drapeau)
    lieu = Lieu(None, a_distance=bool(sorte & 1), sur_rendez_vous=rendez_vous)
    return acces(Candidat(0, 0, (), modes_mobilisation=modes, telephone=bool(sorte & 64)), lieu)


def _capacite_de(sorte: int) -> str:
    """Return what the rule says of places told this very day."""
    places = 1 if sorte & 1 else 0 if sorte & 2 else None
    attente = True if sorte & 4 else False if sorte & 8 else None
    a = datetime.combine(PREMIER_JOUR, time(), UTC)
    dit = Candidat(0, 0, (), places_libres=places, liste_d_attente=attente, places_dites_le=PREMIER_JOUR)
    return capacite(dit, BesoinsSitues({}, a), poids_du_fichier())


def _horaires(lues: NDArray[Any], permanences: NDArray[Any]) -> tuple[list[tuple[str, str]], Entiers]:
    """Return the hours met, and the place of those of each way among them."""
    _, premieres, places = np.unique(lues, return_index=True, return_inverse=True)
    temoins = permanences[premieres].tolist()
    textes = releve.lire_heures(temoins)
    return [textes.get(cle, ("", "")) for cle in temoins], places.astype(np.int32)


def _noms(cles: NDArray[np.int64]) -> Noms:
    """Return the words of each service; none for one that appeared between two reads."""
    longueurs, mots = releve.lire_noms()
    fins = np.cumsum(longueurs["v1"], dtype=np.int32)
    rangs, connus = _rangs(cles, longueurs["v0"])
    bornes = np.zeros((2, len(cles)), np.int32)
    bornes[:, rangs] = (fins - longueurs["v1"])[connus], fins[connus]
    return Noms(mots, *bornes)


def _bits(renvois: Renvois, combien: int) -> Entiers:
    bits = np.zeros(combien, np.int32)
    bits[renvois.rangs] = AUTRE_PUBLIC
    for public in publics():
        bits[renvois.de(public)] |= bit(public)
    return bits


def _compter(themes: Renvois, codes: Iterable[str], combien: int) -> NDArray[np.int8]:
    nombre = np.zeros(combien, np.int8)
    for code in codes:
        nombre[themes.de(code)] += 1
    return nombre


def _renvois(cles: NDArray[np.int64], colonne: str) -> Renvois:
    couples = releve.lire(releve.COUPLES.format(releve.CODE, colonne), "i8", "i8")
    rangs, connus = _rangs(cles, couples["v0"])
    return Renvois(couples["v1"][connus].astype(np.int64), rangs)


def _rangs(cles: NDArray[np.int64], lus: NDArray[Any]) -> tuple[Entiers, Oui]:
    """Return the ranks of the known keys, and which were known: a row may be added between two reads."""
    if not len(cles):
        return np.zeros(0, np.int32), np.zeros(len(lus), np.bool_)
    rangs = np.minimum(np.searchsorted(cles, lus), len(cles) - 1)
    connus = cles[rangs] == lus
    return rangs[connus].astype(np.int32), connus
