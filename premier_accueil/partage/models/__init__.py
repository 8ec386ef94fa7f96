"""Tables of sharing: agreements and copies; the end of files and the rights that people exercise."""

from premier_accueil.partage.models.communications import (
    Accord,
    Attestation,
    CodeDAccord,
    Communication,
    ElementCommunique,
    LienDeCommunication,
    LigneDeRegistre,
)
from premier_accueil.partage.models.conservation import DemandeDeDroit, Destruction

__all__ = [
    "Accord",
    "Attestation",
    "CodeDAccord",
    "Communication",
    "DemandeDeDroit",
    "Destruction",
    "ElementCommunique",
    "LienDeCommunication",
    "LigneDeRegistre",
]
