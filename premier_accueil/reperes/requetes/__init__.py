"""Read the sheets for screens and print."""

from premier_accueil.reperes.requetes.appeler import services_a_appeler
from premier_accueil.reperes.requetes.fiche import deux_versions, fiche_vue, histoire
from premier_accueil.reperes.requetes.guides import (
    GuideCourt,
    GuideVu,
    fiches_a_ranger,
    guide_a_ecrire,
    guide_vu,
    guides,
)
from premier_accueil.reperes.requetes.lectures import Lectures, Suivi, qui_a_lu, suivi
from premier_accueil.reperes.requetes.listes import VUES, Vue, fiches_d_urgence, fiches_pour, liste_des_fiches
from premier_accueil.reperes.requetes.publiques import fiche_publique, fiches_publiques
from premier_accueil.reperes.requetes.structures import structures_nommees
from premier_accueil.reperes.requetes.vues import (
    AAppeler,
    FicheCourte,
    FichePublique,
    FicheVue,
    LigneDeFiche,
    Liste,
    PasVu,
    VersionVue,
)

__all__ = [
    "VUES",
    "AAppeler",
    "FicheCourte",
    "FichePublique",
    "FicheVue",
    "GuideCourt",
    "GuideVu",
    "Lectures",
    "LigneDeFiche",
    "Liste",
    "PasVu",
    "Suivi",
    "VersionVue",
    "Vue",
    "deux_versions",
    "fiche_publique",
    "fiche_vue",
    "fiches_a_ranger",
    "fiches_d_urgence",
    "fiches_pour",
    "fiches_publiques",
    "guide_a_ecrire",
    "guide_vu",
    "guides",
    "histoire",
    "liste_des_fiches",
    "qui_a_lu",
    "services_a_appeler",
    "structures_nommees",
    "suivi",
]
