"""What changed between two texts, line by line and word by word, for a page that says it in words too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class Nature(StrEnum):
    """What a piece became."""

    EGAL = "EGAL"
    AJOUTE = "AJOUTE"
    RETIRE = "RETIRE"


@dataclass(frozen=True)
class Morceau:
    """Some words, kept, added or removed."""

    nature: Nature
    texte: str


@dataclass(frozen=True)
class Ligne:
    """One line, as the pieces it is made of; ``change`` when at least one was added or removed."""

    morceaux: tuple[Morceau, ...]

    @property
    def change(self) -> bool:
        """Tell whether something moved in this line."""
        return any(m.nature is not Nature.EGAL for m in self.morceaux)


def comparer(avant: str, apres: str) -> tuple[Ligne, ...]:
    """Return the lines of two texts side by side: same lines whole, changed ones by their words.

    A line that has nothing in common with the other is removed, then added: nothing is guessed.

    >>> [m.texte for m in comparer("Appelez le 17", "Appelez le 18")[0].morceaux]
    ['Appelez le ', '17', '18']
    """
    gauche, droite = avant.split("\n"), apres.split("\n")
    return tuple(_lignes(gauche, droite))


def ajouts_et_retraits(avant: Iterable[str], apres: Iterable[str]) -> tuple[Morceau, ...]:
    """Return what two unordered lists have in common, lost and gained, in that order."""
    a, b = list(dict.fromkeys(avant)), list(dict.fromkeys(apres))
    return (
        *(Morceau(Nature.EGAL, x) for x in a if x in b),
        *(Morceau(Nature.RETIRE, x) for x in a if x not in b),
        *(Morceau(Nature.AJOUTE, x) for x in b if x not in a),
    )


def _lignes(gauche: Sequence[str], droite: Sequence[str]) -> Iterator[Ligne]:
    for genre, i, j, k, m in SequenceMatcher(None, gauche, droite).get_opcodes():
        if genre == "equal":
            yield from (Ligne((Morceau(Nature.EGAL, ligne),)) for ligne in gauche[i:j])
            continue
        paires = min(j - i, m - k)
        for n in range(paires):
            yield from _mots(gauche[i + n], droite[k + n])
        yield from (Ligne((Morceau(Nature.RETIRE, ligne),)) for ligne in gauche[i + paires : j])
        yield from (Ligne((Morceau(Nature.AJOUTE, ligne),)) for ligne in droite[k + paires : m])


def _mots(avant: str, apres: str) -> Iterator[Ligne]:
    a, b = (re.findall(r"\s+|[^\s]+", t) for t in (avant, apres))
    rapprochement = SequenceMatcher(None, a, b)
    if rapprochement.ratio() < 0.4:
        yield Ligne((Morceau(Nature.RETIRE, avant),))
        yield Ligne((Morceau(Nature.AJOUTE, apres),))
        return
    morceaux: list[Morceau] = []
    for genre, i, j, k, m in rapprochement.get_opcodes():
        if genre == "equal":
            morceaux.append(Morceau(Nature.EGAL, "".join(a[i:j])))
            continue
        if j > i:
            morceaux.append(Morceau(Nature.RETIRE, "".join(a[i:j])))
        if m > k:
            morceaux.append(Morceau(Nature.AJOUTE, "".join(b[k:m])))
    yield Ligne(tuple(morceaux))
