"""Tables of the directory."""

from premier_accueil.annuaire.models.campagnes import Campagne, Correction, LienDeFiche
from premier_accueil.annuaire.models.doublons import FusionDeFiches, FusionDeParties, PaireDeDoublons, PaireDeParties
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
from premier_accueil.annuaire.models.guides import GuideImprime
from premier_accueil.annuaire.models.historique import Confirmation, Revision
from premier_accueil.annuaire.models.imports import AliasDeSource, BlocDImport, ImportDAnnuaire, SourceDAnnuaire
from premier_accueil.annuaire.models.initiatives import ActionCollective, Initiative
from premier_accueil.annuaire.models.recherche import Facon, MotDeLAnnuaire
from premier_accueil.annuaire.models.reseau import ReferentDeTerritoire, ReferentThematique, TeteDeReseau

__all__ = [
    "ActionCollective",
    "AliasDeSource",
    "BlocDImport",
    "Campagne",
    "Confirmation",
    "Correction",
    "Edition",
    "Facon",
    "Fermeture",
    "FusionDeFiches",
    "FusionDeParties",
    "GuideImprime",
    "ImportDAnnuaire",
    "Initiative",
    "Interlocuteur",
    "LienDeFiche",
    "MotDeLAnnuaire",
    "PaireDeDoublons",
    "PaireDeParties",
    "Permanence",
    "ReferentDeTerritoire",
    "ReferentThematique",
    "Revision",
    "Secteur",
    "Service",
    "Site",
    "SourceDAnnuaire",
    "TempsDeReponse",
    "TeteDeReseau",
]
