"""Reads of the territory."""

from premier_accueil.territoire.requetes.contours import contours
from premier_accueil.territoire.requetes.fiches import FicheCommune, commune_par_code, communes_de
from premier_accueil.territoire.requetes.recherche import CommuneTrouvee, chercher_communes, communes_nommees

__all__ = [
    "CommuneTrouvee",
    "FicheCommune",
    "chercher_communes",
    "commune_par_code",
    "communes_de",
    "communes_nommees",
    "contours",
]
