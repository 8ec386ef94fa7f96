"""Rules of the welcome: no database; the clock comes in."""

from premier_accueil.accueil.regles.file import (
    DE_LA_FERMETURE,
    ETAPES,
    ETATS_D_ATTENTE,
    GESTES,
    ORDRE_D_APPEL,
    OUVERTS,
    RECUS,
    SANS_ETRE_RECU,
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
from premier_accueil.accueil.regles.mesures import Fourchette, fourchette
from premier_accueil.accueil.regles.reglage import (
    ETAPES_DU_MODE,
    MODES,
    ModeDAccueil,
    Nombres,
    Priorite,
    nombres,
    priorites,
)

__all__ = [
    "CANAUX",
    "CONCERNES",
    "DELAI_D_ANNULATION",
    "DE_LA_FERMETURE",
    "ETAPES",
    "ETAPES_DU_MODE",
    "ETATS_D_ATTENTE",
    "GESTES",
    "MODES",
    "NATURES",
    "ORDRE_D_APPEL",
    "OUVERTS",
    "RECUS",
    "SANS_ETRE_RECU",
    "Canal",
    "Concerne",
    "Etape",
    "EtatDAttente",
    "Fourchette",
    "GesteImpossible",
    "ModeDAccueil",
    "Nature",
    "Nombres",
    "Priorite",
    "fourchette",
    "nombres",
    "priorites",
]
