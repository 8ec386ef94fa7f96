"""Understand the words of a person: urgency first, then needs. Pure: no framework, no database, no network."""

from __future__ import annotations

from premier_accueil.orientation.comprendre.lecteur import Lecteur, charger
from premier_accueil.orientation.comprendre.valeurs import (
    Comprehension,
    Niveau,
    Numero,
    ScoreThematique,
    Terme,
    Urgence,
)

__all__ = ["Comprehension", "Lecteur", "Niveau", "Numero", "ScoreThematique", "Terme", "Urgence", "charger"]
