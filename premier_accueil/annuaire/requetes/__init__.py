"""Read the directory for screens and print."""

from premier_accueil.annuaire.requetes.edition import edition
from premier_accueil.annuaire.requetes.fermetures import Ici, jours_fermes
from premier_accueil.annuaire.requetes.fiches import fiche_service, sites_de
from premier_accueil.annuaire.requetes.historique import champs_humains
from premier_accueil.annuaire.requetes.portes import porte
from premier_accueil.annuaire.requetes.public import LieuOuvert, chercher_public
from premier_accueil.annuaire.requetes.relais import (
    Competente,
    TempsDeReponseVu,
    structures_competentes,
    temps_de_reponse_de,
)
from premier_accueil.annuaire.requetes.tenue import structure_de, tient
from premier_accueil.annuaire.requetes.valeurs import valeurs_de, version_de
from premier_accueil.annuaire.requetes.vues import ContactVu, FicheService, LieuVu, PermanenceVue, StructureVue

__all__ = [
    "Competente",
    "ContactVu",
    "FicheService",
    "Ici",
    "LieuOuvert",
    "LieuVu",
    "PermanenceVue",
    "StructureVue",
    "TempsDeReponseVu",
    "champs_humains",
    "chercher_public",
    "edition",
    "fiche_service",
    "jours_fermes",
    "porte",
    "sites_de",
    "structure_de",
    "structures_competentes",
    "temps_de_reponse_de",
    "tient",
    "valeurs_de",
    "version_de",
]
