"""What the counter's screens show, as frozen values; every read of a passage leaves its line in the journal."""

from premier_accueil.accueil.requetes.attente import (
    BilletImprimable,
    EcranVu,
    FileVue,
    TicketVu,
    billet,
    ecran_par_jeton,
    etat_de_l_ecran,
    file_du_site,
    file_fermee,
    ticket_du_jour,
    tickets_appeles,
)
from premier_accueil.accueil.requetes.attente_mesures import (
    ChargeDeSite,
    Mesure,
    MesuresVues,
    charge_des_sites,
    estimation,
    mesures,
)
from premier_accueil.accueil.requetes.passage import (
    LigneDePassage,
    PassagesVus,
    PassageVu,
    Poste,
    passage_vu,
    passages_du_jour,
    poste_de_travail,
)
from premier_accueil.accueil.requetes.reglage import Reglage, organismes_du_lieu, reglage_de

__all__ = [
    "BilletImprimable",
    "ChargeDeSite",
    "EcranVu",
    "FileVue",
    "LigneDePassage",
    "Mesure",
    "MesuresVues",
    "PassageVu",
    "PassagesVus",
    "Poste",
    "Reglage",
    "TicketVu",
    "billet",
    "charge_des_sites",
    "ecran_par_jeton",
    "estimation",
    "etat_de_l_ecran",
    "file_du_site",
    "file_fermee",
    "mesures",
    "organismes_du_lieu",
    "passage_vu",
    "passages_du_jour",
    "poste_de_travail",
    "reglage_de",
    "ticket_du_jour",
    "tickets_appeles",
]
