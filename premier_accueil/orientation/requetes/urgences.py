"""The urgency sheets, for a page that shows them all."""

from __future__ import annotations

from premier_accueil.orientation.comprendre import Urgence
from premier_accueil.orientation.requetes.lecteur import lecteur


def urgences() -> tuple[Urgence, ...]:
    """Return every urgency sheet of donnees/urgences.yaml: the number first, then the conduct to hold."""
    return lecteur().urgences()
