"""Who is who, and who may do what: words and tables, no database."""

from premier_accueil.acteurs.regles.fonctions import (
    DROITS,
    FINISSENT,
    LIBELLES_DE_FONCTION,
    RECOIVENT,
    Droit,
    Fonction,
    fonctions_qui,
    peut,
)
from premier_accueil.acteurs.regles.genres import Genre, GenreDeStructure, cercles, genres
from premier_accueil.acteurs.regles.secret import (
    Profession,
    StatutDeSecret,
    TexteDeSecret,
    refus,
    textes_de_secret,
)

__all__ = [
    "DROITS",
    "FINISSENT",
    "LIBELLES_DE_FONCTION",
    "RECOIVENT",
    "Droit",
    "Fonction",
    "Genre",
    "GenreDeStructure",
    "Profession",
    "StatutDeSecret",
    "TexteDeSecret",
    "cercles",
    "fonctions_qui",
    "genres",
    "peut",
    "refus",
    "textes_de_secret",
]
