"""From what is typed to what the words of the directory are compared with: accents, plurals and slips forgiven."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from rapidfuzz.distance import DamerauLevenshtein

from premier_accueil.annuaire.requetes.public import MOTS_VIDES
from premier_accueil.socle.texte import cle

MOTS_MAX = 8
LETTRES_POUR_CORRIGER = 4
# One query for all the words: those that begin no known word, each with the known words that resemble it.
VOISINS = """
SELECT dit.mot, ARRAY(
       SELECT connu.mot FROM annuaire_motdelannuaire connu WHERE connu.mot %% dit.mot
        ORDER BY similarity(connu.mot, dit.mot) DESC, connu.mot LIMIT 8)
  FROM unnest(%s::text[]) AS dit (mot)
 WHERE NOT EXISTS (
       SELECT 1 FROM annuaire_motdelannuaire connu
        WHERE connu.mot ~>=~ dit.mot AND connu.mot ~<~ (dit.mot || '~'))
"""


@dataclass(frozen=True)
class MotsLus:
    """Words ready to be searched.

    Attributes:
        tous: ``tsquery`` in which every word counts, wherever it is.
        noms: the same, within the names of services only.
        compris: what a misspelt word was read as: said on the screen.
    """

    tous: str
    noms: str
    compris: tuple[tuple[str, str], ...]


def lire_mots(texte: str) -> MotsLus | None:
    """Read the words of a search; one query, none without a long enough word. ``None``: no word to search."""
    mots = [m for m in dict.fromkeys(cle(texte[:200]).split()) if m not in MOTS_VIDES][:MOTS_MAX]
    if not mots:
        return None
    voisins = _voisins([m for m in mots if len(m) >= LETTRES_POUR_CORRIGER])
    lus = [[mot, *voisins.get(mot, ())] for mot in mots]
    return MotsLus(
        " & ".join(_un(formes, "") for formes in lus),
        " & ".join(_un(formes, "A") for formes in lus),
        tuple((formes[0], ", ".join(formes[1:])) for formes in lus if len(formes) > 1),
    )


def _un(formes: list[str], poids: str) -> str:
    # The word as typed may be unfinished; a mended one is whole.
    typee = f"{formes[0]}:*{poids}"
    return f"({' | '.join([typee, *(f'{f}:{poids}' if poids else f for f in formes[1:])])})"


def _voisins(mots: list[str]) -> dict[str, tuple[str, ...]]:
    if not mots:
        return {}
    with connection.cursor() as curseur:
        curseur.execute(VOISINS, [mots])
        return {mot: _proches(mot, trouves) for mot, trouves in curseur.fetchall()}


def _proches(mot: str, trouves: list[str]) -> tuple[str, ...]:
    """Keep the words a slip away: one letter in a short word, two in a long one; the nearest only."""
    ecarts = {autre: DamerauLevenshtein.distance(mot, autre[: len(mot) + 2]) for autre in trouves}
    proches = [a for a, ecart in ecarts.items() if ecart <= (1 if len(mot) < 6 else 2)]
    proches.sort(key=lambda autre: (ecarts[autre], autre))
    return tuple(a for a in proches if ecarts[a] == ecarts[proches[0]])[:3]
