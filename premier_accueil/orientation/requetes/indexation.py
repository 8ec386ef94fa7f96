"""Make the index of the directory: a few sequential reads, no row made a Python value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from premier_accueil.orientation.regles.classement import SEULS_CHEZ_EUX, acces, capacite
from premier_accueil.orientation.regles.conditions import ages_dits
from premier_accueil.orientation.regles.poids import Poids, poids_du_fichier
from premier_accueil.orientation.regles.valeurs import BesoinsSitues, Candidat, Lieu
from premier_accueil.orientation.requetes import releve
from premier_accueil.orientation.requetes.index import (
    ACCES,
    CAPACITES,
    PREMIER_JOUR,
    Bande,
    Entiers,
    Index,
    Noms,
    Oui,
    Places,
    Renvois,
    bit,
    empreinte,
)
from premier_accueil.orientation.requetes.vocabulaire import familles, libelles, publics

AUTRE_PUBLIC = 1 << 30
MODES_DITS = {8: "se-presenter", 16: "telephoner", 32: "envoyer-un-courriel"}
FIXE = 8


def construire(edition: tuple[str, int, int], poids: Poids) -> Index:
    """Read the directory: nine sequential reads.

    Args:
        edition: as read before; what changes meanwhile makes another edition.
        poids: which needs and which kinds of structure are a first welcome.
    """
    dits = {cle: ages for cle, texte in releve.lire_conditions() if (ages := ages_dits(texte))}
    services = releve.lire(releve.SERVICES, "i8", "i4", "i8", "i2", "i4", "i2", "i8", "i8")
    lieux = releve.lire(releve.LIEUX, "i8", "f4", "f4", "i2", "i8", "i8", "i8")
    cles = services["v0"].astype(np.int64)
    drapeaux, genres = services["v3"], services["v2"].astype(np.int64)
    rang, connus = _rangs(cles, lieux["v0"])
    lieux = lieux[connus]
    horaires, heures = _horaires(lieux["v6"], lieux["v4"])
    themes = _renvois(cles, "thematiques")
    latitude, longitude = lieux["v1"].astype(np.float32), lieux["v2"].astype(np.float32)
    seuls = np.isin(genres, _empreintes(SEULS_CHEZ_EUX))[rang] & (lieux["v3"] & FIXE > 0) & ~np.isnan(latitude)
    return Index(
        edition=edition,
        cles=cles,
        themes=themes,
        zones=_renvois(cles, "zone"),
        par_famille={f.code: _compter(themes, [code for code, _ in f.thematiques], len(cles)) for f in familles()},
        nombre=_compter(themes, libelles(), len(cles)),
        publics=_bits(_renvois(cles, "publics"), len(cles)),
        jour=services["v1"].astype(np.int32),
        structures=services["v6"].astype(np.int64),
        accueille=((drapeaux & 1 > 0) | np.isin(genres, _empreintes(poids.genres)))
        & (_compter(themes, poids.thematiques_premier_accueil, len(cles)) > 0),
        a_distance=drapeaux & 2 > 0,
        debut=np.searchsorted(rang, np.arange(len(cles) + 1)),
        services=rang,
        latitude=latitude,
        longitude=longitude,
        loin=lieux["v3"] & 1 > 0,
        acces=_selon_la_regle(ACCES, _acces_de, (drapeaux[rang] >> 3 & 15).astype(np.int32) << 3 | lieux["v3"] & 7),
        permanences=lieux["v4"].astype(np.int64),
        sites=lieux["v5"].astype(np.int64),
        heures=heures,
        horaires=horaires,
        capacite=_selon_la_regle(CAPACITES, _capacite_de, drapeaux >> 7 & 15),
        dites=services["v4"].astype(np.int32),
        attente=services["v5"].astype(np.int16),
        numeros=services["v7"].astype(np.int64),
        emplacements=np.where(seuls, genres[rang] ^ _emplacements(latitude, longitude), 0),
        fermetures=releve.lire_fermetures(),
        sans_zone=_bande(np.flatnonzero((drapeaux & 4 > 0)[rang]), latitude),
        noms=_noms(cles),
        ages=dits,
    )


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


def _horaires(lues: NDArray[Any], permanences: NDArray[Any]) -> tuple[list[tuple[str, str]], Places]:
    """Return the hours met, and the place of those of each way among them."""
    _, premieres, places = np.unique(lues, return_index=True, return_inverse=True)
    temoins = permanences[premieres].tolist()
    textes = releve.lire_heures(temoins)
    return [textes.get(cle, ("", "")) for cle in temoins], places.astype(np.intp)


def _noms(cles: NDArray[np.int64]) -> Noms:
    """Return the words of each service; none for one that appeared between two reads."""
    longueurs, mots = releve.lire_noms()
    fins = np.cumsum(longueurs["v1"], dtype=np.int32)
    rangs, connus = _rangs(cles, longueurs["v0"])
    bornes = np.zeros((2, len(cles)), np.int32)
    bornes[:, rangs] = (fins - longueurs["v1"])[connus], fins[connus]
    return Noms(mots, *bornes)


def _empreintes(codes: Iterable[str]) -> list[int]:
    return [empreinte(code) for code in sorted(codes)]


def _emplacements(latitude: NDArray[np.float32], longitude: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return one number for places a hundred metres apart at most: thousandths of a degree, as the rules round them."""
    nord, est = (np.rint(np.nan_to_num(x).astype(np.float64) * 1000) for x in (latitude, longitude))
    return np.asarray(nord * 1_000_000 + est, np.int64)


def _bande(facons: Places, latitude: NDArray[np.float32]) -> Bande:
    ordre = facons[np.argsort(latitude[facons], kind="stable")]
    connues = ordre[: len(ordre) - np.isnan(latitude[ordre]).sum()]  # unknown ones are sorted last
    return Bande(latitude[connues], connues)


def _bits(renvois: Renvois, combien: int) -> Entiers:
    bits = np.zeros(combien, np.int32)
    autres = np.bincount(renvois.rangs, minlength=combien)
    for public in publics():
        siens = renvois.de(public)
        bits[siens] |= bit(public)
        autres[siens] -= 1
    bits[autres > 0] |= AUTRE_PUBLIC
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


def _rangs(cles: NDArray[np.int64], lus: NDArray[Any]) -> tuple[Places, Oui]:
    """Return the ranks of the known keys, and which were known: a row may be added between two reads."""
    if not len(cles):
        return np.zeros(0, np.intp), np.zeros(len(lus), np.bool_)
    rangs = np.minimum(np.searchsorted(cles, lus), len(cles) - 1)
    connus = cles[rangs] == lus
    return rangs[connus].astype(np.intp), connus
