"""A small pattern language over stemmed words, so that a sheet of urgencies stays readable.

``mon (mari|copain) ... frappe``: words follow each other, endings do not count; ``(a|b c)`` one of; ``[x]`` optional;
``..`` up to two words of the same sentence, ``...`` four, ``....`` eight; ``<nom>`` a named list;
``=mot`` this exact form; ``mot*`` any word starting so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from premier_accueil.orientation.comprendre.mots import Mot, decouper, racine

_MORCEAU = re.compile(r"\.{2,4}|<[\w-]+>|[()\[\]|]|=?[\w'’-]+\*?")
_TROU = r"(?:(?!\./)\S+ ){0,%d}"
_DEBUT = r"(?:(?<= )|^)"
_TROUS = {"..": 2, "...": 4, "....": 8}


def ruban(mots: Sequence[Mot]) -> str:
    """Write words as one string to search in, pauses left out: ``"forme/racine forme/racine ./. "``."""
    return "".join(f"{mot.forme}/{mot.racine} " for mot in mots if mot.forme != ",")


class Motifs:
    """Several patterns, searched together first and one by one only when one of them is there."""

    def __init__(self, sources: Sequence[str]) -> None:
        """Keep the patterns (regular expressions over a ``ruban``); each is compiled when first needed."""
        self._sources = tuple(_DEBUT + s for s in sources)
        self.ensemble = re.compile(_DEBUT + "(?:" + "|".join(sources) + ")") if sources else None
        self._chacun: tuple[re.Pattern[str], ...] = ()

    def places(self, texte: str) -> list[tuple[int, int]]:
        """Return where the patterns stand in a ``ruban``, as (start, end)."""
        if self.ensemble is None or not self.ensemble.search(texte):
            return []
        if not self._chacun:
            self._chacun = tuple(re.compile(s) for s in self._sources)
        return [(t.start(), t.end()) for motif in self._chacun for t in motif.finditer(texte)]


def compiler(lignes: Iterable[str], listes: Mapping[str, Sequence[str]]) -> Motifs:
    """Compile lines of the pattern language.

    Raises:
        ValueError: a line has an unknown list or unbalanced brackets.
    """
    return Motifs([_source(str(ligne), listes) for ligne in lignes])


def vocabulaire(lignes: Iterable[str]) -> set[str]:
    """Return the folded words written in full in these lines."""
    return {
        mot.forme
        for ligne in lignes
        for morceau in _MORCEAU.findall(str(ligne))
        if morceau[0] not in "<.()[]|=" and not morceau.endswith("*")
        for mot in decouper(morceau)
    }


def _source(ligne: str, listes: Mapping[str, Sequence[str]], profondeur: int = 0) -> str:
    sortie: list[str] = []
    fermetures: list[str] = []
    for morceau in _MORCEAU.findall(ligne):
        if morceau in _TROUS:
            sortie.append(_TROU % _TROUS[morceau])
        elif morceau in {"(", "["}:
            sortie.append("(?:")
            fermetures.append(")" if morceau == "(" else ")?")
        elif morceau in {")", "]"}:
            if not fermetures:
                raise ValueError(f"Unbalanced bracket: {ligne}")
            sortie.append(fermetures.pop())
        elif morceau == "|":
            sortie.append("|")
        elif morceau.startswith("<"):
            nom = morceau[1:-1]
            if nom not in listes or profondeur > 3:
                raise ValueError(f"Unknown list {morceau}: {ligne}")
            sortie.append("(?:" + "|".join(_source(m, listes, profondeur + 1) for m in listes[nom]) + ")")
        else:
            sortie.append(_mot(morceau))
    if fermetures:
        raise ValueError(f"Unbalanced bracket: {ligne}")
    return "".join(sortie)


def _mot(morceau: str) -> str:
    exact, prefixe = morceau.startswith("="), morceau.endswith("*")
    mots = [m for m in decouper(morceau.strip("=*")) if m.forme not in ".,"]
    if not mots:
        raise ValueError(f"Empty word in a pattern: {morceau}")
    ecrits = []
    for rang, mot in enumerate(mots):
        if exact:
            ecrits.append(rf"{mot.forme}/\S+ ")
        elif prefixe and rang == len(mots) - 1:
            ecrits.append(rf"{mot.forme}\S*/\S+ ")
        else:
            ecrits.append(rf"\S+/{racine(mot.forme)} ")
    return "".join(ecrits)
