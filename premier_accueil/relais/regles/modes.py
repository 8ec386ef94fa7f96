"""Kinds of relays, and how their appointment was found."""

from __future__ import annotations

from enum import StrEnum


class GenreDeRelais(StrEnum):
    """What is handed over: a person, or a right stuck somewhere (S3)."""

    RELAIS = "RELAIS"
    INTERPELLATION = "INTERPELLATION"


GENRES_DE_RELAIS = [(GenreDeRelais.RELAIS.value, "Relais"), (GenreDeRelais.INTERPELLATION.value, "Interpellation")]


class Mode(StrEnum):
    """How the appointment is given."""

    CRENEAU = "CRENEAU"
    TELEPHONE = "TELEPHONE"
    A_PROPOSER = "A_PROPOSER"


MODES = [
    (Mode.CRENEAU.value, "Un créneau de leur agenda"),
    (Mode.TELEPHONE.value, "Une date donnée par téléphone"),
    (Mode.A_PROPOSER.value, "Pas de date : le service en propose une"),
]
