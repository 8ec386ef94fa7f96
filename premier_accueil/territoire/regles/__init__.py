"""Rules of the territory: geometry, opening hours of mairies, travel estimates, reading of a typed place. Pure."""

from premier_accueil.territoire.regles.demande import LieuCherche, comprendre
from premier_accueil.territoire.regles.geometrie import (
    GeometrieIllisible,
    dans_contour,
    distance_km,
    point_de,
    point_interieur,
)
from premier_accueil.territoire.regles.horaires import horaires_osm
from premier_accueil.territoire.regles.mairie import fiche_de_mairie, nom_complet
from premier_accueil.territoire.regles.trajets import Mode, Trajet, trajet

__all__ = [
    "GeometrieIllisible",
    "LieuCherche",
    "Mode",
    "Trajet",
    "comprendre",
    "dans_contour",
    "distance_km",
    "fiche_de_mairie",
    "horaires_osm",
    "nom_complet",
    "point_de",
    "point_interieur",
    "trajet",
]
