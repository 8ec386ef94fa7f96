"""What measured waits allow one to say to somebody who waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from statistics import quantiles

PAS = 5  # minutes: nobody believes "23 to 37"


@dataclass(frozen=True)
class Fourchette:
    """An honest estimate, in minutes, and how many measured waits it rests on."""

    bas: int
    haut: int
    mesures: int

    def __str__(self) -> str:
        return f"environ {self.bas} à {self.haut} min, d'après les {self.mesures} derniers"


def fourchette(minutes: Sequence[float], *, minimum: int, deja: float = 0) -> Fourchette | None:
    """Return between what and what half of the last waits lasted, rounded outwards to five minutes.

    Args:
        minutes: the last measured waits, in minutes.
        minimum: below this many (at least 2), nothing is known.
        deja: minutes that the first in line has waited: an estimate never promises less than what is already lived.

    Returns:
        ``None`` when too few were measured.
    """
    if len(minutes) < max(2, minimum):
        return None
    bas, _, haut = quantiles(minutes, n=4, method="inclusive")
    arrondi = floor(bas / PAS) * PAS
    return Fourchette(arrondi, max(ceil(max(haut, deja) / PAS) * PAS, arrondi + PAS), len(minutes))
