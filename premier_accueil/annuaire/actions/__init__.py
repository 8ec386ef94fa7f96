"""Write the directory."""

from premier_accueil.annuaire.actions.demonstration import charger_demonstration, charger_mairies
from premier_accueil.annuaire.actions.importer import importer_data_inclusion, importer_france_services
from premier_accueil.annuaire.actions.modifier import FicheAChange, FicheRefusee, annuler, modifier
from premier_accueil.annuaire.actions.relais import declarer_un_secteur, noter_les_temps_de_reponse
from premier_accueil.annuaire.imports.bilan import Avertissement, BilanDImport, Refus
from premier_accueil.annuaire.imports.lecture import FichierIllisible

__all__ = [
    "Avertissement",
    "BilanDImport",
    "FicheAChange",
    "FicheRefusee",
    "FichierIllisible",
    "Refus",
    "annuler",
    "charger_demonstration",
    "charger_mairies",
    "declarer_un_secteur",
    "importer_data_inclusion",
    "importer_france_services",
    "modifier",
    "noter_les_temps_de_reponse",
]
