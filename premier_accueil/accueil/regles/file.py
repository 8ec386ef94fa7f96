"""Rules of the queue: its steps, its states, its gestures. No database; the clock comes in."""

from __future__ import annotations

from enum import StrEnum

from premier_accueil.socle.etats import Transition, transition


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
