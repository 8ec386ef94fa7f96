"""Tables of the agenda. What says when one receives is open to read; what says who comes is walled in."""

from premier_accueil.agenda.models.plages import ExceptionDAgenda, PlageDAgenda
from premier_accueil.agenda.models.rendez_vous import (
    OCCUPE,
    FluxDeCalendrier,
    Rappel,
    RendezVous,
    RendezVousAnonyme,
    Silence,
)

__all__ = [
    "OCCUPE",
    "ExceptionDAgenda",
    "FluxDeCalendrier",
    "PlageDAgenda",
    "Rappel",
    "RendezVous",
    "RendezVousAnonyme",
    "Silence",
]
