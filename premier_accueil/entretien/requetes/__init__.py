"""What the screens of the interview show, as frozen values; every read of a person leaves its line."""

from premier_accueil.entretien.requetes.besoins import BesoinsVus, BesoinVu, besoins_ouverts
from premier_accueil.entretien.requetes.curseur import ConseilVu, VignetteVue, conseil_vu, conseils, vignettes
from premier_accueil.entretien.requetes.ecrit import Ecrit
from premier_accueil.entretien.requetes.entretien import EntretienVu, entretien_vu
from premier_accueil.entretien.requetes.journee import Journee, ma_journee
from premier_accueil.entretien.requetes.parcours import Evenement, Parcours, parcours
from premier_accueil.entretien.requetes.resume import resume_a_partager
from premier_accueil.entretien.requetes.suivi import (
    PointVu,
    ReferentVu,
    absences_a_venir,
    point_vu,
    proposition,
    referent_de,
    referent_vu,
    travailleurs_sociaux,
)

__all__ = [
    "BesoinVu",
    "BesoinsVus",
    "ConseilVu",
    "Ecrit",
    "EntretienVu",
    "Evenement",
    "Journee",
    "Parcours",
    "PointVu",
    "ReferentVu",
    "VignetteVue",
    "absences_a_venir",
    "besoins_ouverts",
    "conseil_vu",
    "conseils",
    "entretien_vu",
    "ma_journee",
    "parcours",
    "point_vu",
    "proposition",
    "referent_de",
    "referent_vu",
    "resume_a_partager",
    "travailleurs_sociaux",
    "vignettes",
]
