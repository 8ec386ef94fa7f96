"""Create accounts, give and end missions."""

from premier_accueil.acteurs.actions.comptes import (
    InstallationReelle,
    creer_compte,
    fin_prevue,
    installer_demonstration,
    refuser_si_reelle,
)
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
    "MissionRefusee",
    "NouvelleConvention",
    "NouvelleMission",
    "conclure_une_convention",
    "confier_mission",
    "creer_compte",
    "engager",
    "fin_prevue",
    "finir_un_engagement",
    "finir_une_convention",
    "installer_demonstration",
    "refuser_si_reelle",
    "terminer_mission",
]
