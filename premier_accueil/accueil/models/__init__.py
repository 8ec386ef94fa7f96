"""What happens at a counter: passages, needs, first answers, the queue and the person's own page."""

from premier_accueil.accueil.models.feuille import FeuilleDeRoute
from premier_accueil.accueil.models.file import Attente, CompteurDeTickets, EcranDAttente, FermetureDeFile
from premier_accueil.accueil.models.passage import Besoin, Orientation, Passage, PremiereReponse
from premier_accueil.accueil.models.pieces import BulletinDePieces, PieceManquante
from premier_accueil.accueil.models.reglage import ReglageDAccueil

__all__ = [
    "Attente",
    "Besoin",
    "BulletinDePieces",
    "CompteurDeTickets",
    "EcranDAttente",
    "FermetureDeFile",
    "FeuilleDeRoute",
    "Orientation",
    "Passage",
    "PieceManquante",
    "PremiereReponse",
    "ReglageDAccueil",
]
