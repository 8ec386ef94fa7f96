"""Rules of the relay: its table of states, its clock, its words. Pure."""

from premier_accueil.relais.regles.etats import (
    AVANT_L_ENVOI,
    ETATS,
    ETATS_DE_RELAIS,
    FINIS,
    GESTES,
    OUVERTS,
    OUVRENT_LE_FIL,
    PARTIES,
    SANS_REPONSE,
    Etat,
    EtatDeRelais,
    Geste,
    GesteImpossible,
    Partie,
    gestes_de,
    verifier,
)
from premier_accueil.relais.regles.horloge import echeance, jours_ouvres_apres, jours_ouvres_entre
from premier_accueil.relais.regles.interpellation import BUT as BUT_D_INTERPELLATION
from premier_accueil.relais.regles.interpellation import dire_la_demarche
from premier_accueil.relais.regles.modes import GENRES_DE_RELAIS, MODES, GenreDeRelais, Mode
from premier_accueil.relais.regles.reglages import ECHECS_AU_PLUS, OUVERT, REPONDU, Issue, Reglages, reglages

__all__ = [
    "AVANT_L_ENVOI",
    "BUT_D_INTERPELLATION",
    "ECHECS_AU_PLUS",
    "ETATS",
    "ETATS_DE_RELAIS",
    "FINIS",
    "GENRES_DE_RELAIS",
    "GESTES",
    "MODES",
    "OUVERT",
    "OUVERTS",
    "OUVRENT_LE_FIL",
    "PARTIES",
    "REPONDU",
    "SANS_REPONSE",
    "Etat",
    "EtatDeRelais",
    "GenreDeRelais",
    "Geste",
    "GesteImpossible",
    "Issue",
    "Mode",
    "Partie",
    "Reglages",
    "dire_la_demarche",
    "echeance",
    "gestes_de",
    "jours_ouvres_apres",
    "jours_ouvres_entre",
    "reglages",
    "verifier",
]
