"""Create accounts, give and end missions."""

from premier_accueil.acteurs.actions.comptes import (
    InstallationReelle,
    creer_compte,
    fin_prevue,
    installer_demonstration,
    refuser_si_reelle,
)
from premier_accueil.acteurs.actions.jetons import JetonRefuse, creer_un_jeton, revoquer_un_jeton, servir_le_jeton
from premier_accueil.acteurs.actions.missions import (
    MissionRefusee,
    NouvelleMission,
    confier_mission,
    terminer_mission,
)
from premier_accueil.acteurs.actions.reseau import (
    EcritRefuse,
    NouvelleConvention,
    conclure_une_convention,
    engager,
    finir_un_engagement,
    finir_une_convention,
)

__all__ = [
    "EcritRefuse",
    "InstallationReelle",
    "JetonRefuse",
    "MissionRefusee",
    "NouvelleConvention",
    "NouvelleMission",
    "conclure_une_convention",
    "confier_mission",
    "creer_compte",
    "creer_un_jeton",
    "engager",
    "fin_prevue",
    "finir_un_engagement",
    "finir_une_convention",
    "installer_demonstration",
    "refuser_si_reelle",
    "revoquer_un_jeton",
    "servir_le_jeton",
    "terminer_mission",
]
