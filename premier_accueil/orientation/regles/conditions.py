"""What the words of a service's conditions say of an age. A reading, never a certainty: it may lower, never remove."""

from __future__ import annotations

import re

Ages = tuple[int, int]
AU_PLUS = 130
_N = r"(\d{1,2})"
ENTRE = re.compile(rf"\b{_N}\s*(?:a|et|-|–)\s*{_N}\s*ans\b")
AU_MOINS = re.compile(rf"(?:plus de|au moins|a partir de|des)\s+{_N}\s*ans\b|\b{_N}\s*ans et plus\b")
MOINS_DE = re.compile(rf"moins de\s+{_N}\s*ans\b")
JUSQU_A = re.compile(rf"jusqu.?a\s+{_N}\s*ans\b")
# "Depuis 2 ans", "enfants de 3 ans" speak of something else than the age of the person who comes.
AUTRE_CHOSE = re.compile(r"depuis|enfant|anciennete|experience|duree|pendant|residen|sejour")
SANS_ACCENT = str.maketrans("âàéè", "aaee")


def ages_dits(texte: str) -> Ages | None:
    """Read an age limit in the words of a condition.

    Args:
        texte: conditions, in French.

    Returns:
        (youngest, oldest) in years, both included; ``None`` when nothing is said, or when the words speak of a
        child's age, of a stay or of a duration.
    """
    dit = texte.lower().translate(SANS_ACCENT)
    if AUTRE_CHOSE.search(dit):
        return None
    if trouve := ENTRE.search(dit):
        bas, haut = int(trouve[1]), int(trouve[2])
        return (bas, haut) if bas < haut else None
    bas, haut = 0, AU_PLUS
    if trouve := AU_MOINS.search(dit):
        bas = int(trouve[1] or trouve[2])
    if trouve := MOINS_DE.search(dit):
        haut = int(trouve[1]) - 1
    if trouve := JUSQU_A.search(dit):
        haut = int(trouve[1])
    return (bas, haut) if (bas, haut) != (0, AU_PLUS) and bas <= haut else None


def age_convient(ages: Ages | None, age: int | None) -> bool | None:
    """Tell whether an age fits; ``None`` when either is unknown."""
    return None if ages is None or age is None else ages[0] <= age <= ages[1]
