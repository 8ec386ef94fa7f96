"""States of a démarche as a table: who may act is the page's, what each gesture leads to is here."""

from __future__ import annotations

from enum import StrEnum

from premier_accueil.socle.etats import Transition, transition


class EtatDeDemarche(StrEnum):
    """Where a démarche stands."""

    A_DEPOSER = "A_DEPOSER"
    DEPOSEE = "DEPOSEE"
    RECEPISSE = "RECEPISSE"
    TRANSMISE = "TRANSMISE"
    PIECES_DEMANDEES = "PIECES_DEMANDEES"
    DECIDEE = "DECIDEE"
    SILENCE = "SILENCE"
    RECOURS = "RECOURS"
    CLOSE = "CLOSE"


ETATS_DE_DEMARCHE = [
    (EtatDeDemarche.A_DEPOSER.value, "à déposer"),
    (EtatDeDemarche.DEPOSEE.value, "déposée"),
    (EtatDeDemarche.RECEPISSE.value, "reçue, à l'examen"),
    (EtatDeDemarche.TRANSMISE.value, "transmise au bon service"),
    (EtatDeDemarche.PIECES_DEMANDEES.value, "pièces demandées"),
    (EtatDeDemarche.DECIDEE.value, "décidée"),
    (EtatDeDemarche.SILENCE.value, "restée sans réponse"),
    (EtatDeDemarche.RECOURS.value, "contestée"),
    (EtatDeDemarche.CLOSE.value, "close"),
]


class Decision(StrEnum):
    """What was decided, in writing or by silence."""

    ACCORDEE = "ACCORDEE"
    PARTIELLE = "PARTIELLE"
    REFUSEE = "REFUSEE"
    SILENCE_ACCEPTATION = "SILENCE_ACCEPTATION"
    SILENCE_FORFAIT = "SILENCE_FORFAIT"
    SILENCE_REJET = "SILENCE_REJET"
    SILENCE_SANS_EFFET = "SILENCE_SANS_EFFET"


DECISIONS = [
    (Decision.ACCORDEE.value, "accordée"),
    (Decision.PARTIELLE.value, "accordée en partie"),
    (Decision.REFUSEE.value, "refusée"),
    (Decision.SILENCE_ACCEPTATION.value, "acceptée par le silence"),
    (Decision.SILENCE_FORFAIT.value, "accordée par le silence, au montant forfaitaire"),
    (Decision.SILENCE_REJET.value, "refusée par le silence"),
    (Decision.SILENCE_SANS_EFFET.value, "sans réponse : aucune décision n'est née"),
]
ECRITES = frozenset({Decision.ACCORDEE, Decision.PARTIELLE, Decision.REFUSEE})
CONTESTABLES = frozenset({Decision.PARTIELLE, Decision.REFUSEE, Decision.SILENCE_FORFAIT, Decision.SILENCE_REJET})


class Cloture(StrEnum):
    """Why a démarche is closed, always by somebody."""

    OBTENUE = "OBTENUE"
    REFUS_ACCEPTE = "REFUS_ACCEPTE"
    ABANDON = "ABANDON"
    ERREUR = "ERREUR"
    AUTRE = "AUTRE"


CLOTURES = [
    (Cloture.OBTENUE.value, "Elle a abouti"),
    (Cloture.REFUS_ACCEPTE.value, "La personne ne conteste pas le refus"),
    (Cloture.ABANDON.value, "La personne ne souhaite pas continuer"),
    (Cloture.ERREUR.value, "Ouverte par erreur"),
    (Cloture.AUTRE.value, "Autre raison"),
]


class GenreDEcheance(StrEnum):
    """What the next date means."""

    DEPOT = "DEPOT"
    SILENCE = "SILENCE"
    REPONSE = "REPONSE"
    PIECES = "PIECES"
    RECOURS = "RECOURS"


GENRES_D_ECHEANCE = [
    (GenreDEcheance.DEPOT.value, "à déposer"),
    (GenreDEcheance.SILENCE.value, "le silence vaut décision"),
    (GenreDEcheance.REPONSE.value, "réponse attendue"),
    (GenreDEcheance.PIECES.value, "pièces à fournir"),
    (GenreDEcheance.RECOURS.value, "dernier jour pour contester"),
]

E = EtatDeDemarche
EXAMINEE = (E.DEPOSEE, E.RECEPISSE, E.TRANSMISE, E.PIECES_DEMANDEES)
GESTES_DE_DEMARCHE: dict[str, Transition[EtatDeDemarche]] = {
    "deposer": transition("Elle est déposée", E.DEPOSEE, E.A_DEPOSER),
    "accuser": transition("Accusé de réception reçu", E.RECEPISSE, E.DEPOSEE, E.TRANSMISE),
    "demander_des_pieces": transition(
        "Des pièces sont demandées", E.PIECES_DEMANDEES, E.DEPOSEE, E.RECEPISSE, E.TRANSMISE
    ),
    "remettre_les_pieces": transition("Les pièces sont remises", E.RECEPISSE, E.PIECES_DEMANDEES),
    "transmettre": transition("Mauvaise porte : elle est transmise", E.TRANSMISE, E.DEPOSEE, E.RECEPISSE),
    "decider": transition("Une décision est arrivée", E.DECIDEE, *EXAMINEE, E.SILENCE, E.RECOURS),
    "constater_le_silence": transition("Aucune réponse : constater le silence", E.SILENCE, *EXAMINEE, E.RECOURS),
    "contester": transition("La décision est contestée", E.RECOURS, E.DECIDEE, E.SILENCE),
    "clore": transition("Clore", E.CLOSE, E.A_DEPOSER, *EXAMINEE, E.DECIDEE, E.SILENCE, E.RECOURS),
}
"""The démarche as a table; the database refuses a gesture that lost the race."""

QUI_AGIT: dict[EtatDeDemarche, str] = {
    E.A_DEPOSER: "vous, avec la personne",
    E.DEPOSEE: "l'administration",
    E.RECEPISSE: "l'administration",
    E.TRANSMISE: "l'administration",
    E.PIECES_DEMANDEES: "la personne, avec votre aide",
    E.DECIDEE: "la personne, avec votre aide",
    E.SILENCE: "la personne, avec votre aide",
    E.RECOURS: "l'administration ou le juge",
    E.CLOSE: "personne",
}
"""Who must act next."""
