"""What is true of a person's file without a database."""

from premier_accueil.personnes.regles.vocabulaire import (
    ETATS_DE_FUSION,
    GESTES,
    LONGUEUR_DE_LA_RAISON,
    MESURES,
    RAISONS_DE_FUSION,
    EtatDeFusion,
    GenreDeMesure,
    GenreDeMot,
    apres,
)

__all__ = [
    "ETATS_DE_FUSION",
    "GESTES",
    "LONGUEUR_DE_LA_RAISON",
    "MESURES",
    "RAISONS_DE_FUSION",
    "EtatDeFusion",
    "GenreDeMesure",
    "GenreDeMot",
    "apres",
]
