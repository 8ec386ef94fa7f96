"""Read files of open directories into entries ready to be written. No database here."""

from premier_accueil.annuaire.imports.bilan import Avertissement, BilanDImport, Refus
from premier_accueil.annuaire.imports.lecture import FichierIllisible

__all__ = ["Avertissement", "BilanDImport", "FichierIllisible", "Refus"]
