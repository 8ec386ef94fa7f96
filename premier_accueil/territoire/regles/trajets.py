"""How long a journey may take, when no router is there to tell. Always an estimate, and it says so."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

import yaml

from premier_accueil.socle import dossiers


class Mode(StrEnum):
    """How a person travels."""

    VOITURE = "voiture"
    PIED = "pied"
    VELO = "velo"
    TRANSPORT = "transport"


@dataclass(frozen=True)
class Trajet:
    """An estimated journey.

    Attributes:
        minutes: door to door, rounded up, at least 1.
        km: length along the road.
        mode: how.
        estimation: ``True`` as long as no router computed it.
        hypothese: French sentence that says what it rests on, for the screen.
    """

    minutes: int
    km: float
    mode: Mode
    estimation: bool
    hypothese: str


def trajet(distance_km: float, mode: str) -> Trajet | None:
    """Estimate a journey from the crow-fly distance; the numbers and their reasons stand in ``trajets.yaml``.

    Args:
        distance_km: crow-fly distance, kilometres, finite and not negative.
        mode: a ``Mode`` or its word.

    Returns:
        ``None`` beyond the reach of the mode: too far on foot, or no known timetable.

    Raises:
        ValueError: unknown mode, or a distance that is not one.
    """
    moyen = Mode(mode)
    if not (math.isfinite(distance_km) and distance_km >= 0):
        raise ValueError(f"not a distance: {distance_km}")
    h = _hypotheses()[moyen]
    if distance_km > h["max_km"]:
        return None
    parcours = distance_km * float(h["detour"])
    minutes, faits = float(h["fixe_min"]), 0.0
    for bande in h["bandes"]:
        troncon = max(0.0, min(parcours, bande.get("jusqu_a_km", math.inf)) - faits)
        minutes += 60 * troncon / bande["vitesse_kmh"]
        faits += troncon
    # Rounded first: 12.000000001 min is 12, not 13.
    return Trajet(max(1, math.ceil(round(minutes, 6))), round(parcours, 1), moyen, True, h["hypothese"])


@cache
def _hypotheses() -> dict[str, dict[str, Any]]:
    texte = (dossiers.donnees() / "trajets.yaml").read_text(encoding="utf-8")
    modes: dict[str, dict[str, Any]] = yaml.safe_load(texte)["modes"]
    return modes
