"""What the counter's screens show, as frozen values; every read of a passage leaves its line in the journal."""

from premier_accueil.accueil.requetes.attente import (
    EcranVu,
    FileVue,
    TicketVu,
    ecran_par_jeton,
    etat_de_l_ecran,
    file_du_site,
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

__all__ = [
    "EcranVu",
    "FileVue",
    "LigneDePassage",
    "PassageVu",
    "PassagesVus",
    "Poste",
    "TicketVu",
    "ecran_par_jeton",
    "etat_de_l_ecran",
    "file_du_site",
    "passage_vu",
    "passages_du_jour",
    "poste_de_travail",
]
