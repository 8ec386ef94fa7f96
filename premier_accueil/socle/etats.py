"""States as tables: which gesture leads from where to where, and the French words of its button.

A domain declares its table beside its states; its pages list the buttons from it, its actions check it, its guide
prints it. What else a gesture demands (a reason, a second person) stays in the domain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True)
class Transition(Generic[E]):
    """What one gesture does: from which states, to which."""

    libelle: str
    vers: E
    depuis: frozenset[E]


def transition(libelle: str, vers: E, *depuis: E) -> Transition[E]:
    """Return a line of a table of states.

    Args:
        libelle: words of the button, in French.
        vers: state reached.
        depuis: states from which the gesture is possible.
    """
    return Transition(libelle, vers, frozenset(depuis))


def possibles(gestes: Mapping[str, Transition[E]], etat: E) -> list[tuple[str, str]]:
    """Return the gestures possible from a state, in the order of the table: name and words of the button."""
    return [(nom, geste.libelle) for nom, geste in gestes.items() if etat in geste.depuis]
