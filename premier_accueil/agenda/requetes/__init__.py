"""Reads of the agenda: frozen values."""

from premier_accueil.agenda.requetes.deplacer import ADeplacer, ListeADeplacer, rendez_vous_a_deplacer
from premier_accueil.agenda.requetes.flux import flux_de, rendez_vous_du_flux
from premier_accueil.agenda.requetes.joindre import a_joindre, langue_de
from premier_accueil.agenda.requetes.libres import (
    code_du_creneau,
    comptes_ecartes,
    creneaux_libres,
    lire_creneau,
    premier_creneau,
)
from premier_accueil.agenda.requetes.plages import (
    OuPrendre,
    collegues_qui_recoivent,
    lieux_de,
    ou_prendre,
    plage_vue,
    plages_de_la_structure,
    services_de,
)
from premier_accueil.agenda.requetes.rendez_vous import (
    pris_ailleurs,
    rendez_vous_de,
    rendez_vous_du_jour,
    rendez_vous_vu,
    silence_de,
)
from premier_accueil.agenda.requetes.vues import CreneauLibre, ExceptionVue, LigneDAgenda, PlageVue, RendezVousVu

__all__ = [
    "ADeplacer",
    "CreneauLibre",
    "ExceptionVue",
    "LigneDAgenda",
    "ListeADeplacer",
    "OuPrendre",
    "PlageVue",
    "RendezVousVu",
    "a_joindre",
    "code_du_creneau",
    "collegues_qui_recoivent",
    "comptes_ecartes",
    "creneaux_libres",
    "flux_de",
    "langue_de",
    "lieux_de",
    "lire_creneau",
    "ou_prendre",
    "plage_vue",
    "plages_de_la_structure",
    "premier_creneau",
    "pris_ailleurs",
    "rendez_vous_a_deplacer",
    "rendez_vous_de",
    "rendez_vous_du_flux",
    "rendez_vous_du_jour",
    "rendez_vous_vu",
    "services_de",
    "silence_de",
]
