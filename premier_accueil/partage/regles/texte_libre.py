"""Re-read a free text before it is saved: gently, locally, and never in the way (T18). The person can read all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from premier_accueil.socle import dossiers
from premier_accueil.socle.fichiers import lire_yaml
from premier_accueil.socle.texte import cle

MOT = re.compile(r"[^\W_]+")
LONGUEUR_RELUE = 20_000


@dataclass(frozen=True)
class Remarque:
    """Something to look at again.

    Attributes:
        debut, fin: place in the text as written, in characters.
        mots: the words as written.
        famille: code of the kind of word.
        pourquoi, proposition: in plain French.
    """

    debut: int
    fin: int
    mots: str
    famille: str
    pourquoi: str
    proposition: str


@dataclass(frozen=True)
class _Famille:
    code: str
    pourquoi: str
    proposition: str
    motif: re.Pattern[str]


@cache
def _lecture() -> tuple[re.Pattern[str], tuple[_Famille, ...]]:
    brut: Any = lire_yaml(dossiers.donnees() / "texte_libre.yaml")
    familles = tuple(
        _Famille(code, f["pourquoi"], f["proposition"], _un_de(f["motifs"])) for code, f in brut["familles"].items()
    )
    return _un_de(brut["sauf"]), familles


def _un_de(motifs: list[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(f"(?:{m})" for m in motifs) + r")\b")


def relire(texte: str) -> tuple[Remarque, ...]:
    """Return what deserves a second look in a text: judgements, health, justice, religion, origin.

    Args:
        texte: as typed; only its first 20,000 characters are read.

    Returns:
        remarks in the order of the text; they never overlap. Nothing is kept anywhere.
    """
    mots = [(cle(m.group()), m.start(), m.end()) for m in MOT.finditer(texte[:LONGUEUR_RELUE])]
    mots = [m for m in mots if m[0]]
    plat, debuts = _plier([m[0] for m in mots])
    sauf, familles = _lecture()
    # The ordinary wordings are blanked, not cut: places stay what they were.
    plat = sauf.sub(lambda m: "." * len(m.group()), plat)
    trouves = sorted(
        ((m.start(), m.end(), f) for f in familles for m in f.motif.finditer(plat)), key=lambda t: (t[0], -t[1])
    )
    remarques: list[Remarque] = []
    for debut, fin, famille in trouves:
        premier, dernier = debuts[debut], debuts[fin - 1]
        place = (mots[premier][1], mots[dernier][2])
        if remarques and place[0] < remarques[-1].fin:
            continue
        remarques.append(
            Remarque(*place, texte[place[0] : place[1]], famille.code, famille.pourquoi, famille.proposition)
        )
    return tuple(remarques)


def _plier(mots: list[str]) -> tuple[str, list[int]]:
    """Return the folded text, and for each of its characters the word it comes from."""
    debuts: list[int] = []
    for rang, mot in enumerate(mots):
        debuts += [rang] * (len(mot) + 1)
    return " ".join(mots), debuts
