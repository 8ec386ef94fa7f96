"""Pure rules of the sheets: states, plain language, differences, safe text. No framework, no database."""

from premier_accueil.reperes.regles.clair import Conseil, conseils
from premier_accueil.reperes.regles.difference import Ligne, Morceau, Nature, ajouts_et_retraits, comparer
from premier_accueil.reperes.regles.ecrit import en_blocs, en_html
from premier_accueil.reperes.regles.etats import (
    EN_PREPARATION,
    EN_VIGUEUR,
    ETATS,
    ETATS_DE_FICHE,
    GESTES,
    PARTIES,
    EtatDeFiche,
    Geste,
    GesteImpossible,
    Partie,
    gestes_de,
    verifier,
)
from premier_accueil.reperes.regles.numeros import NumeroUtile, numeros_de, numeros_utiles
from premier_accueil.reperes.regles.reglages import Reglages, est_a_revoir, prochaine_revue, reglages

__all__ = [
    "EN_PREPARATION",
    "EN_VIGUEUR",
    "ETATS",
    "ETATS_DE_FICHE",
    "GESTES",
    "PARTIES",
    "Conseil",
    "EtatDeFiche",
    "Geste",
    "GesteImpossible",
    "Ligne",
    "Morceau",
    "Nature",
    "NumeroUtile",
    "Partie",
    "Reglages",
    "ajouts_et_retraits",
    "comparer",
    "conseils",
    "en_blocs",
    "en_html",
    "est_a_revoir",
    "gestes_de",
    "numeros_de",
    "numeros_utiles",
    "prochaine_revue",
    "reglages",
    "verifier",
]
