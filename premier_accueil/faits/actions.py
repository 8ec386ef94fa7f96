"""Write facts, in the transaction of the act."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from premier_accueil.faits.models import Fait
from premier_accueil.faits.regles import FaitDit, dire
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.lots import inserer


def noter_faits(
    faits: Iterable[tuple[str, Mapping[str, str]]],
    *,
    structure_id: int,
    departement: str,
    a: datetime,
    commune: str = "",
    population: int | None = None,
    annule: bool = False,
) -> None:
    """Add what one act makes known; one insertion.

    Args:
        faits: kinds of ``donnees/faits.yaml`` with their attributes, which are codes.
        structure_id: where it happened.
        departement: of the structure.
        a: when; only the day is kept.
        commune: INSEE code of the person's commune, empty when not told.
        population: its inhabitants; a small commune is kept silent.
        annule: undo the same facts written before.

    Raises:
        ValueError: see ``regles.dire``.
    """
    dits = [
        dire(genre, jour=jour_local(a), commune=commune, population=population, attributs=attributs)
        for genre, attributs in faits
    ]
    Fait.objects.bulk_create(
        Fait(
            genre=dit.genre, structure_id=structure_id, departement=departement, jour=dit.jour, commune=dit.commune,
            attributs=dict(dit.attributs), nombre=-1 if annule else 1,
        )
        for dit in dits
    )  # fmt: skip


def verser_faits(dits: Iterable[FaitDit], *, structure_id: int, departement: str) -> None:
    """Add the facts of many made-up acts at once (``regles.dire`` already kept silent what it must)."""
    lignes = list(dits)
    inserer(
        Fait,
        {
            "genre": [dit.genre for dit in lignes], "jour": [dit.jour for dit in lignes],
            "commune": [dit.commune for dit in lignes],
            "attributs": [json.dumps(dict(dit.attributs)) for dit in lignes],
        },
        structure_id=structure_id, departement=departement,
    )  # fmt: skip
