"""What changes in an interview and after it; each action is one transaction with its trace."""

from premier_accueil.entretien.actions.besoins import (
    ajouter_un_besoin,
    noter_sans_reponse,
    repondre_au_besoin,
    rouvrir_le_besoin,
)
from premier_accueil.entretien.actions.commun import GesteRefuse, SaisieRefusee
from premier_accueil.entretien.actions.curseur import (
    Reconnaissable,
    demander_conseil,
    ecrire_une_vignette,
    repondre_au_conseil,
)
from premier_accueil.entretien.actions.ecriture import EntretienModifie, clore, enregistrer, rouvrir
from premier_accueil.entretien.actions.ouverture import (
    commencer_le_point,
    ouvrir,
    rattacher_la_personne,
    recevoir,
    recevoir_le_ticket,
)
from premier_accueil.entretien.actions.points import faire_un_geste, prevoir, reprevoir
from premier_accueil.entretien.actions.promesses import promettre, tenir_promesse
from premier_accueil.entretien.actions.rendez_vous import lacher_le_rendez_vous, suivre_le_rendez_vous
from premier_accueil.entretien.actions.suivi import (
    decider,
    finir_l_accompagnement,
    nommer_referent,
    noter_une_absence,
    passer_la_suite,
)

__all__ = [
    "EntretienModifie",
    "GesteRefuse",
    "Reconnaissable",
    "SaisieRefusee",
    "ajouter_un_besoin",
    "clore",
    "commencer_le_point",
    "decider",
    "demander_conseil",
    "ecrire_une_vignette",
    "enregistrer",
    "faire_un_geste",
    "finir_l_accompagnement",
    "lacher_le_rendez_vous",
    "nommer_referent",
    "noter_sans_reponse",
    "noter_une_absence",
    "ouvrir",
    "passer_la_suite",
    "prevoir",
    "promettre",
    "rattacher_la_personne",
    "recevoir",
    "recevoir_le_ticket",
    "repondre_au_besoin",
    "repondre_au_conseil",
    "reprevoir",
    "rouvrir",
    "rouvrir_le_besoin",
    "suivre_le_rendez_vous",
    "tenir_promesse",
]
