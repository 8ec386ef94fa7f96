"""What happens at a counter: passages, needs, first answers, the queue and the person's own page."""

from premier_accueil.accueil.models.feuille import FeuilleDeRoute
from premier_accueil.accueil.models.file import Attente, EcranDAttente
from premier_accueil.accueil.models.passage import Besoin, Orientation, Passage, PremiereReponse

__all__ = [
    "Attente",
    "Besoin",
    "EcranDAttente",
    "FeuilleDeRoute",
    "Orientation",
    "Passage",
    "PremiereReponse",
]
