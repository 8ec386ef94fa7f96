"""Learn from the lexicon which needs a sentence means: a kernel ridge regression, solved once and kept.

Two likenesses are mixed: of meaning (the sentence encoder, tolerant to rephrasing) and of words (hashed stems and
letters, exact, tolerant to endings and slips).
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
PART_MOTS = 0.5
"""Weight of the words' likeness against the meaning's."""
ETENDUE = 0.5
"""Reach of a phrase: how fast its say fades as likeness drops."""
ADOUCI = 0.1
"""Ridge penalty."""
AXES = 192
"""Numbers kept of each encoder vector."""
BLOC = 512
"""Rows solved at a time."""


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


def apprendre(sens: Matrice, mots: Matrice, cibles: Matrice) -> Matrice:
    """Solve the kernel ridge regression.

    Args:
        sens: (n, 512) encoder vectors, unit length.
        mots: (n, CASES) words' side, unit length.
        cibles: (n, k) share of each need.

    Returns:
        (n, k) say of each phrase of the lexicon.
    """
    noyau = sens @ sens.T
    noyau += PART_MOTS * (mots @ mots.T)
    _adoucir(noyau)
    noyau[np.diag_indices_from(noyau)] += ADOUCI
    return _resoudre(np.linalg.cholesky(noyau), cibles)


def axes(sens: Matrice) -> Matrice:
    """Return the (512, AXES) directions that best tell these (n, 512) vectors apart: comparing costs a third."""
    _, directions = np.linalg.eigh(sens.T @ sens)
    return np.ascontiguousarray(directions[:, ::-1][:, :AXES], dtype=np.float32)


def ressembler(sens: Matrice, mots: Matrice, appris: Mapping[str, NDArray[Any]]) -> Matrice:
    """Return the kernel between some texts and the phrases that were learnt, (m, n), each value in 0..1.

    Args:
        sens: (m, 512) encoder vectors of the texts.
        mots: (m, CASES) their words' side.
        appris: "axes" (512, AXES), "sens" (n, AXES) and "mots" (CASES, n).
    """
    ressemble: Matrice = (sens @ appris["axes"]) @ appris["sens"].T
    for rang, ligne in enumerate(mots):
        cases = np.flatnonzero(ligne)
        ressemble[rang] += PART_MOTS * (ligne[cases] @ appris["mots"][cases])
    _adoucir(ressemble)
    return ressemble


def _adoucir(ressemble: Matrice) -> None:
    """Turn likenesses (at most 1 + PART_MOTS) in kernel values (at most 1), in place."""
    ressemble /= np.float32((1 + PART_MOTS) * ETENDUE)
    ressemble -= np.float32(1 / ETENDUE)
    np.exp(ressemble, out=ressemble)


def _resoudre(bas: Matrice, cibles: Matrice) -> Matrice:
    """Solve L Lᵀ x = b block by block (numpy alone has no triangular solver)."""
    x = cibles.astype(np.float32).copy()
    debuts = range(0, len(x), BLOC)
    for d in debuts:
        f = min(d + BLOC, len(x))
        x[d:f] = np.linalg.solve(bas[d:f, d:f], x[d:f] - bas[d:f, :d] @ x[:d])
    for d in reversed(debuts):
        f = min(d + BLOC, len(x))
        x[d:f] = np.linalg.solve(bas[d:f, d:f].T, x[d:f] - bas[f:, d:f].T @ x[f:])
    return x
