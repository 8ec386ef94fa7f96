"""Weights of the ranking: read once from the dated ``donnees/classement.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import cache
from typing import Any

import yaml

from premier_accueil.socle import dossiers

CRITERES = (
    "besoin", "specialite", "trajet", "public", "zone", "ouverture", "mots", "acces", "fraicheur", "places", "reponse",
)  # fmt: skip


@dataclass(frozen=True)
class ReglagesDeTournee:
    """One trip for several needs.

    Attributes:
        rayon_km: places within that crow-fly distance are gone to in one trip.
        jours: how many days ahead a half-day is looked for.
        matin, apres_midi: local times at which a place must receive, at one of them at least.
        comparees: how many trips have their hours read.
        par_besoin: how many services of each need are looked at.
    """

    rayon_km: float
    jours: int
    matin: tuple[time, ...]
    apres_midi: tuple[time, ...]
    comparees: int
    par_besoin: int


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
    retrait_besoin: float
    genres: frozenset[str]
    thematiques_premier_accueil: tuple[str, ...]
    derriere: int
    seul: int
    creux: frozenset[str]
    tournee: ReglagesDeTournee


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
        retrait_besoin=float(brut["diversite"]["retrait_besoin"]),
        genres=frozenset(accueil["genres"]),
        thematiques_premier_accueil=tuple(accueil["thematiques"]),
        derriere=int(accueil["derriere"]),
        seul=int(accueil["seul"]),
        creux=frozenset(brut["mots_creux"]),
        tournee=_tournee(brut["tournee"]),
    )


def _tournee(brut: Mapping[str, Any]) -> ReglagesDeTournee:
    return ReglagesDeTournee(
        rayon_km=float(brut["rayon_km"]),
        jours=int(brut["jours"]),
        matin=tuple(time.fromisoformat(h) for h in brut["matin"]),
        apres_midi=tuple(time.fromisoformat(h) for h in brut["apres_midi"]),
        comparees=int(brut["comparees"]),
        par_besoin=int(brut["par_besoin"]),
    )


@cache
def poids_du_fichier() -> Poids:
    """Return the weights shipped with the program."""
    return lire(yaml.safe_load((dossiers.donnees() / "classement.yaml").read_text(encoding="utf-8")))
