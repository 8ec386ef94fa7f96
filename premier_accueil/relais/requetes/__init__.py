"""Reads of the relay: work lists, one relay for either side, the partner's link, what one needs before sending."""

from premier_accueil.relais.requetes.abonnements import AbonnementVu, abonnements_de
from premier_accueil.relais.requetes.composer import (
    Accueil,
    accueil_du_destinataire,
    temps_de_reponse,
)
from premier_accueil.relais.requetes.depart import Origine, brouillon_de, origine
from premier_accueil.relais.requetes.detail import MessageVu, PasVu, RelaisVu, mots_des_codes, relais_vu
from premier_accueil.relais.requetes.lien import RelaisParLien, SeuilDuLien, relais_par_le_lien, seuil_du_lien
from premier_accueil.relais.requetes.listes import (
    VUES,
    EnRetard,
    LigneDeRelais,
    Liste,
    Vue,
    en_retard_du_departement,
    partis,
    recus,
)

__all__ = [
    "VUES",
    "AbonnementVu",
    "Accueil",
    "EnRetard",
    "LigneDeRelais",
    "Liste",
    "MessageVu",
    "Origine",
    "PasVu",
    "RelaisParLien",
    "RelaisVu",
    "SeuilDuLien",
    "Vue",
    "abonnements_de",
    "accueil_du_destinataire",
    "brouillon_de",
    "en_retard_du_departement",
    "mots_des_codes",
    "origine",
    "partis",
    "recus",
    "relais_par_le_lien",
    "relais_vu",
    "seuil_du_lien",
    "temps_de_reponse",
]
