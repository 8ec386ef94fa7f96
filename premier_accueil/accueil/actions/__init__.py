"""Everything that changes at a counter; each action is one transaction with its trace."""

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
    AnnulationImpossible,
    Demande,
    DemandeRefusee,
    Recu,
    accueillir,
    annuler,
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
    "RattachementImpossible",
    "Recu",
    "ReglageRefuse",
    "accueillir",
    "annuler",
    "appeler_suivant",
    "changer_d_etape",
    "clore_la_journee",
    "detacher",
    "donner_ticket",
    "editer_feuille",
    "faire",
    "fermer_la_file",
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
