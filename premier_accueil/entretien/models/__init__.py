"""Tables of the interview and of what follows it. Every one belongs to one structure and is walled in."""

from premier_accueil.entretien.models.besoin import SuiteDuBesoin
from premier_accueil.entretien.models.curseur import DemandeDeConseil, Vignette
from premier_accueil.entretien.models.entretien import DomaineAborde, Entretien, Evaluation, NotePrivee, Promesse
from premier_accueil.entretien.models.suivi import Absence, PointDeSituation, ReferentDeParcours

__all__ = [
    "Absence",
    "DemandeDeConseil",
    "DomaineAborde",
    "Entretien",
    "Evaluation",
    "NotePrivee",
    "PointDeSituation",
    "Promesse",
    "ReferentDeParcours",
    "SuiteDuBesoin",
    "Vignette",
]
