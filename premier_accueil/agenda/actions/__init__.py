"""Acts of the agenda: one transaction each, with its trace."""

from premier_accueil.agenda.actions.commun import CreneauPris, DemandeRefusee
from premier_accueil.agenda.actions.flux import fermer_le_flux, ouvrir_le_flux
from premier_accueil.agenda.actions.plages import (
    PlageDite,
    ajouter_une_exception,
    arreter_une_plage,
    changer_une_plage,
    creer_une_plage,
    fermer_pendant_une_absence,
    retirer_une_exception,
)
from premier_accueil.agenda.actions.rappels import ecrire_de_nouveau, ne_plus_ecrire, rappeler
from premier_accueil.agenda.actions.rendez_vous import (
    Coordonnees,
    Pris,
    annuler,
    deplacer,
    noter_la_venue,
    prendre,
    tenir,
)

__all__ = [
    "Coordonnees",
    "CreneauPris",
    "DemandeRefusee",
    "PlageDite",
    "Pris",
    "ajouter_une_exception",
    "annuler",
    "arreter_une_plage",
    "changer_une_plage",
    "creer_une_plage",
    "deplacer",
    "ecrire_de_nouveau",
    "fermer_le_flux",
    "fermer_pendant_une_absence",
    "ne_plus_ecrire",
    "noter_la_venue",
    "ouvrir_le_flux",
    "prendre",
    "rappeler",
    "retirer_une_exception",
    "tenir",
]
