"""Rules of the welcome: channels, answers, the queue's gestures. No database; the clock comes in."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from premier_accueil.socle.etats import Transition, transition

DELAI_D_ANNULATION = timedelta(minutes=15)


class Canal(StrEnum):
    """How the person reached the welcome (S2)."""

    GUICHET = "GUICHET"
    TELEPHONE = "TELEPHONE"
    NUMERIQUE = "NUMERIQUE"
    DOMICILE = "DOMICILE"
    HORS_LES_MURS = "HORS_LES_MURS"


CANAUX = [
    (Canal.GUICHET, "Au guichet"),
    (Canal.TELEPHONE, "Par téléphone"),
    (Canal.NUMERIQUE, "Par message"),
    (Canal.DOMICILE, "À domicile"),
    (Canal.HORS_LES_MURS, "Hors les murs"),
]


class Concerne(StrEnum):
    """Who the request is about: who asks may not be who is concerned."""

    SOI = "SOI"
    ENFANT = "ENFANT"
    PROCHE = "PROCHE"
    AUTRE = "AUTRE"


CONCERNES = [
    (Concerne.SOI, "Pour elle-même"),
    (Concerne.ENFANT, "Pour son enfant"),
    (Concerne.PROCHE, "Pour un proche"),
    (Concerne.AUTRE, "Pour quelqu'un d'autre"),
]


class Nature(StrEnum):
    """Nature of a first answer (S4, S2): a welcome always ends with one."""

    INFORMATION = "INFORMATION"
    CONSEIL = "CONSEIL"
    ORIENTATION = "ORIENTATION"
    AIDE_IMMEDIATE = "AIDE_IMMEDIATE"
    OUVERTURE_DE_DROIT = "OUVERTURE_DE_DROIT"
    TRAVAILLEUR_SOCIAL = "TRAVAILLEUR_SOCIAL"


NATURES = [
    (Nature.INFORMATION, "Information"),
    (Nature.CONSEIL, "Conseil"),
    (Nature.ORIENTATION, "Orientation"),
    (Nature.AIDE_IMMEDIATE, "Aide immédiate"),
    (Nature.OUVERTURE_DE_DROIT, "Ouverture de droit"),
    (Nature.TRAVAILLEUR_SOCIAL, "Passer au travailleur social"),
]


class Etape(StrEnum):
    """Which of the two steps a ticket waits for (S2, S4)."""

    ACCUEIL = "ACCUEIL"
    TRAVAIL_SOCIAL = "TRAVAIL_SOCIAL"


ETAPES = [(Etape.ACCUEIL, "Accueil"), (Etape.TRAVAIL_SOCIAL, "Travailleur social")]


class EtatDAttente(StrEnum):
    """Where a ticket stands."""

    EN_ATTENTE = "EN_ATTENTE"
    APPELE = "APPELE"
    TERMINE = "TERMINE"
    PARTI = "PARTI"


ETATS_D_ATTENTE = [
    (EtatDAttente.EN_ATTENTE, "en attente"),
    (EtatDAttente.APPELE, "appelé"),
    (EtatDAttente.TERMINE, "reçu"),
    (EtatDAttente.PARTI, "parti sans être reçu"),
]


GESTES: dict[str, Transition[EtatDAttente]] = {
    "appeler": transition("Appeler", EtatDAttente.APPELE, EtatDAttente.EN_ATTENTE),
    "rappeler": transition("Rappeler", EtatDAttente.APPELE, EtatDAttente.APPELE),
    "remettre": transition("Remettre en attente", EtatDAttente.EN_ATTENTE, EtatDAttente.APPELE, EtatDAttente.PARTI),
    "terminer": transition("Reçu", EtatDAttente.TERMINE, EtatDAttente.APPELE),
    "partir": transition("Parti", EtatDAttente.PARTI, EtatDAttente.EN_ATTENTE, EtatDAttente.APPELE),
}
"""The queue as a table: who acts is checked by the page, the state by a conditional UPDATE."""


class GesteImpossible(Exception):
    """The ticket moved meanwhile; the message tells what happened."""
