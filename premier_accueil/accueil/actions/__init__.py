"""Everything that changes at a counter; each action is one transaction with its trace."""

from premier_accueil.accueil.actions.attente import (
    appeler_suivant,
    donner_ticket,
    faire,
    renouveler_ecran,
)
from premier_accueil.accueil.actions.feuille import editer_feuille, ouvrir_feuille
from premier_accueil.accueil.actions.passage import (
    AnnulationImpossible,
    Demande,
    DemandeRefusee,
    Recu,
    accueillir,
    annuler,
    passer_au_travailleur_social,
    repondre,
)

__all__ = [
    "AnnulationImpossible",
    "Demande",
    "DemandeRefusee",
    "Recu",
    "accueillir",
    "annuler",
    "appeler_suivant",
    "donner_ticket",
    "editer_feuille",
    "faire",
    "ouvrir_feuille",
    "passer_au_travailleur_social",
    "renouveler_ecran",
    "repondre",
]
