"""Words of the directory."""

from __future__ import annotations

from enum import Enum


class Forme(Enum):
    """How a permanence is held."""

    FIXE = "FIXE"
    ITINERANTE = "ITINERANTE"
    MOBILE = "MOBILE"
    A_DOMICILE = "A_DOMICILE"
    TELEPHONE = "TELEPHONE"

    @property
    def libelle(self) -> str:
        """Return the French words shown on screens."""
        return {
            "FIXE": "sur place",
            "ITINERANTE": "permanence itinérante",
            "MOBILE": "bus ou point mobile",
            "A_DOMICILE": "à domicile",
            "TELEPHONE": "par téléphone",
        }[self.value]


class Diffusion(Enum):
    """Who may see a named contact."""

    RESEAU = "RESEAU"
    PERSONNE_RECUE = "PERSONNE_RECUE"
    PUBLIC = "PUBLIC"

    @property
    def libelle(self) -> str:
        """Return the French words shown on screens."""
        return {
            "RESEAU": "réseau seulement",
            "PERSONNE_RECUE": "personne reçue",
            "PUBLIC": "public",
        }[self.value]
