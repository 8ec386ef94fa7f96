"""Families of needs, in the order and with the words of the data·inclusion v1 vocabulary."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from data_inclusion.schema import v1

AUTRES = "Autres aides"


@cache
def familles() -> dict[str, str]:
    """Return the words of each family, by code, in order; treat the dict as read-only."""
    return {str(c.value): str(c.label) for c in v1.Categorie}


@cache
def mots() -> dict[str, str]:
    """Return the words of each thématique, by code; treat the dict as read-only."""
    return {str(t.value): str(t.label) for t in v1.Thematique}


def familles_de(thematiques: Iterable[str]) -> tuple[str, ...]:
    """Return the words of the families of some thématiques, each once; "Autres aides" when none is known.

    >>> familles_de(["mobilite--financer-ma-mobilite", "mobilite--acceder-a-un-vehicule", "inconnue"])
    ('Mobilité',)
    """
    codes = dict.fromkeys(t.split("--", maxsplit=1)[0] for t in thematiques)
    return tuple(familles()[c] for c in codes if c in familles()) or (AUTRES,)


def famille_de(thematiques: Iterable[str]) -> str:
    """Return the words of the first family of some thématiques."""
    return familles_de(thematiques)[0]
