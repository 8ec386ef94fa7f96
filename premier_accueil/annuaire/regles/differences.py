"""Show what changed between two texts, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

MOTS = re.compile(r"\S+\s*")
TROP = 1500
"""Beyond so many words the two texts are shown whole: comparing them would take seconds."""


@dataclass(frozen=True)
class Morceau:
    """A run of words: kept, taken out, or put in."""

    sort: Literal["garde", "ote", "mis"]
    texte: str


def morceaux(avant: str, apres: str) -> tuple[Morceau, ...]:
    """Return the two texts as one, in the order of reading: what is kept, taken out, put in."""
    un, deux = MOTS.findall(avant), MOTS.findall(apres)
    if len(un) + len(deux) > TROP or not un or not deux:
        paire = (Morceau("ote", avant), Morceau("mis", apres))
        return tuple(m for m in paire if m.texte)
    sortie: list[Morceau] = []
    for genre, i, j, k, m in SequenceMatcher(None, un, deux, autojunk=False).get_opcodes():
        if genre == "equal":
            sortie.append(Morceau("garde", "".join(un[i:j])))
            continue
        sortie += [Morceau("ote", "".join(un[i:j]))] if i < j else []
        sortie += [Morceau("mis", "".join(deux[k:m]))] if k < m else []
    return tuple(sortie)
