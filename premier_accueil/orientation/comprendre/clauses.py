"""Cut a text in clauses, so that several needs come out, and leave out what the person says not to want."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from premier_accueil.orientation.comprendre.expressions import pleins
from premier_accueil.orientation.comprendre.mots import Mot

CLAUSES_LUES = 8
"""Clauses given to the encoder besides the whole text; time stays bounded."""
_COUPES = frozenset({"et", "mais", "puis", "ensuite", "surtout", "sinon", "par contre", "egalement", "aussi", "sauf"})
_REFUS: tuple[tuple[tuple[str, ...], frozenset[str]], ...] = (
    (("cherche", "cherchons", "cherchent", "recherche"), frozenset({"pas", "plus"})),
    (("demande", "demandons", "souhaite"), frozenset({"pas"})),
    (("viens", "vient", "venu", "venue"), frozenset({"pas"})),
)
_PAS = frozenset({"pas", "plus", "aucun", "aucune", "point"})


@dataclass(frozen=True)
class Clause:
    """One part of what was said: its words and its full words."""

    mots: tuple[Mot, ...]
    pleins: tuple[Mot, ...]


def sans_refus(mots: Sequence[Mot]) -> list[Mot]:
    """Return the words without what is refused: "pas besoin de …", "je ne cherche pas de …", "ce n'est pas pour …".

    "Je n'ai pas de logement" is a need, not a refusal: it is kept. A refusal ends with its clause.
    """
    gardes: list[Mot] = []
    rang = 0
    while rang < len(mots):
        longueur = _refus(mots, rang)
        if not longueur:
            gardes.append(mots[rang])
            rang += 1
            continue
        rang += longueur
        while rang < len(mots) and mots[rang].forme not in ".," and mots[rang].forme not in {"mais", "par", "juste"}:
            rang += 1
    return gardes


def _refus(mots: Sequence[Mot], rang: int) -> int:
    """Return how many words announce a refusal from here, 0 when none does."""
    formes = [m.forme for m in mots[rang : rang + 5]]
    if len(formes) < 3:
        return 0
    if formes[0] in _PAS and formes[1] in {"besoin", "question", "interesse", "interessee"} and formes[2] != "":
        return 2
    if formes[0] in {"pas", "aucun"} and formes[1] in {"de", "d"} and formes[2] in {"souci", "soucis", "problemes"}:
        return 3
    if formes[0] in {"aucun", "pas"} and formes[1] in {"probleme", "souci"}:
        return 2
    if formes[0] in {"est", "etait"} and formes[1] == "pas" and formes[2] in {"pour", "une", "un"}:
        suite = formes[3] if len(formes) > 3 else ""
        return 3 if formes[2] == "pour" or suite in {"question", "probleme", "histoire"} else 0
    for verbes, negations in _REFUS:
        if formes[0] in verbes and formes[1] in negations and _jusque_de(formes):
            return 2
    return 0


def _jusque_de(formes: Sequence[str]) -> bool:
    return formes[2] in {"de", "d", "a", "un", "une", "le", "la", "les", "du", "pour", "l", "forcement"}


def clauses(mots: Sequence[Mot]) -> list[Clause]:
    """Cut at punctuation and at words such as "et", "mais"; a crumb joins the clause before it.

    Returns:
        clauses with at least one full word, in order; at most ``CLAUSES_LUES``.
    """
    morceaux: list[list[Mot]] = [[]]
    for mot in mots:
        if mot.forme in ".,":
            morceaux.append([])
        elif mot.forme in _COUPES:
            morceaux.append([mot])
        else:
            morceaux[-1].append(mot)
    sorties: list[Clause] = []
    for morceau in morceaux:
        contenu = tuple(pleins(morceau))
        if contenu:
            sorties.append(Clause(tuple(morceau), contenu))
    return sorties[:CLAUSES_LUES]
