"""Write a fact, in the transaction of the act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from premier_accueil.faits.models import Fait
from premier_accueil.faits.regles import dire
from premier_accueil.socle.horloge import jour_local


def noter_fait(
    genre: str,
    *,
    structure_id: int,
    departement: str,
    a: datetime,
    commune: str = "",
    population: int | None = None,
    attributs: Mapping[str, str] | None = None,
    annule: bool = False,
) -> None:
    """Add one fact.

    Args:
        genre: a kind of ``donnees/faits.yaml``; its attributes are codes.
        structure_id: where it happened.
        departement: of the structure.
        a: when; only the day is kept.
        commune: INSEE code of the person's commune, empty when not told.
        population: its inhabitants; a small commune is kept silent.
        annule: undo the same fact written before.

    Raises:
        ValueError: see ``regles.dire``.
    """
    dit = dire(genre, jour=jour_local(a), commune=commune, population=population, attributs=attributs or {})
    Fait.objects.create(
        genre=dit.genre, structure_id=structure_id, departement=departement, jour=dit.jour, commune=dit.commune,
        attributs=dict(dit.attributs), nombre=-1 if annule else 1,
    )  # fmt: skip
