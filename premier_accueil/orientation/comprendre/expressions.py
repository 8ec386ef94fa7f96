"""Find the expressions of the lexicon inside a sentence, by their stems, small gaps allowed."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from premier_accueil.orientation.comprendre.lexique import POIDS_VERS, Entree
from premier_accueil.orientation.comprendre.mots import Mot
from premier_accueil.orientation.comprendre.vides import VIDES

LONGUEUR = 4
"""Full words of the longest expression looked for; longer entries only feed the model."""
TROU = 2
"""Words that may stand between two words of an expression."""


def pleins(mots: Iterable[Mot]) -> list[Mot]:
    """Return the words that carry meaning."""
    return [m for m in mots if m.forme not in VIDES and m.forme not in ".," and len(m.forme) > 1]


@dataclass(frozen=True)
class Expression:
    """Stems in order, the needs they point at with shares that add up to 1, and how much to trust them (0..1)."""

    racines: tuple[str, ...]
    vers: dict[str, float]
    force: float


@dataclass(frozen=True)
class Trouvee:
    """An expression found: rank of its first and last words in the list searched."""

    expression: Expression
    rangs: tuple[int, ...]


class Repertoire:
    """All expressions, ready to be looked for."""

    def __init__(self, expressions: Iterable[Expression]) -> None:
        """Index expressions by their first stem, the longest first."""
        self._par_premiere: dict[str, list[Expression]] = defaultdict(list)
        for expression in expressions:
            self._par_premiere[expression.racines[0]].append(expression)
        for liste in self._par_premiere.values():
            liste.sort(key=lambda e: (-len(e.racines), e.racines))

    @classmethod
    def du_lexique(cls, entrees: Sequence[Entree], decoupees: Sequence[Sequence[Mot]]) -> Repertoire:
        """Return the short entries as expressions; the same stems said for several needs share their strength.

        Args:
            entrees: the lexicon.
            decoupees: the words of each entry.
        """
        poids: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        fortes: set[tuple[str, ...]] = set()
        partout: Counter[str] = Counter()
        familles: dict[str, Counter[str]] = defaultdict(Counter)
        for entree, mots in zip(entrees, decoupees, strict=True):
            racines = tuple(m.racine for m in pleins(mots))
            partout.update(set(racines))
            for r in set(racines):
                for code, part in zip(entree.vers, POIDS_VERS, strict=False):
                    familles[r][code] += part  # type: ignore[assignment]
            if not racines or len(racines) > LONGUEUR or entree.libelle:
                continue
            for code, part in zip(entree.vers, POIDS_VERS, strict=False):
                poids[racines][code] += part  # type: ignore[assignment]
            if entree.fort:
                fortes.add(racines)
        expressions = []
        for racines, codes in poids.items():
            total = float(sum(codes.values()))
            vers = {code: part / total for code, part in codes.items()}
            expressions.append(Expression(racines, vers, _force(racines, racines in fortes, partout, familles)))
        return cls(expressions)

    def dites(self) -> list[tuple[tuple[str, ...], dict[str, float], float]]:
        """Return the expressions as JSON can keep them; ``Expression(*dite)`` gives one back."""
        return [(e.racines, e.vers, e.force) for liste in self._par_premiere.values() for e in liste]

    def chercher(self, mots: Sequence[Mot]) -> list[Trouvee]:
        """Return the expressions standing in these full words; one contained in a longer one is dropped."""
        trouvees: list[Trouvee] = []
        for depart, mot in enumerate(mots):
            for expression in self._par_premiere.get(mot.racine, ()):
                rangs = _suivre(expression.racines, mots, depart)
                if rangs:
                    trouvees.append(Trouvee(expression, rangs))
        trouvees.sort(key=lambda t: (-len(t.rangs), t.rangs[-1] - t.rangs[0], t.rangs))
        gardees: list[Trouvee] = []
        for t in trouvees:
            if not any(set(t.rangs) <= set(g.rangs) for g in gardees):
                gardees.append(t)
        return sorted(gardees, key=lambda t: t.rangs)


def _force(racines: tuple[str, ...], forte: bool, partout: Counter[str], familles: dict[str, Counter[str]]) -> float:
    """Return how decisive an expression is: marked so, long, or made of a word said for one need only."""
    if forte:
        return 1.0
    if len(racines) >= 3:
        return 0.85
    if len(racines) == 2:
        return 0.7
    codes = familles[racines[0]]
    purete = max(codes.values()) / sum(codes.values())
    rarete = 1.0 / (1.0 + math.log1p(partout[racines[0]]) / 8)
    return 0.65 * purete * rarete


def _suivre(racines: tuple[str, ...], mots: Sequence[Mot], depart: int) -> tuple[int, ...]:
    rangs = [depart]
    for cherchee in racines[1:]:
        for rang in range(rangs[-1] + 1, min(rangs[-1] + 2 + TROU, len(mots))):
            if mots[rang].racine == cherchee:
                rangs.append(rang)
                break
        else:
            return ()
    return tuple(rangs)
