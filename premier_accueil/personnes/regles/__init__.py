"""What is true of a person's file without a database."""

from premier_accueil.personnes.regles.naissance import A_PEU_PRES, Naissance
from premier_accueil.personnes.regles.nir import REFUS_DU_NIR, sans_nir
from premier_accueil.personnes.regles.noms import Recherche, cle_de_nom, lire_recherche, mots, mots_de_nom, nom_affiche
from premier_accueil.personnes.regles.phonetique import phonetique
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
    "A_PEU_PRES",
    "ETATS_DE_FUSION",
    "GESTES",
    "LONGUEUR_DE_LA_RAISON",
    "MESURES",
    "RAISONS_DE_FUSION",
    "REFUS_DU_NIR",
    "EtatDeFusion",
    "GenreDeMesure",
    "GenreDeMot",
    "Naissance",
    "Recherche",
    "apres",
    "cle_de_nom",
    "lire_recherche",
    "mots",
    "mots_de_nom",
    "nom_affiche",
    "phonetique",
    "sans_nir",
]
