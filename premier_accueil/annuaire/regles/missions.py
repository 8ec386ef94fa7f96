"""The four missions of a territory referent, as S3 writes them."""

from __future__ import annotations

from enum import Enum


class MissionDeTerritoire(Enum):
    """What a territory referent does (S3, Angers: four referents, four districts)."""

    REPRESENTER = "REPRESENTER"
    ETRE_INTERLOCUTEUR = "ETRE_INTERLOCUTEUR"
    DIFFUSER = "DIFFUSER"
    FAIRE_REMONTER = "FAIRE_REMONTER"

    @property
    def libelle(self) -> str:
        """Return the French words shown on screens."""
        return {
            "REPRESENTER": "représenter l'action de façon cohérente sur le territoire",
            "ETRE_INTERLOCUTEUR": "être l'interlocuteur des acteurs du territoire",
            "DIFFUSER": "rassembler et diffuser l'information du territoire",
            "FAIRE_REMONTER": "faire remonter les besoins du territoire",
        }[self.value]
