"""How long files are kept, how they end, and the rights a person exercises. The clock comes in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from premier_accueil.socle import dossiers
from premier_accueil.socle.fichiers import lire_yaml

PARIS = ZoneInfo("Europe/Paris")


class EtatDeDestruction(StrEnum):
    """Where a destruction stands: no file goes without the archives' visa (code du patrimoine, R.212-14)."""

    PROPOSEE = "PROPOSEE"
    VISEE = "VISEE"
    REFUSEE = "REFUSEE"
    FAITE = "FAITE"


ETATS_DE_DESTRUCTION = [
    (EtatDeDestruction.PROPOSEE, "proposée"),
    (EtatDeDestruction.VISEE, "visée"),
    (EtatDeDestruction.REFUSEE, "refusée"),
    (EtatDeDestruction.FAITE, "faite"),
]


@dataclass(frozen=True)
class GesteDeDestruction:
    """One gesture: from where, to where."""

    depuis: frozenset[EtatDeDestruction]
    vers: EtatDeDestruction
    libelle: str


GESTES_DE_DESTRUCTION = {
    "viser": GesteDeDestruction(
        frozenset({EtatDeDestruction.PROPOSEE}), EtatDeDestruction.VISEE, "Enregistrer le visa"
    ),
    "refuser": GesteDeDestruction(
        frozenset({EtatDeDestruction.PROPOSEE, EtatDeDestruction.VISEE}), EtatDeDestruction.REFUSEE, "Ne pas détruire"
    ),
    "detruire": GesteDeDestruction(frozenset({EtatDeDestruction.VISEE}), EtatDeDestruction.FAITE, "Détruire"),
}


class GenreDeDroit(StrEnum):
    """A right that a person exercises (RGPD 15, 16, 17, 21)."""

    ACCES = "ACCES"
    RECTIFICATION = "RECTIFICATION"
    OPPOSITION = "OPPOSITION"
    EFFACEMENT = "EFFACEMENT"


GENRES_DE_DROIT = [
    (GenreDeDroit.ACCES, "Lire tout ce qui est gardé"),
    (GenreDeDroit.RECTIFICATION, "Faire corriger"),
    (GenreDeDroit.OPPOSITION, "S'opposer à ce qu'on communique"),
    (GenreDeDroit.EFFACEMENT, "Faire effacer"),
]


@dataclass(frozen=True)
class Durees:
    """Numbers of ``donnees/conservation.yaml``."""

    annees_apres_contact: int
    mois_pour_repondre: int


@cache
def durees() -> Durees:
    """Return the durations in force."""
    brut: Mapping[str, Any] = lire_yaml(dossiers.donnees() / "conservation.yaml")
    return Durees(int(brut["dossiers"]["annees"]), int(brut["droits"]["mois"]))


def plus_tard(depart: datetime, *, annees: int = 0, mois: int = 0) -> datetime:
    """Return the same local day and hour some years and months later, the last day of a shorter month (T11).

    Args:
        depart: aware; a negative shift goes back.
    """
    ici = depart.astimezone(PARIS)
    rang = ici.year * 12 + ici.month - 1 + annees * 12 + mois
    annee, mois_voulu = divmod(rang, 12)
    for jour in range(ici.day, 0, -1):
        try:
            return ici.replace(year=annee, month=mois_voulu + 1, day=jour)
        except ValueError:
            continue
    raise AssertionError("a month has a first day")


def limite_de_conservation(a: datetime) -> datetime:
    """Return the moment before which a last contact with the person lets her file go."""
    return plus_tard(a, annees=-durees().annees_apres_contact)


def echeance_d_un_droit(recue_le: datetime) -> datetime:
    """Return when a right must have been answered (RGPD 12.3: one month)."""
    return plus_tard(recue_le, mois=durees().mois_pour_repondre)
