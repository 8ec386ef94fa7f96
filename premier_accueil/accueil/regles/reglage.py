"""How a structure welcomes: its pair, its priorities, what its screen says. Configuration, not code (S2, S4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from premier_accueil.accueil.regles.file import Etape
from premier_accueil.socle import dossiers
from premier_accueil.socle.fichiers import lire_yaml


class ModeDAccueil(StrEnum):
    """How the pair of a structure works: each structure chooses (S2, S4)."""

    RECEPTION_PUIS_TRAVAILLEUR_SOCIAL = "RECEPTION_PUIS_TRAVAILLEUR_SOCIAL"
    UNE_PERSONNE = "UNE_PERSONNE"
    TRAVAILLEUR_SOCIAL_D_ABORD = "TRAVAILLEUR_SOCIAL_D_ABORD"


MODES = [
    (ModeDAccueil.RECEPTION_PUIS_TRAVAILLEUR_SOCIAL, "L'accueil reçoit, puis le travailleur social si besoin"),
    (ModeDAccueil.UNE_PERSONNE, "Une seule personne reçoit"),
    (ModeDAccueil.TRAVAILLEUR_SOCIAL_D_ABORD, "Le travailleur social reçoit d'abord"),
]
ETAPES_DU_MODE: dict[str, tuple[Etape, ...]] = {
    ModeDAccueil.RECEPTION_PUIS_TRAVAILLEUR_SOCIAL: (Etape.ACCUEIL, Etape.TRAVAIL_SOCIAL),
    ModeDAccueil.UNE_PERSONNE: (Etape.ACCUEIL,),
    ModeDAccueil.TRAVAILLEUR_SOCIAL_D_ABORD: (Etape.TRAVAIL_SOCIAL, Etape.ACCUEIL),
}
"""The queues of each way of working; a ticket begins with the first one."""


@dataclass(frozen=True)
class Priorite:
    """A reason to be called first.

    Attributes:
        source: text or seed that gives it.
    """

    libelle: str
    source: str


@dataclass(frozen=True)
class Nombres:
    """The numbers of ``donnees/accueil.yaml``.

    Attributes:
        estimation_minimum: below this many measured waits, nothing is estimated.
        estimation_derniers: how many of the last measured waits are looked at.
        estimation_minutes: how old they may be, in minutes.
        habitude_jours: how many days back "usual at this hour" looks.
        habitude_heures: hours around now that count as "this hour".
        avant_la_fermeture: minutes before the door closes when the queue's closing is recalled.
    """

    estimation_minimum: int
    estimation_derniers: int
    estimation_minutes: int
    habitude_jours: int
    habitude_heures: int
    avant_la_fermeture: int


class Fin(StrEnum):
    """Where a queue stands in front of the hours of its door."""

    BIENTOT = "BIENTOT"
    PASSEE = "PASSEE"


def fin_de_la_file(
    *, ouvert: bool | None, fermeture: datetime | None, rouvre_aujourd_hui: bool, a: datetime
) -> Fin | None:
    """Say that the door closes soon, or is closed: somebody then closes the queue. Nothing closes by itself.

    Args:
        ouvert: whether one is received now; ``None`` when it is not known.
        fermeture: until when.
        rouvre_aujourd_hui: the door opens (again) later today: a queue before nine, or at noon, goes on.
        a: now.
    """
    if ouvert is False:
        return None if rouvre_aujourd_hui else Fin.PASSEE
    avant = timedelta(minutes=nombres().avant_la_fermeture)
    return Fin.BIENTOT if ouvert and fermeture is not None and fermeture - a <= avant else None


@cache
def priorites() -> Mapping[str, Priorite]:
    """Return the reasons of ``donnees/accueil.yaml`` by code."""
    return {code: Priorite(p["libelle"], p["source"]) for code, p in _brut()["priorites"].items()}


@cache
def nombres() -> Nombres:
    """Return the numbers of ``donnees/accueil.yaml``."""
    return Nombres(**{nom: int(n["valeur"]) for nom, n in _brut()["nombres"].items()})


def _brut() -> Any:
    return lire_yaml(dossiers.donnees() / "accueil.yaml")
