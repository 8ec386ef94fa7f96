"""Write the directory."""

from premier_accueil.annuaire.actions.demonstration import charger_demonstration, charger_mairies
from premier_accueil.annuaire.actions.importer import importer_data_inclusion, importer_france_services
from premier_accueil.annuaire.imports.bilan import Avertissement, BilanDImport, Refus
from premier_accueil.annuaire.imports.lecture import FichierIllisible

__all__ = [
    "Avertissement",
    "BilanDImport",
    "FichierIllisible",
    "Refus",
    "charger_demonstration",
    "charger_mairies",
    "importer_data_inclusion",
    "importer_france_services",
]
