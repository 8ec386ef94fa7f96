"""The urgency sheets, for a page that shows them all."""

from __future__ import annotations

from premier_accueil.orientation.comprendre import Urgence, charger


def urgences() -> tuple[Urgence, ...]:
    """Return every urgency sheet of donnees/urgences.yaml: the number first, then the conduct to hold."""
    return charger().urgences()
