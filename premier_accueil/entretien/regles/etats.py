"""States of an interview and of a point de situation, as tables; what an interview lacks before it may be closed."""

from __future__ import annotations

from enum import StrEnum

from premier_accueil.socle.etats import Transition, transition


class EtatDEntretien(StrEnum):
    """Where an interview stands."""

    EN_COURS = "EN_COURS"
    CLOS = "CLOS"


ETATS_D_ENTRETIEN = [(EtatDEntretien.EN_COURS.value, "en cours"), (EtatDEntretien.CLOS.value, "terminé")]
GESTES_D_ENTRETIEN: dict[str, Transition[EtatDEntretien]] = {
    "clore": transition("Terminer l'entretien", EtatDEntretien.CLOS, EtatDEntretien.EN_COURS),
    "rouvrir": transition("Reprendre l'entretien", EtatDEntretien.EN_COURS, EtatDEntretien.CLOS),
}


class EtatDeBesoin(StrEnum):
    """Where a need stands: open until something answers it (S3)."""

    OUVERT = "OUVERT"
    REPONDU = "REPONDU"


GESTES_DE_BESOIN: dict[str, Transition[EtatDeBesoin]] = {
    "repondre": transition("Ce besoin a sa réponse", EtatDeBesoin.REPONDU, EtatDeBesoin.OUVERT),
    "rouvrir": transition("Rouvrir ce besoin", EtatDeBesoin.OUVERT, EtatDeBesoin.REPONDU),
}


class Suite(StrEnum):
    """What comes after two or three meetings (S4)."""

    CLOTURE = "CLOTURE"
    POINT = "POINT"
    RELAIS = "RELAIS"
    ACCOMPAGNEMENT = "ACCOMPAGNEMENT"


SUITES = [
    (Suite.CLOTURE.value, "La personne a eu sa réponse"),
    (Suite.POINT.value, "Se revoir pour un point de situation"),
    (Suite.RELAIS.value, "Passer le relais"),
    (Suite.ACCOMPAGNEMENT.value, "Proposer un accompagnement"),
]


class EtatDePoint(StrEnum):
    """Where a point de situation stands. Nothing ends it by itself: somebody says what became of it (T11)."""

    PREVU = "PREVU"
    A_REPLACER = "A_REPLACER"
    TENU = "TENU"
    NON_VENU = "NON_VENU"
    ANNULE = "ANNULE"


ETATS_DE_POINT = [
    (EtatDePoint.PREVU.value, "prévu"),
    (EtatDePoint.A_REPLACER.value, "à reprévoir"),
    (EtatDePoint.TENU.value, "tenu"),
    (EtatDePoint.NON_VENU.value, "la personne n'est pas venue"),
    (EtatDePoint.ANNULE.value, "annulé à sa demande"),
]
PAS_ENCORE_TENU = (EtatDePoint.PREVU, EtatDePoint.NON_VENU, EtatDePoint.A_REPLACER)
"""States of a point de situation that nobody held yet, and that somebody still wants."""
GESTES_DE_POINT: dict[str, Transition[EtatDePoint]] = {
    "tenir": transition("Le point a eu lieu", EtatDePoint.TENU, *PAS_ENCORE_TENU),
    "manquer": transition("La personne n'est pas venue", EtatDePoint.NON_VENU, EtatDePoint.PREVU),
    "annuler": transition("Elle n'en veut plus", EtatDePoint.ANNULE, *PAS_ENCORE_TENU),
    "reprevoir": transition("Donner une autre date", EtatDePoint.PREVU, *PAS_ENCORE_TENU),
}

SANS_DIAGNOSTIC = "Il manque la phrase de diagnostic : en une phrase, où en est la personne ?"
SANS_REPONSE = (
    "Il manque une première réponse. Personne ne repart sans réponse : information, conseil, orientation, aide "
    "immédiate, droit ouvert ou démarche faite ensemble."
)


def manques_pour_clore(*, diagnostic: str, reponses: int) -> tuple[str, ...]:
    """Say what an interview lacks before it may be closed; empty when nothing does.

    An interview always holds a diagnosis, then a first answer (S4). Nothing else is compulsory.

    Args:
        diagnostic: the sentence.
        reponses: how many first answers were given; being passed to the social worker is none.
    """
    manques = []
    if not diagnostic.strip():
        manques.append(SANS_DIAGNOSTIC)
    if not reponses:
        manques.append(SANS_REPONSE)
    return tuple(manques)


MOTIFS_DE_CHANGEMENT = [
    ("COLLEGUE_PARTI", "le collègue n'est plus là"),
    ("JOUR_FERME", "le lieu est fermé ce jour-là"),
    ("DEMANDE", "à la demande de la personne"),
]
FINS_DE_REFERENT = [
    ("PASSATION", "un autre référent a pris la suite"),
    ("FIN_D_ACCOMPAGNEMENT", "l'accompagnement est terminé"),
    ("CHOIX_DE_LA_PERSONNE", "la personne ne le souhaite plus"),
]
