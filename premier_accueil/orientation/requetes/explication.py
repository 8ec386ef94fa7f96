"""Tell how answers are ranked: drawn from ``donnees/classement.yaml`` itself, so that the page never lies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from premier_accueil.orientation.regles import dire
from premier_accueil.orientation.regles.poids import poids_du_fichier
from premier_accueil.socle import dossiers
from premier_accueil.socle.fichiers import lire_yaml


@dataclass(frozen=True)
class CritereDit:
    """One criterion: its points out of 100, what is looked at, and (words, points) of each of its known values."""

    titre: str
    points: float
    regard: str
    valeurs: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Explication:
    """How answers are ranked.

    Attributes:
        demi_minutes: by mode of travel, in words, the minutes that halve the points of the travel.
    """

    date: date
    source: str
    criteres: tuple[CritereDit, ...]
    demi_minutes: tuple[tuple[str, float], ...]
    rayon_km: float
    retrait: float
    retrait_besoin: float
    valables_jours: float


@cache
def explication() -> Explication:
    """Return how answers are ranked, the heaviest criterion first.

    Raises:
        KeyError: a criterion, or one of its values, has no words in the file.
    """
    brut: Any = lire_yaml(dossiers.donnees() / "classement.yaml")
    poids, dits = poids_du_fichier(), brut["dire"]
    criteres = [
        CritereDit(
            dits[code]["titre"],
            points,
            dits[code]["regard"],
            tuple((mots, points * poids.notes[code][cle]) for cle, mots in dits[code].get("notes", {}).items()),
        )
        for code, points in poids.poids.items()
    ]
    return Explication(
        date=brut["date"],
        source=brut["source"],
        criteres=tuple(sorted(criteres, key=lambda c: -c.points)),
        demi_minutes=tuple((dire.PAR_MODE[mode], minutes) for mode, minutes in poids.demi_minutes.items()),
        rayon_km=poids.rayon_km,
        retrait=poids.retrait,
        retrait_besoin=poids.retrait_besoin,
        valables_jours=poids.notes["places"]["valables_jours"],
    )
