"""Learn from the lexicon which needs a sentence means: a kernel ridge regression, solved once and kept.

Three likenesses are mixed: of meaning (the sentence encoder, tolerant to rephrasing), of vocabulary (French word
vectors, which know synonyms) and of words (hashed stems and letters, exact, tolerant to endings and slips). The first
two are put side by side in one vector.
"""

from __future__ import annotations

import itertools
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from premier_accueil.orientation.comprendre.mots import Mot
from premier_accueil.orientation.comprendre.vecteurs import Matrice
from premier_accueil.orientation.comprendre.vides import VIDES

CASES = 2048
"""Hashed columns of the words' side."""
PART_FRANCAIS = 0.75
"""Weight of the vocabulary's likeness against the meaning's. Chosen, as those below, on sentences of the lexicon kept
apart (5,000 learnt, 1,200 measured): 0.25 to 2 give the same within half a point, none at all costs four points."""
PART_MOTS = 0.29
"""Weight of the words' likeness against both others."""
ETENDUE = 0.5
"""Reach of a phrase: how fast its say fades as likeness drops."""
ADOUCI = 0.1
"""Ridge penalty of a phrase whose needs were reviewed."""
AXES = 192
"""Numbers kept of each vector: 256 answer the same within half a point, and take half as long again to compare."""
BLOC = 512
"""Rows solved at a time."""
UN_A_UN = 3
"""Texts compared one at a time: that many products with one row cost less than one product with that many rows."""


def traits(mots: Sequence[Mot], idf: NDArray[np.float32] | None = None) -> Matrice:
    """Return the hashed words' side of one text: stems, pairs of stems, groups of four letters; length 1.

    Args:
        idf: weight of each column, ``None`` for plain presence.
    """
    racines = [m.racine for m in mots if m.forme not in ".,"]
    pleines = [m.racine for m in mots if m.forme not in ".," and m.forme not in VIDES]
    poids: Counter[int] = Counter()
    for r in racines:
        poids[_case("m" + r)] = 2 if r in pleines else 1
    for a, b in itertools.pairwise(pleines):
        poids[_case(f"p{a} {b}")] = 2
    for r in pleines:
        borde = f"<{r}>"
        for i in range(max(1, len(borde) - 3)):
            poids[_case("l" + borde[i : i + 4])] |= 1
    vecteur = np.zeros(CASES, dtype=np.float32)
    for case, combien in poids.items():
        vecteur[case] = combien
    if idf is not None:
        vecteur *= idf
    norme = float(np.linalg.norm(vecteur))
    return vecteur / norme if norme else vecteur


def poids_de(racine: str, idf: NDArray[np.float32]) -> float:
    """Return how rare a stem is in what was learnt."""
    return float(idf[_case("m" + racine)])


def ranger(traits: Matrice) -> dict[str, NDArray[Any]]:
    """Return the words' side by column, zeros left out: "debuts" (CASES + 1), "places" and "valeurs".

    Args:
        traits: (n, CASES) words' side.
    """
    cases, places = np.nonzero(traits.T)
    debuts = np.searchsorted(cases, np.arange(CASES + 1)).astype(np.int32)
    return {"debuts": debuts, "places": places.astype(np.int32), "valeurs": traits.T[cases, places].astype(np.float16)}


def _case(cle: str) -> int:
    return zlib.crc32(cle.encode()) % CASES


def apprendre(sens: Matrice, mots: Matrice, cibles: Matrice, adouci: NDArray[np.float32] | float = ADOUCI) -> Matrice:
    """Solve the kernel ridge regression.

    Args:
        sens: (n, 512) encoder vectors, unit length.
        mots: (n, CASES) words' side, unit length.
        cibles: (n, k) share of each need.
        adouci: ridge penalty, of each phrase or of all: the higher, the less its share is believed.

    Returns:
        (n, k) say of each phrase of the lexicon.
    """
    peines = np.broadcast_to(np.float32(adouci), len(sens))
    bandes = []
    for debut in range(0, len(sens), BLOC):
        ici, avant = slice(debut, debut + BLOC), slice(min(debut + BLOC, len(sens)))
        bande = sens[ici] @ sens[avant].T
        bande += PART_MOTS * (mots[ici] @ mots[avant].T)
        _adoucir(bande)
        bande[:, debut:] += np.diag(peines[ici])
        bandes.append(bande)
    _factoriser(bandes)
    return _resoudre(bandes, cibles)


def joindre(sens: Matrice, francais: Matrice) -> Matrice:
    """Put meaning and vocabulary side by side, (n, 512) and (n, 300) unit vectors, in vectors of length 1 at most."""
    ensemble = np.hstack([sens, np.float32(PART_FRANCAIS**0.5) * francais])
    ensemble /= np.float32((1 + PART_FRANCAIS) ** 0.5)
    return np.asarray(ensemble, dtype=np.float32)


def axes(sens: Matrice) -> Matrice:
    """Return the (d, AXES) directions that best tell these (n, d) vectors apart: comparing costs a third."""
    _, directions = np.linalg.eigh(sens.T @ sens)
    return np.ascontiguousarray(directions[:, ::-1][:, :AXES], dtype=np.float32)


def ressembler(sens: Matrice, mots: Matrice, appris: Mapping[str, NDArray[Any]]) -> Matrice:
    """Return the kernel between some texts and the phrases that were learnt, (m, n), each value in 0..1.

    Args:
        sens: (m, d) vectors of the texts (see ``joindre``).
        mots: (m, CASES) their words' side.
        appris: "axes" (d, AXES), "sens" (AXES, n) and what ``ranger`` returns.
    """
    ressemble, debuts = _comparer(sens @ appris["axes"], appris["sens"]), appris["debuts"]
    for rang, ligne in enumerate(mots):
        cases = np.flatnonzero(ligne)
        bouts = [slice(debuts[case], debuts[case + 1]) for case in cases]
        if bouts:
            places = np.concatenate([appris["places"][bout] for bout in bouts])
            valeurs = np.concatenate([appris["valeurs"][bout] for bout in bouts]).astype(np.float32)
            valeurs *= np.repeat(ligne[cases], debuts[cases + 1] - debuts[cases])
            ressemble[rang] += PART_MOTS * np.bincount(places, valeurs, ressemble.shape[1])
    _adoucir(ressemble)
    return ressemble


def repondre(noyau: Matrice, poids: Matrice) -> Matrice:
    """Return what the phrases answer to some texts, (m, k): one text at a time, which spares a copy of the weights.

    Args:
        noyau: (m, n) likeness of each text to each phrase.
        poids: (k, n) say of each phrase.
    """
    return np.stack([poids @ ligne for ligne in noyau])


def _comparer(textes: Matrice, phrases: Matrice) -> Matrice:
    """Return the (m, n) products of a few (m, d) texts with many phrases laid out by (d, n) columns."""
    if len(textes) <= UN_A_UN:
        return np.stack([texte @ phrases for texte in textes])
    return np.asarray(textes @ phrases, dtype=np.float32)


def _adoucir(ressemble: Matrice) -> None:
    """Turn likenesses (at most 1 + PART_MOTS) in kernel values (at most 1), in place."""
    ressemble /= np.float32((1 + PART_MOTS) * ETENDUE)
    ressemble -= np.float32(1 / ETENDUE)
    np.exp(ressemble, out=ressemble)


def _factoriser(bandes: list[Matrice]) -> None:
    """Put in the lower half of a symmetric matrix its Cholesky factor, block by block, in place.

    Args:
        bandes: rows ``BLOC`` by ``BLOC``, each up to the diagonal: a whole matrix would take twice the memory.
    """
    for rang, bande in enumerate(bandes):
        debut = rang * BLOC
        for suivante in bandes[rang:]:
            suivante[:, debut : debut + BLOC] -= suivante[:, :debut] @ bande[:, :debut].T
        bande[:, debut:] = np.linalg.cholesky(bande[:, debut:])
        # A product with the inverse of one small block costs a tenth of solving for thousands of rows.
        inverse = np.linalg.inv(bande[:, debut:].astype(np.float64)).astype(np.float32).T
        for suivante in bandes[rang + 1 :]:
            suivante[:, debut : debut + BLOC] = suivante[:, debut : debut + BLOC] @ inverse


def _resoudre(bas: list[Matrice], cibles: Matrice) -> Matrice:
    """Solve L Lᵀ x = b band by band (numpy alone has no triangular solver)."""
    x = cibles.astype(np.float32).copy()
    for rang, bande in enumerate(bas):
        debut, ici = rang * BLOC, slice(rang * BLOC, (rang + 1) * BLOC)
        x[ici] = np.linalg.solve(bande[:, debut:], x[ici] - bande[:, :debut] @ x[:debut])
    for rang, bande in reversed(list(enumerate(bas))):
        debut, ici = rang * BLOC, slice(rang * BLOC, (rang + 1) * BLOC)
        x[ici] = np.linalg.solve(bande[:, debut:].T, x[ici])
        x[:debut] -= bande[:, :debut].T @ x[ici]
    return x
