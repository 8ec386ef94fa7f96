"""Writes of sharing: ask, send, withdraw, open; each with its traces in one transaction."""

from premier_accueil.partage.actions.commun import PartageRefuse
from premier_accueil.partage.actions.envoi import (
    Envoi,
    Recueil,
    communiquer,
    demander_et_communiquer,
    recueillir_un_accord,
)
from premier_accueil.partage.actions.ouverture import ouvrir_le_lien, ouvrir_une_communication
from premier_accueil.partage.actions.retrait import retirer_tous_les_accords, retirer_un_accord

__all__ = [
    "Envoi",
    "PartageRefuse",
    "Recueil",
    "communiquer",
    "demander_et_communiquer",
    "ouvrir_le_lien",
    "ouvrir_une_communication",
    "recueillir_un_accord",
    "retirer_tous_les_accords",
    "retirer_un_accord",
]
