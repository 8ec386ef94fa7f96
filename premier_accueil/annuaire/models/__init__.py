"""Tables of the directory."""

from premier_accueil.annuaire.models.fiches import (
    Edition,
    Fermeture,
    Interlocuteur,
    Permanence,
    Secteur,
    Service,
    Site,
    TempsDeReponse,
)
from premier_accueil.annuaire.models.historique import Confirmation, Revision

__all__ = [
    "Confirmation",
    "Edition",
    "Fermeture",
    "Interlocuteur",
    "Permanence",
    "Revision",
    "Secteur",
    "Service",
    "Site",
    "TempsDeReponse",
]
