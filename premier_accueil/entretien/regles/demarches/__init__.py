"""Rules of the démarches: states, what the texts say, the clock, what each gesture changes. No database."""

from premier_accueil.entretien.regles.demarches.dire import ELLE, VOUS, Qui, expliquer, le
from premier_accueil.entretien.regles.demarches.dossier import Dossier, GesteRefuse, Saisie, apres, echeance
from premier_accueil.entretien.regles.demarches.etats import (
    CLOTURES,
    DECISIONS,
    ETATS_DE_DEMARCHE,
    GENRES_D_ECHEANCE,
    GESTES_DE_DEMARCHE,
    QUI_AGIT,
    Decision,
    EtatDeDemarche,
    GenreDEcheance,
)
from premier_accueil.entretien.regles.demarches.horloge import (
    Echeance,
    Horloge,
    echeance_du_silence,
    jour_plus_tard,
    limite_du_recours,
)
from premier_accueil.entretien.regles.demarches.procedures import (
    PROCEDURES,
    Procedure,
    Sens,
    Silence,
    Voie,
    chercher_une_procedure,
    regles,
)

__all__ = [
    "CLOTURES",
    "DECISIONS",
    "ELLE",
    "ETATS_DE_DEMARCHE",
    "GENRES_D_ECHEANCE",
    "GESTES_DE_DEMARCHE",
    "PROCEDURES",
    "QUI_AGIT",
    "VOUS",
    "Decision",
    "Dossier",
    "Echeance",
    "EtatDeDemarche",
    "GenreDEcheance",
    "GesteRefuse",
    "Horloge",
    "Procedure",
    "Qui",
    "Saisie",
    "Sens",
    "Silence",
    "Voie",
    "apres",
    "chercher_une_procedure",
    "echeance",
    "echeance_du_silence",
    "expliquer",
    "jour_plus_tard",
    "le",
    "limite_du_recours",
    "regles",
]
