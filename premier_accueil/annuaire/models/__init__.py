"""Tables of the directory."""

from premier_accueil.annuaire.models.campagnes import Campagne, Correction, LienDeFiche
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
from premier_accueil.annuaire.models.initiatives import ActionCollective, Initiative
from premier_accueil.annuaire.models.recherche import MotDeLAnnuaire, TexteDeService
from premier_accueil.annuaire.models.reseau import ReferentDeTerritoire, ReferentThematique, TeteDeReseau

__all__ = [
    "ActionCollective",
    "Campagne",
    "Confirmation",
    "Correction",
    "Edition",
    "Fermeture",
    "Initiative",
    "Interlocuteur",
    "LienDeFiche",
    "MotDeLAnnuaire",
    "Permanence",
    "ReferentDeTerritoire",
    "ReferentThematique",
    "Revision",
    "Secteur",
    "Service",
    "Site",
    "TempsDeReponse",
    "TeteDeReseau",
    "TexteDeService",
]
