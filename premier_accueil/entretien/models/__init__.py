"""Tables of the interview and of what follows it. Every one belongs to one structure and is walled in."""

from premier_accueil.entretien.models.besoin import SuiteDuBesoin
from premier_accueil.entretien.models.curseur import DemandeDeConseil, Vignette
from premier_accueil.entretien.models.demarches import Demarche, GesteDeDemarche
from premier_accueil.entretien.models.domiciliation import AbsenceExpliquee, ContactDeDomiciliation, Domiciliation
from premier_accueil.entretien.models.entretien import DomaineAborde, Entretien, Evaluation, NotePrivee, Promesse
from premier_accueil.entretien.models.suivi import Absence, PointDeSituation, ReferentDeParcours

__all__ = [
    "Absence",
    "AbsenceExpliquee",
    "ContactDeDomiciliation",
    "DemandeDeConseil",
    "Demarche",
    "DomaineAborde",
    "Domiciliation",
    "Entretien",
    "Evaluation",
    "GesteDeDemarche",
    "NotePrivee",
    "PointDeSituation",
    "Promesse",
    "ReferentDeParcours",
    "SuiteDuBesoin",
    "Vignette",
]
