"""Rules of a reception: channels, who is concerned, first answers."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

DELAI_D_ANNULATION = timedelta(minutes=15)


class Canal(StrEnum):
    """How the person reached the welcome (S2)."""

    GUICHET = "GUICHET"
    TELEPHONE = "TELEPHONE"
    NUMERIQUE = "NUMERIQUE"
    DOMICILE = "DOMICILE"
    HORS_LES_MURS = "HORS_LES_MURS"
    BUS = "BUS"


CANAUX = [
    (Canal.GUICHET, "Au guichet"),
    (Canal.TELEPHONE, "Par téléphone"),
    (Canal.NUMERIQUE, "Par message"),
    (Canal.DOMICILE, "À domicile"),
    (Canal.HORS_LES_MURS, "Hors les murs"),
    (Canal.BUS, "Arrêt du bus"),
]


class Concerne(StrEnum):
    """Who the request is about: who asks may not be who is concerned."""

    SOI = "SOI"
    ENFANT = "ENFANT"
    PROCHE = "PROCHE"
    AUTRE = "AUTRE"


CONCERNES = [
    (Concerne.SOI, "Pour elle-même"),
    (Concerne.ENFANT, "Pour son enfant"),
    (Concerne.PROCHE, "Pour un proche"),
    (Concerne.AUTRE, "Pour quelqu'un d'autre"),
]


class Nature(StrEnum):
    """Nature of a first answer (S4, S2): a welcome always ends with one."""

    INFORMATION = "INFORMATION"
    CONSEIL = "CONSEIL"
    ORIENTATION = "ORIENTATION"
    AIDE_IMMEDIATE = "AIDE_IMMEDIATE"
    OUVERTURE_DE_DROIT = "OUVERTURE_DE_DROIT"
    DEMARCHE_ENSEMBLE = "DEMARCHE_ENSEMBLE"
    TRAVAILLEUR_SOCIAL = "TRAVAILLEUR_SOCIAL"


NATURES = [
    (Nature.INFORMATION, "Information"),
    (Nature.CONSEIL, "Conseil"),
    (Nature.ORIENTATION, "Orientation"),
    (Nature.AIDE_IMMEDIATE, "Aide immédiate"),
    (Nature.OUVERTURE_DE_DROIT, "Ouverture de droit"),
    (Nature.DEMARCHE_ENSEMBLE, "Démarche faite ensemble"),
    (Nature.TRAVAILLEUR_SOCIAL, "Passer au travailleur social"),
]
