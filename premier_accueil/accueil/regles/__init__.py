"""Rules of the welcome: no database; the clock comes in."""

from premier_accueil.accueil.regles.file import (
    ETAPES,
    ETATS_D_ATTENTE,
    GESTES,
    Etape,
    EtatDAttente,
    GesteImpossible,
)
from premier_accueil.accueil.regles.guichet import (
    CANAUX,
    CONCERNES,
    DELAI_D_ANNULATION,
    NATURES,
    Canal,
    Concerne,
    Nature,
)

__all__ = [
    "CANAUX",
    "CONCERNES",
    "DELAI_D_ANNULATION",
    "ETAPES",
    "ETATS_D_ATTENTE",
    "GESTES",
    "NATURES",
    "Canal",
    "Concerne",
    "Etape",
    "EtatDAttente",
    "GesteImpossible",
    "Nature",
]
