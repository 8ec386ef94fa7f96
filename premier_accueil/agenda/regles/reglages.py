"""The numbers of ``donnees/agenda.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from premier_accueil.socle import dossiers
from premier_accueil.socle.fichiers import lire_yaml


@dataclass(frozen=True)
class Reglages:
    """How long a slot is held, how far one looks, when reminders leave (local hours)."""

    tenue: timedelta
    horizon: timedelta
    rappel_jours_avant: int
    rappel_de: int
    rappel_a: int


@cache
def reglages() -> Reglages:
    """Return what ``donnees/agenda.yaml`` says."""
    brut: Any = lire_yaml(dossiers.donnees() / "agenda.yaml")
    rappels = brut["rappels"]
    return Reglages(
        timedelta(minutes=int(brut["tenue"]["minutes"])), timedelta(days=int(brut["horizon"]["jours"])),
        int(rappels["jours_avant"]), int(rappels["de"]), int(rappels["a"]),
    )  # fmt: skip
