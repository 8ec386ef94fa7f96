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

__all__ = [
    "InstallationReelle",
    "MissionRefusee",
    "NouvelleMission",
    "confier_mission",
    "creer_compte",
    "fin_prevue",
    "installer_demonstration",
    "refuser_si_reelle",
    "terminer_mission",
]
