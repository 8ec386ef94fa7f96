"""Writes of sharing: ask, send, withdraw, open; each with its traces in one transaction."""

from premier_accueil.partage.actions.code import envoyer_un_code, essayer_un_code
from premier_accueil.partage.actions.commun import PartageRefuse
from premier_accueil.partage.actions.envoi import (
    PAR_CODE,
    Envoi,
    Recueil,
    communiquer,
    demander_et_communiquer,
    recueillir_un_accord,
)
from premier_accueil.partage.actions.ouverture import ouvrir_le_lien, ouvrir_une_communication
from premier_accueil.partage.actions.retrait import retirer_tous_les_accords, retirer_un_accord
from premier_accueil.partage.actions.sans_accord import communiquer_sans_accord, dire_a_la_personne
from premier_accueil.partage.actions.suite import echanger, lier, terminer

__all__ = [
    "PAR_CODE",
    "Envoi",
    "PartageRefuse",
    "Recueil",
    "communiquer",
    "communiquer_sans_accord",
    "demander_et_communiquer",
    "dire_a_la_personne",
    "echanger",
    "envoyer_un_code",
    "essayer_un_code",
    "lier",
    "ouvrir_le_lien",
    "ouvrir_une_communication",
    "recueillir_un_accord",
    "retirer_tous_les_accords",
    "retirer_un_accord",
    "terminer",
]
