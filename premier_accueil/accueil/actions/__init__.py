"""Everything that changes at a counter; each action is one transaction with its trace."""

from premier_accueil.accueil.actions.annulation import AnnulationImpossible, annuler
from premier_accueil.accueil.actions.arrivee import Place, arriver, ne_pas_venir
from premier_accueil.accueil.actions.attente import (
    FileFermee,
    appeler_suivant,
    donner_ticket,
    faire,
    prioriser,
    renouveler_ecran,
)
from premier_accueil.accueil.actions.attente_suite import (
    changer_d_etape,
    clore_la_journee,
    fermer_la_file,
    passer_a_un_organisme,
    rouvrir_la_file,
)
from premier_accueil.accueil.actions.feuille import editer_feuille, ouvrir_feuille, retrouver_par_la_feuille
from premier_accueil.accueil.actions.passage import (
    Demande,
    DemandeRefusee,
    Recu,
    accueillir,
    passer_au_travailleur_social,
    repondre,
)
from premier_accueil.accueil.actions.passage_personne import RattachementImpossible, detacher, rattacher
from premier_accueil.accueil.actions.reglage import ReglageRefuse, regler_l_accueil

__all__ = [
    "AnnulationImpossible",
    "Demande",
    "DemandeRefusee",
    "FileFermee",
    "Place",
    "RattachementImpossible",
    "Recu",
    "ReglageRefuse",
    "accueillir",
    "annuler",
    "appeler_suivant",
    "arriver",
    "changer_d_etape",
    "clore_la_journee",
    "detacher",
    "donner_ticket",
    "editer_feuille",
    "faire",
    "fermer_la_file",
    "ne_pas_venir",
    "ouvrir_feuille",
    "passer_a_un_organisme",
    "passer_au_travailleur_social",
    "prioriser",
    "rattacher",
    "regler_l_accueil",
    "renouveler_ecran",
    "repondre",
    "retrouver_par_la_feuille",
    "rouvrir_la_file",
]
