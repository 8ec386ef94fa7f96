"""What a structure says of a whole service: it has closed for good, or it has moved."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

FERME_LE, DEMENAGEMENT = "ferme_le", "demenagement"
CHAMPS_DITS = frozenset({FERME_LE, DEMENAGEMENT})
"""Fields of a proposed correction that put the whole service in doubt until somebody decides."""
ADRESSE = ("adresse", "complement", "code_postal", "commune_id", "latitude", "longitude")


class Sort(StrEnum):
    """What became of a service."""

    FERME = "FERME"
    DEMENAGE = "DEMENAGE"

    @property
    def libelle(self) -> str:
        """Return the French words shown on screens."""
        return {"FERME": "Il a fermé définitivement", "DEMENAGE": "Il a déménagé"}[self.value]


def libelle_de(champ: str) -> str:
    """Return the French name of what was declared."""
    return {FERME_LE: "Fermé définitivement", DEMENAGEMENT: "Déménagé"}.get(champ, champ)


def dire_l_adresse(dite: object) -> str:
    """Return the address of a declaration in one line.

    >>> dire_l_adresse({"adresse": "3 quai de Loire", "code_postal": "44150", "commune": "Ancenis"})
    '3 quai de Loire, 44150 Ancenis'
    """
    if not isinstance(dite, Mapping):
        return ""
    ville = " ".join(str(dite[c]) for c in ("code_postal", "commune") if dite.get(c))
    return ", ".join(str(x) for x in (dite.get("adresse"), dite.get("complement"), ville) if x)
