"""How long files are kept, how they end, and the rights a person exercises. The clock comes in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from premier_accueil.socle import dossiers
from premier_accueil.socle.calendrier import plus_tard
from premier_accueil.socle.etats import Transition, transition
from premier_accueil.socle.fichiers import lire_yaml


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


GESTES_DE_DESTRUCTION: dict[str, Transition[EtatDeDestruction]] = {
    "viser": transition("Enregistrer le visa", EtatDeDestruction.VISEE, EtatDeDestruction.PROPOSEE),
    "refuser": transition(
        "Ne pas détruire", EtatDeDestruction.REFUSEE, EtatDeDestruction.PROPOSEE, EtatDeDestruction.VISEE
    ),
    "detruire": transition("Détruire", EtatDeDestruction.FAITE, EtatDeDestruction.VISEE),
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


def limite_de_conservation(a: datetime) -> datetime:
    """Return the moment before which a last contact with the person lets her file go."""
    return plus_tard(a, annees=-durees().annees_apres_contact)


def echeance_d_un_droit(recue_le: datetime) -> datetime:
    """Return when a right must have been answered (RGPD 12.3: one month)."""
    return plus_tard(recue_le, mois=durees().mois_pour_repondre)
