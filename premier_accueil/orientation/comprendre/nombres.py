"""Read numbers said in figures or in words: "34", "34ans", "trente-quatre", "quatre-vingt-deux"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_JUSQU_A_SEIZE = (
    "zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize",
)  # fmt: skip
_UNITES = {mot: valeur for valeur, mot in enumerate(_JUSQU_A_SEIZE)} | {"une": 1}
_UNITES |= {"trentaine": 30, "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60}
_DIZAINES = {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70, "nonante": 90}
_COLLE = re.compile(r"(\d{1,3})(ans?|mois)?")


@dataclass(frozen=True)
class Nombre:
    """A number read: its value, its first word, the word after its last, and the unit stuck to it ("34ans") or ""."""

    valeur: int
    debut: int
    fin: int
    unite: str = ""


def nombres(formes: Sequence[str]) -> Iterator[Nombre]:
    """Yield the numbers up to 999 of these folded words, in order, the longest reading of each."""
    rang = 0
    while rang < len(formes):
        colle = _COLLE.fullmatch(formes[rang])
        if colle:
            unite = {"an": "ans"}.get(colle[2] or "", colle[2] or "")
            yield Nombre(int(colle[1]), rang, rang + 1, unite)
            rang += 1
            continue
        valeur, longueur = _en_lettres(formes[rang : rang + 5])
        if longueur:
            yield Nombre(valeur, rang, rang + longueur)
        rang += longueur or 1


def _en_lettres(formes: Sequence[str]) -> tuple[int, int]:
    """Return the value of the number that begins here and how many words it takes, (0, 0) when there is none."""
    if len(formes) > 1 and formes[0] == "quatre" and formes[1] in {"vingt", "vingts"}:
        dizaine, pris = 80, 2
    elif formes and formes[0] in _DIZAINES:
        dizaine, pris = _DIZAINES[formes[0]], 1
    else:
        return _petit(formes)
    suite = formes[pris:]
    lie = suite[:1] == ["et"] and suite[1:2] in (["un"], ["une"], ["onze"])
    reste, longs = _petit(suite[1:] if lie else suite)
    if longs and reste and (reste < 10 or (dizaine in {60, 80} and reste < 20)):
        return dizaine + reste, pris + lie + longs
    return dizaine, pris


def _petit(formes: Sequence[str]) -> tuple[int, int]:
    if len(formes) > 1 and formes[0] == "dix" and formes[1] in {"sept", "huit", "neuf"}:
        return 10 + _UNITES[formes[1]], 2
    if formes and formes[0] in _UNITES:
        return _UNITES[formes[0]], 1
    return 0, 0
