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
    PASSE = "PASSE"
    REPORTE = "REPORTE"
    FERME = "FERME"


ETATS_D_ATTENTE = [
    (EtatDAttente.EN_ATTENTE, "en attente"),
    (EtatDAttente.APPELE, "appelé"),
    (EtatDAttente.TERMINE, "reçu"),
    (EtatDAttente.PARTI, "parti sans être reçu"),
    (EtatDAttente.PASSE, "passé à un autre organisme"),
    (EtatDAttente.REPORTE, "rendez-vous donné"),
    (EtatDAttente.FERME, "non reçu à la fermeture"),
]
OUVERTS = (EtatDAttente.EN_ATTENTE, EtatDAttente.APPELE)
"""States of somebody who is still here."""
SANS_ETRE_RECU = (EtatDAttente.PARTI, EtatDAttente.REPORTE, EtatDAttente.FERME)
"""How a ticket ends when the person was not received; each one is counted."""

ORDRE_D_ARRIVEE = ("arrive_le", "numero", "pk")
ORDRE_D_APPEL = ("-passe_devant", *ORDRE_D_ARRIVEE)
"""Who is called next: priorities first (an appointment's from its hour on), then the order of arrival here."""
RECUS = (EtatDAttente.APPELE, EtatDAttente.TERMINE, EtatDAttente.PASSE)
"""States of a ticket whose call, if any, ended a wait."""

GESTES: dict[str, Transition[EtatDAttente]] = {
    "appeler": transition("Appeler", EtatDAttente.APPELE, EtatDAttente.EN_ATTENTE),
    "rappeler": transition("Rappeler", EtatDAttente.APPELE, EtatDAttente.APPELE),
    "terminer": transition("Reçu", EtatDAttente.TERMINE, EtatDAttente.APPELE),
    "remettre": transition("Remettre en attente", EtatDAttente.EN_ATTENTE, EtatDAttente.APPELE, *SANS_ETRE_RECU),
    "partir": transition("Parti", EtatDAttente.PARTI, *OUVERTS),
    "reporter": transition("Rendez-vous donné", EtatDAttente.REPORTE, *OUVERTS),
    "clore": transition("Non reçu", EtatDAttente.FERME, EtatDAttente.EN_ATTENTE),
}
"""The queue as a table: who acts is checked by the page, the state by a conditional UPDATE."""
DE_LA_FERMETURE = frozenset({"reporter", "clore"})
"""Gestures offered for who waits; they show where the queue is closed."""


class GesteImpossible(Exception):
    """The ticket moved meanwhile; the message tells what happened."""
