"""Writes of the relay: propose, answer, talk, watch over; each with its traces in one transaction."""

from premier_accueil.relais.actions.abonnements import avertir, s_abonner, se_desabonner
from premier_accueil.relais.actions.commun import SaisieRefusee
from premier_accueil.relais.actions.envoi import (
    BrouillonChange,
    DemandeDeRelais,
    Propose,
    RendezVousVoulu,
    garder_le_brouillon,
    proposer,
)
from premier_accueil.relais.actions.fil import ELEMENTS, ecrire, ecrire_par_le_lien, lire_le_fil
from premier_accueil.relais.actions.gestes import (
    PAR_L_ECRAN,
    PAR_LE_LIEN,
    Dit,
    Signature,
    agir,
    agir_par_le_lien,
    confier,
    noter_le_rappel,
)
from premier_accueil.relais.actions.liens import (
    Lien,
    envoyer_l_adresse,
    essayer_le_code,
    ouvrir_un_lien,
    revoquer_le_lien,
)
from premier_accueil.relais.actions.veille import veiller

__all__ = [
    "ELEMENTS",
    "PAR_LE_LIEN",
    "PAR_L_ECRAN",
    "BrouillonChange",
    "DemandeDeRelais",
    "Dit",
    "Lien",
    "Propose",
    "RendezVousVoulu",
    "SaisieRefusee",
    "Signature",
    "agir",
    "agir_par_le_lien",
    "avertir",
    "confier",
    "ecrire",
    "ecrire_par_le_lien",
    "envoyer_l_adresse",
    "essayer_le_code",
    "garder_le_brouillon",
    "lire_le_fil",
    "noter_le_rappel",
    "ouvrir_un_lien",
    "proposer",
    "revoquer_le_lien",
    "s_abonner",
    "se_desabonner",
    "veiller",
]
