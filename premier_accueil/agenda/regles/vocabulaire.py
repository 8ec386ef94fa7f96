"""Words of the agenda: channels, rhythms, who a rule is open to, states of an appointment and their gestures."""

from __future__ import annotations

from enum import StrEnum

from premier_accueil.socle.etats import Transition, transition


class Canal(StrEnum):
    """How one is received."""

    GUICHET = "GUICHET"
    TELEPHONE = "TELEPHONE"
    VISIO = "VISIO"
    DOMICILE = "DOMICILE"


CANAUX = [
    (Canal.GUICHET, "Sur place"),
    (Canal.TELEPHONE, "Par téléphone"),
    (Canal.VISIO, "En visio"),
    (Canal.DOMICILE, "À domicile"),
]


class Rythme(StrEnum):
    """How often a rule comes back."""

    SEMAINE = "SEMAINE"
    QUINZAINE = "QUINZAINE"
    MOIS = "MOIS"


RYTHMES = [
    (Rythme.SEMAINE, "Chaque semaine"),
    (Rythme.QUINZAINE, "Une semaine sur deux"),
    (Rythme.MOIS, "Une fois par mois"),
]
RANGS = [(1, "Le premier"), (2, "Le deuxième"), (3, "Le troisième"), (4, "Le quatrième"), (-1, "Le dernier")]
JOURS = [
    (0, "lundi"), (1, "mardi"), (2, "mercredi"), (3, "jeudi"), (4, "vendredi"), (5, "samedi"), (6, "dimanche"),
]  # fmt: skip


class Ouverture(StrEnum):
    """Who, beside the social workers of the structure, may book there."""

    ACCUEIL = "ACCUEIL"
    HEBERGEUR = "HEBERGEUR"
    RELAIS = "RELAIS"


OUVERTURES = [
    (Ouverture.ACCUEIL, "L'accueil de ma structure"),
    (Ouverture.HEBERGEUR, "L'accueil du lieu qui nous héberge (France services…)"),
    (Ouverture.RELAIS, "Les structures engagées dans le réseau"),
]


class GenreDException(StrEnum):
    """What an exception does to a rule."""

    FERME = "FERME"
    EN_PLUS = "EN_PLUS"


GENRES_D_EXCEPTION = [
    (GenreDException.FERME, "Fermé ces jours-là"),
    (GenreDException.EN_PLUS, "Ouvert en plus ce jour-là"),
]


class ModeDeRappel(StrEnum):
    """How a reminder travels, if one is wanted."""

    AUCUN = "AUCUN"
    SMS = "SMS"
    COURRIEL = "COURRIEL"


MODES_DE_RAPPEL = [
    (ModeDeRappel.AUCUN, "Pas de rappel"),
    (ModeDeRappel.SMS, "Par SMS"),
    (ModeDeRappel.COURRIEL, "Par courriel"),
]


class RaisonDeSilence(StrEnum):
    """Why nothing is sent by itself to a person any more (T20)."""

    DECES = "DECES"
    PRISON = "PRISON"
    HOPITAL = "HOPITAL"
    SOUHAIT = "SOUHAIT"


RAISONS_DE_SILENCE = [
    (RaisonDeSilence.SOUHAIT, "Elle ne le souhaite plus"),
    (RaisonDeSilence.HOPITAL, "Elle est à l'hôpital"),
    (RaisonDeSilence.PRISON, "Elle est en prison"),
    (RaisonDeSilence.DECES, "Elle est décédée"),
]


class EtatDeRendezVous(StrEnum):
    """Where an appointment stands."""

    TENU = "TENU"
    PRIS = "PRIS"
    HONORE = "HONORE"
    NON_VENU = "NON_VENU"
    DEPLACE = "DEPLACE"
    ANNULE_PERSONNE = "ANNULE_PERSONNE"
    ANNULE_SERVICE = "ANNULE_SERVICE"


ETATS_DE_RENDEZ_VOUS = [
    (EtatDeRendezVous.TENU, "tenu quelques minutes"),
    (EtatDeRendezVous.PRIS, "pris"),
    (EtatDeRendezVous.HONORE, "venue"),
    (EtatDeRendezVous.NON_VENU, "pas venue"),
    (EtatDeRendezVous.DEPLACE, "déplacé"),
    (EtatDeRendezVous.ANNULE_PERSONNE, "annulé par la personne"),
    (EtatDeRendezVous.ANNULE_SERVICE, "annulé par le service"),
]
OCCUPENT = (EtatDeRendezVous.TENU, EtatDeRendezVous.PRIS, EtatDeRendezVous.HONORE, EtatDeRendezVous.NON_VENU)
"""States that keep the slot for somebody."""
_E = EtatDeRendezVous
GESTES: dict[str, Transition[EtatDeRendezVous]] = {
    "confirmer": transition("Prendre ce rendez-vous", _E.PRIS, _E.TENU),
    "deplacer": transition("Déplacer", _E.DEPLACE, _E.PRIS),
    "annuler_personne": transition("Annuler : la personne ne viendra pas", _E.ANNULE_PERSONNE, _E.PRIS),
    "annuler_service": transition("Annuler : le service ne peut pas", _E.ANNULE_SERVICE, _E.PRIS),
    "venue": transition("Venue", _E.HONORE, _E.PRIS, _E.NON_VENU),
    "non_venue": transition("Pas venue", _E.NON_VENU, _E.PRIS, _E.HONORE),
}
"""An appointment as a table. A hold that nobody confirmed is erased: it was never an appointment."""


class GesteImpossible(ValueError):
    """The appointment moved meanwhile; the message says to which state."""
