"""Write the directory."""

from premier_accueil.annuaire.actions.annuler import annuler
from premier_accueil.annuaire.actions.demonstration import charger_demonstration, charger_mairies
from premier_accueil.annuaire.actions.doublons import PaireInconnue, ecarter, paire_tenue, proposer_des_doublons
from premier_accueil.annuaire.actions.doublons_de_parties import ecarter_des_parties, proposer_des_parties
from premier_accueil.annuaire.actions.fusion import FusionInconnue, FusionRefusee, fusionner, separer
from premier_accueil.annuaire.actions.fusion_de_parties import fusionner_des_parties, separer_des_parties
from premier_accueil.annuaire.actions.importer import (
    importer_data_inclusion,
    importer_dila,
    importer_france_services,
    importer_mediation_numerique,
)
from premier_accueil.annuaire.actions.modifier import FicheAChange, FicheRefusee, modifier
from premier_accueil.annuaire.actions.relais import declarer_un_secteur, noter_les_temps_de_reponse
from premier_accueil.annuaire.imports.bilan import Avertissement, BilanDImport, Refus
from premier_accueil.annuaire.imports.lecture import FichierIllisible

__all__ = [
    "Avertissement",
    "BilanDImport",
    "FicheAChange",
    "FicheRefusee",
    "FichierIllisible",
    "FusionInconnue",
    "FusionRefusee",
    "PaireInconnue",
    "Refus",
    "annuler",
    "charger_demonstration",
    "charger_mairies",
    "declarer_un_secteur",
    "ecarter",
    "ecarter_des_parties",
    "fusionner",
    "fusionner_des_parties",
    "importer_data_inclusion",
    "importer_dila",
    "importer_france_services",
    "importer_mediation_numerique",
    "modifier",
    "noter_les_temps_de_reponse",
    "paire_tenue",
    "proposer_des_doublons",
    "proposer_des_parties",
    "separer",
    "separer_des_parties",
]
