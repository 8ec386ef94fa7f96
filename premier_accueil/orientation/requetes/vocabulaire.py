"""The words of needs: labels and families of the data·inclusion v1 thématiques."""

from __future__ import annotations

from functools import cache

from data_inclusion.schema import v1

from premier_accueil.orientation.requetes.vues import Famille


@cache
def libelles() -> dict[str, str]:
    """Return the French words of each of the thématiques, by code; treat the dict as read-only."""
    return {str(t.value): str(t.label) for t in v1.Thematique}


@cache
def publics() -> dict[str, str]:
    """Return the French words of each public, by code; treat the dict as read-only."""
    return {str(p.value): str(p.label) for p in v1.Public}


@cache
def familles() -> tuple[Famille, ...]:
    """Return the families of needs ("doors") with their thématiques, in the order of the vocabulary."""
    return tuple(
        Famille(
            str(c.value),
            str(c.label),
            tuple((code, mots) for code, mots in libelles().items() if code.startswith(f"{c.value}--")),
        )
        for c in v1.Categorie
    )
