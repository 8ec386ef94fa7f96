"""Reads of persons: frozen values, never a protected address."""

from premier_accueil.personnes.requetes.dossier import cles_de, dossier, entete, identite_projetable
from premier_accueil.personnes.requetes.equipe import (
    Signalement,
    a_prevenir,
    collegues,
    signalements,
    signalements_a_lire,
)
from premier_accueil.personnes.requetes.fusion import Rapprochement, rapprochements
from premier_accueil.personnes.requetes.recherche import LigneDePersonne, Resultats, chercher
from premier_accueil.personnes.requetes.vues import (
    Blocage,
    Contact,
    DossierVu,
    Ecartee,
    Entete,
    Identite,
    IdentiteProjetable,
    Membre,
    Mesure,
)

__all__ = [
    "Blocage",
    "Contact",
    "DossierVu",
    "Ecartee",
    "Entete",
    "Identite",
    "IdentiteProjetable",
    "LigneDePersonne",
    "Membre",
    "Mesure",
    "Rapprochement",
    "Resultats",
    "Signalement",
    "a_prevenir",
    "chercher",
    "cles_de",
    "collegues",
    "dossier",
    "entete",
    "identite_projetable",
    "rapprochements",
    "signalements",
    "signalements_a_lire",
]
