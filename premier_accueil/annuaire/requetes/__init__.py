"""Read the directory for screens and print."""

from premier_accueil.annuaire.requetes.edition import edition
from premier_accueil.annuaire.requetes.fiches import fiche_service, sites_de
from premier_accueil.annuaire.requetes.public import LieuOuvert, chercher_public
from premier_accueil.annuaire.requetes.vues import ContactVu, FicheService, LieuVu, PermanenceVue, StructureVue

__all__ = [
    "ContactVu",
    "FicheService",
    "LieuOuvert",
    "LieuVu",
    "PermanenceVue",
    "StructureVue",
    "chercher_public",
    "edition",
    "fiche_service",
    "sites_de",
]
