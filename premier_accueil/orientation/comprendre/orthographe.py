"""Repair a misspelt word, only towards words of the lexicon, and only when little doubt is left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from premier_accueil.orientation.comprendre.mots import Mot, racine

COURT = 5
"""Below this many letters a word is never repaired: "loyer" is five."""
LONG = 9
"""From this many letters two slips are forgiven, one below."""


class Orthographe:
    """Known words, and the way to bring an unknown one to the nearest of them."""

    def __init__(self, formes: Iterable[str]) -> None:
        """Learn the known words (folded forms)."""
        self._formes = frozenset(f for f in formes if f.isalpha())
        self._racines = frozenset(racine(f) for f in self._formes)
        initiales: dict[str, list[str]] = defaultdict(list)
        for forme in sorted(self._formes):
            if len(forme) >= COURT - 1:
                initiales[forme[0]].append(forme)
        self._initiales = {lettre: tuple(mots) for lettre, mots in initiales.items()}
        self._un = lru_cache(maxsize=4096)(self._chercher)

    def connait(self, forme: str) -> bool:
        """Tell whether a folded word is known."""
        return forme in self._formes

    def reparer(self, mots: Sequence[Mot]) -> list[Mot]:
        """Return the words, unknown ones replaced by their nearest known word; positions are kept."""
        return [self._mot(mot) for mot in mots]

    def _mot(self, mot: Mot) -> Mot:
        connu = mot.forme in self._formes or mot.racine in self._racines
        if connu or len(mot.forme) < COURT or not mot.forme.isalpha():
            return mot
        trouve = self._un(mot.forme)
        return mot._replace(forme=trouve, racine=racine(trouve)) if trouve else mot

    def _chercher(self, forme: str) -> str:
        permis = 2 if len(forme) >= LONG else 1
        proches = process.extract(
            forme, self._initiales.get(forme[0], ()), scorer=OSA.distance, score_cutoff=permis, limit=4
        )
        if not proches:
            return ""
        meilleur = proches[0][1]
        egaux = {racine(mot) for mot, distance, _ in proches if distance == meilleur}
        return str(proches[0][0]) if len(egaux) == 1 or permis == 2 else self._departager(forme, proches)

    @staticmethod
    def _departager(forme: str, proches: Sequence[tuple[str, float, int]]) -> str:
        """Between several, keep the one with the same consonants ("voitur", "frape"); else give up."""

        def squelette(mot: str) -> str:
            sans = [c for c in mot if c not in "aeiouyh"]
            return "".join(c for i, c in enumerate(sans) if i == 0 or c != sans[i - 1])

        memes = [mot for mot, _, _ in proches if squelette(mot) == squelette(forme)]
        return str(memes[0]) if memes else ""
