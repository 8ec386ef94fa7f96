"""Learn from the lexicon which needs a sentence means: ridge regressions, solved once and kept.

Two sides are added: the sentence encoder (meaning, tolerant to rephrasing) and hashed stems and letters (exact words,
tolerant to endings and slips).
"""

from __future__ import annotations

import itertools
import zlib
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from premier_accueil.orientation.comprendre.mots import Mot
from premier_accueil.orientation.comprendre.vecteurs import Matrice
from premier_accueil.orientation.comprendre.vides import VIDES

CASES = 2048
"""Hashed columns of the words' side."""
PART_MOTS = 0.9
"""Weight of the words' side against the encoder's."""
ADOUCI = 1.2
"""Ridge penalty."""


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


def _case(cle: str) -> int:
    return zlib.crc32(cle.encode()) % CASES


def apprendre(
    sens: Matrice, mots: Matrice, cibles: Matrice, poids: NDArray[np.float32]
) -> tuple[Matrice, Matrice]:
    """Solve the ridge regression of both sides together.

    Args:
        sens: (n, 512) encoder vectors, unit length.
        mots: (n, CASES) words' side, unit length.
        cibles: (n, k) share of each need.
        poids: (n,) weight of each phrase.

    Returns:
        weights for the encoder's side (512, k) and for the words' side (CASES, k).
    """
    x = np.hstack([sens, PART_MOTS * mots]).astype(np.float32)
    racine_poids = np.sqrt(poids)[:, None]
    xp = x * racine_poids
    if len(x) <= x.shape[1]:
        noyau = xp @ xp.T
        noyau[np.diag_indices_from(noyau)] += ADOUCI
        w = xp.T @ np.linalg.solve(noyau, cibles * racine_poids)
    else:
        gram = xp.T @ xp
        gram[np.diag_indices_from(gram)] += ADOUCI
        w = np.linalg.solve(gram, xp.T @ (cibles * racine_poids))
    return w[: sens.shape[1]].astype(np.float32), (PART_MOTS * w[sens.shape[1] :]).astype(np.float32)
