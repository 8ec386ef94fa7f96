"""Opening hours: read from files, asked at a moment, said in words. No database."""

from premier_accueil.annuaire.regles.conversion import HorairesLus, convertir_semaine, plages_du_jour
from premier_accueil.annuaire.regles.en_clair import en_clair, heure_en_clair, jour_en_clair, prochaine_en_clair
from premier_accueil.annuaire.regles.ouverture import Ouverture, feries, fuseau, ouvert_a, ouverture, recoit, valables
from premier_accueil.annuaire.regles.phrases import lire_phrase

__all__ = [
    "HorairesLus",
    "Ouverture",
    "convertir_semaine",
    "en_clair",
    "feries",
    "fuseau",
    "heure_en_clair",
    "jour_en_clair",
    "lire_phrase",
    "ouvert_a",
    "ouverture",
    "plages_du_jour",
    "prochaine_en_clair",
    "recoit",
    "valables",
]
