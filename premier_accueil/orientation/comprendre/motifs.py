"""A small pattern language over stemmed words, so that a sheet of urgencies stays readable.

``mon (mari|copain) ... frappe``: words follow each other, endings do not count; ``(a|b c)`` one of; ``[x]`` optional;
``..`` up to two words of the same sentence, ``...`` four, ``....`` eight; ``<nom>`` a named list;
``=mot`` this exact form; ``mot*`` any word starting so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from premier_accueil.orientation.comprendre.mots import Mot, decouper, racine

_MORCEAU = re.compile(r"\.{2,4}|<[\w-]+>|[()\[\]|]|=?[\w'’-]+\*?")
_TROU = r"(?:(?!\./)\S+ ){0,%d}"
_DEBUT = r"(?:(?<= )|^)"
_TROUS = {"..": 2, "...": 4, "....": 8}
_FERMETURES = {"(": ")", "[": "]"}


@dataclass(frozen=True)
class Ruban:
    """A text to search in.

    Attributes:
        texte: words as one string, pauses left out: ``"forme/racine forme/racine ./. "``.
        ancres: what its words offer to hang a pattern on: ``"/racine"``, ``"forme"``, ``"for*"`` for each beginning.
    """

    texte: str
    ancres: frozenset[str]


def ruban(mots: Sequence[Mot]) -> Ruban:
    """Write words as a text to search in."""
    dits = [mot for mot in mots if mot.forme != ","]
    formes = {mot.forme for mot in dits}
    debuts = {f"{forme[:fin]}*" for forme in formes for fin in range(1, len(forme) + 1)}
    return Ruban(
        "".join(f"{mot.forme}/{mot.racine} " for mot in dits),
        frozenset(formes | debuts | {f"/{mot.racine}" for mot in dits}),
    )


@dataclass(frozen=True)
class _Source:
    """One pattern: its regular expression and the words it cannot do without, one at least of each set."""

    expression: str
    exiges: tuple[frozenset[str], ...] = ()


class Motifs:
    """Several patterns; only those whose words are in the text are searched, and compiled when first needed."""

    def __init__(self, sources: Sequence[_Source]) -> None:
        """Keep the patterns, each under the fewest words it cannot do without."""
        self._sources = tuple(sources)
        self._compiles: dict[int, re.Pattern[str]] = {}
        self._toujours = frozenset(rang for rang, source in enumerate(sources) if not source.exiges)
        self._par_ancre: dict[str, set[int]] = {}
        for rang, source in enumerate(sources):
            for ancre in min(source.exiges, key=len, default=frozenset[str]()):
                self._par_ancre.setdefault(ancre, set()).add(rang)

    def places(self, texte: Ruban) -> list[tuple[int, int]]:
        """Return where the patterns stand in the text, as (start, end)."""
        rangs = self._toujours.union(*(self._par_ancre[ancre] for ancre in texte.ancres & self._par_ancre.keys()))
        return [
            (trouve.start(), trouve.end())
            for rang in sorted(rangs)
            if not any(exige.isdisjoint(texte.ancres) for exige in self._sources[rang].exiges)
            for trouve in self._compile(rang).finditer(texte.texte)
        ]

    def preparer(self) -> None:
        """Compile every pattern now rather than one by one in front of somebody."""
        for rang in range(len(self._sources)):
            self._compile(rang)

    def _compile(self, rang: int) -> re.Pattern[str]:
        if rang not in self._compiles:
            self._compiles[rang] = re.compile(_DEBUT + self._sources[rang].expression)
        return self._compiles[rang]


def compiler(lignes: Iterable[str], listes: Mapping[str, Sequence[str]]) -> Motifs:
    """Read lines of the pattern language.

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


def _source(ligne: str, listes: Mapping[str, Sequence[str]], profondeur: int = 0) -> _Source:
    def suite(fin: str) -> _Source:
        """Read up to a closing bracket: sequences separated by bars."""
        choix: list[list[_Source]] = [[]]
        for morceau in morceaux:
            if morceau == fin:
                return _un_de([_a_la_file(parties) for parties in choix])
            if morceau == "|":
                choix.append([])
            elif morceau in _FERMETURES:
                dedans = suite(_FERMETURES[morceau])
                choix[-1].append(_Source(f"(?:{dedans.expression})?") if morceau == "[" else dedans)
            elif morceau in {"", *_FERMETURES.values()}:
                break
            else:
                choix[-1].append(_morceau(morceau, ligne, listes, profondeur))
        raise ValueError(f"Unbalanced bracket: {ligne}")

    morceaux: Iterator[str] = iter([*_MORCEAU.findall(ligne), ""])
    return suite("")


def _morceau(morceau: str, ligne: str, listes: Mapping[str, Sequence[str]], profondeur: int) -> _Source:
    if morceau in _TROUS:
        return _Source(_TROU % _TROUS[morceau])
    if morceau.startswith("<"):
        nom = morceau[1:-1]
        if nom not in listes or profondeur > 3:
            raise ValueError(f"Unknown list {morceau}: {ligne}")
        return _un_de([_source(m, listes, profondeur + 1) for m in listes[nom]])
    return _mot(morceau)


def _a_la_file(parties: Sequence[_Source]) -> _Source:
    return _Source("".join(p.expression for p in parties), tuple(e for p in parties for e in p.exiges))


def _un_de(choix: Sequence[_Source]) -> _Source:
    """Return "one of": it cannot do without the words of one of them."""
    if len(choix) == 1:
        return choix[0]
    communs = [min(source.exiges, key=len, default=frozenset[str]()) for source in choix]
    exiges = (frozenset[str]().union(*communs),) if all(communs) else ()
    return _Source("(?:" + "|".join(source.expression for source in choix) + ")", exiges)


@cache
def _mot(morceau: str) -> _Source:
    exact, prefixe = morceau.startswith("="), morceau.endswith("*")
    mots = [m for m in decouper(morceau.strip("=*")) if m.forme not in ".,"]
    if not mots:
        raise ValueError(f"Empty word in a pattern: {morceau}")
    ecrits, exiges = [], []
    for rang, mot in enumerate(mots):
        if exact:
            ecrits.append(rf"{mot.forme}/\S+ ")
            exiges.append(mot.forme)
        elif prefixe and rang == len(mots) - 1:
            ecrits.append(rf"{mot.forme}\S*/\S+ ")
            exiges.append(f"{mot.forme}*")
        else:
            ecrits.append(rf"\S+/{racine(mot.forme)} ")
            exiges.append(f"/{racine(mot.forme)}")
    return _Source("".join(ecrits), tuple(frozenset({e}) for e in exiges))
