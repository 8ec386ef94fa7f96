"""Words of the history of an entry."""

from __future__ import annotations

from enum import Enum

FICHE = "fiche"
"""What a revision names when the whole row came (nothing before) or went (nothing after), not one of its fields."""


class Objet(Enum):
    """What a revision speaks of."""

    STRUCTURE = "STRUCTURE"
    SITE = "SITE"
    SERVICE = "SERVICE"
    PERMANENCE = "PERMANENCE"
    INTERLOCUTEUR = "INTERLOCUTEUR"
    FERMETURE = "FERMETURE"

    @property
    def libelle(self) -> str:
        """Return the French words shown on screens."""
        return {
            "STRUCTURE": "structure",
            "SITE": "lieu",
            "SERVICE": "service",
            "PERMANENCE": "permanence",
            "INTERLOCUTEUR": "contact",
            "FERMETURE": "fermeture",
        }[self.value]


class Origine(Enum):
    """Where a change comes from."""

    HUMAIN = "HUMAIN"
    IMPORT = "IMPORT"
    LIEN = "LIEN"
    FUSION = "FUSION"
    ANNULATION = "ANNULATION"

    @property
    def libelle(self) -> str:
        """Return the French words shown on screens."""
        return {
            "HUMAIN": "corrigé ici",
            "IMPORT": "import",
            "LIEN": "corrigé par la structure, par lien",
            "FUSION": "fusion de deux fiches",
            "ANNULATION": "retour en arrière",
        }[self.value]


A_LA_MAIN = frozenset({Origine.HUMAIN, Origine.LIEN})
"""Origins that an import never overwrites."""


class Moyen(Enum):
    """How somebody said that an entry is true."""

    ICI = "ICI"
    LIEN = "LIEN"
    TELEPHONE = "TELEPHONE"

    @property
    def libelle(self) -> str:
        """Return the French words shown on screens."""
        return {"ICI": "sur sa fiche", "LIEN": "par lien", "TELEPHONE": "au téléphone"}[self.value]
