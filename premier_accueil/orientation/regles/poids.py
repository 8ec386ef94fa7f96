"""Weights of the ranking: read once from the dated ``donnees/classement.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from premier_accueil.socle import dossiers

CRITERES = ("besoin", "specialite", "trajet", "public", "zone", "ouverture", "mots", "acces", "fraicheur")


@dataclass(frozen=True)
class Poids:
    """The ranking's numbers.

    Attributes:
        poids: weight of each criterion, in points; they add up to 100.
        notes: for each criterion, its named values in 0..1.
        incompatibles: pairs of publics that certainly exclude each other.
        demi_minutes: minutes that halve the travel mark, by mode.
        creux: folded words that say nothing of the need.
    """

    poids: Mapping[str, float]
    notes: Mapping[str, Mapping[str, float]]
    incompatibles: tuple[frozenset[str], ...]
    demi_minutes: Mapping[str, float]
    rayon_km: float
    retrait: float
    genres: frozenset[str]
    thematiques_premier_accueil: tuple[str, ...]
    derriere: int
    seul: int
    creux: frozenset[str]


def lire(brut: Mapping[str, Any]) -> Poids:
    """Check and freeze the numbers of the file.

    Raises:
        ValueError: a criterion is missing or the weights do not add up to 100.
        KeyError: a section is missing.
    """
    poids = {critere: float(brut["poids"][critere]) for critere in CRITERES}
    if set(brut["poids"]) != set(CRITERES) or abs(sum(poids.values()) - 100) > 1e-6:
        raise ValueError("classement.yaml: the weights must be the known criteria and add up to 100.")
    notes = {
        nom: {cle: float(v) for cle, v in section.items() if isinstance(v, int | float)}
        for nom, section in brut.items()
        if isinstance(section, dict) and nom in CRITERES
    }
    accueil = brut["premier_accueil"]
    return Poids(
        poids=poids,
        notes=notes,
        incompatibles=tuple(frozenset(paire) for paire in brut["public"]["incompatibles"]),
        demi_minutes={mode: float(v) for mode, v in brut["trajet"]["demi_minutes"].items()},
        rayon_km=float(brut["trajet"]["rayon_km"]),
        retrait=float(brut["diversite"]["retrait"]),
        genres=frozenset(accueil["genres"]),
        thematiques_premier_accueil=tuple(accueil["thematiques"]),
        derriere=int(accueil["derriere"]),
        seul=int(accueil["seul"]),
        creux=frozenset(brut["mots_creux"]),
    )


@cache
def poids_du_fichier() -> Poids:
    """Return the weights shipped with the program."""
    return lire(yaml.safe_load((dossiers.donnees() / "classement.yaml").read_text(encoding="utf-8")))
