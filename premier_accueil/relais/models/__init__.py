"""Tables of the relay. The sender owns a relay; its recipient moves it; a coordinator sees neither names nor words."""

from premier_accueil.relais.models.abonnement import Abonnement
from premier_accueil.relais.models.echanges import LienDeRelais, MessageDeRelais
from premier_accueil.relais.models.relais import AVANT, FONCTIONS, BrouillonDeRelais, PasDeRelais, Relais

__all__ = [
    "AVANT",
    "FONCTIONS",
    "Abonnement",
    "BrouillonDeRelais",
    "LienDeRelais",
    "MessageDeRelais",
    "PasDeRelais",
    "Relais",
]
