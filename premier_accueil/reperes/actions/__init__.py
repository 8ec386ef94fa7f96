"""Write the sheets: drafts, decisions, publication, readings, guides. One transaction each, with its trace."""

from premier_accueil.reperes.actions.commun import Ecrit, SaisieRefusee
from premier_accueil.reperes.actions.ecriture import EcritEntreTemps, creer_une_fiche, ecrire, preparer_la_suivante
from premier_accueil.reperes.actions.exemples import Exemple, exemple, exemples
from premier_accueil.reperes.actions.gestes import Dit, agir, confirmer_la_lecture, montrer_au_public, veiller
from premier_accueil.reperes.actions.guides import GuideDit, changer_un_guide, creer_un_guide

__all__ = [
    "Dit",
    "Ecrit",
    "EcritEntreTemps",
    "Exemple",
    "GuideDit",
    "SaisieRefusee",
    "agir",
    "changer_un_guide",
    "confirmer_la_lecture",
    "creer_un_guide",
    "creer_une_fiche",
    "ecrire",
    "exemple",
    "exemples",
    "montrer_au_public",
    "preparer_la_suivante",
    "veiller",
]
