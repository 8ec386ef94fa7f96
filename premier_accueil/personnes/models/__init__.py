"""Tables of a person's file. Every one belongs to one structure and is walled in."""

from premier_accueil.personnes.models.contact import AdresseProtegee, RegleDeContact
from premier_accueil.personnes.models.entourage import Foyer, MembreDuFoyer, MesureDeProtection
from premier_accueil.personnes.models.fusion import Fusion
from premier_accueil.personnes.models.identite import MotDeNom, Personne
from premier_accueil.personnes.models.visibilite import Blocage, BrisDeGlace, StructureEcartee

__all__ = [
    "AdresseProtegee",
    "Blocage",
    "BrisDeGlace",
    "Foyer",
    "Fusion",
    "MembreDuFoyer",
    "MesureDeProtection",
    "MotDeNom",
    "Personne",
    "RegleDeContact",
    "StructureEcartee",
]
