"""What a fact may say, and what it keeps to itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from premier_accueil.socle import dossiers
from premier_accueil.socle.fichiers import lire_yaml

GENRES = {
    "PASSAGE": "Passages",
    "BESOIN": "Besoins",
    "REPONSE": "Premières réponses",
    "SUITE_DE_BESOIN": "Besoins répondus ou rouverts",
    "ENTRETIEN": "Entretiens",
    "DOMAINE": "Domaines de vie abordés",
    "POINT_DE_SITUATION": "Points de situation",
    "ACCOMPAGNEMENT": "Accompagnements",
    "RENDEZ_VOUS": "Rendez-vous",
    "ACCORD": "Accords recueillis",
    "COMMUNICATION": "Communications",
    "RETRAIT": "Accords retirés",
    "DEMARCHE": "Démarches",
    "DOMICILIATION": "Domiciliations",
    "RELAIS": "Relais",
    "RETOUR_POUR_PIECES": "Retours attendus avec des papiers",
    "RETOUR_AVEC_PIECES": "Retours avec des papiers",
}
"""Kinds of facts, in the words of the screens."""
CODE = re.compile(r"[A-Za-z0-9_-]{1,120}")


@dataclass(frozen=True)
class Reserve:
    """The numbers and lists of ``donnees/faits.yaml``."""

    population_minimale: int
    effectif_minimal: int
    sensibles: frozenset[str]
    genres: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class FaitDit:
    """A fact as it may be written.

    Attributes:
        commune: INSEE code, empty when it could tell who it was.
        jour: the day, or the first of its month for a sensitive need.
    """

    genre: str
    jour: date
    commune: str
    attributs: Mapping[str, str]


@cache
def reserve() -> Reserve:
    """Return what ``donnees/faits.yaml`` says."""
    brut: Any = lire_yaml(dossiers.donnees() / "faits.yaml")
    return Reserve(
        int(brut["population_minimale"]["valeur"]),
        int(brut["effectif_minimal"]["valeur"]),
        frozenset(brut["thematiques_sensibles"]["codes"]),
        {genre: frozenset(noms) for genre, noms in brut["genres"].items()},
    )


def dire(genre: str, *, jour: date, commune: str, population: int | None, attributs: Mapping[str, str]) -> FaitDit:
    """Return a fact with what could tell a person kept silent (T2, T3).

    Args:
        genre: a kind of ``donnees/faits.yaml``.
        commune: INSEE code, empty when not told.
        population: inhabitants of the commune; ``None`` when unknown, which is treated as few.
        attributs: codes by name; empty ones are left out.

    Raises:
        ValueError: unknown kind, attribute that this kind does not have, or a value that is not a code.
    """
    regles = reserve()
    permis = regles.genres.get(genre)
    if permis is None:
        raise ValueError(f"unknown kind of fact: {genre}")
    dits = {nom: code for nom, code in attributs.items() if code}
    fautifs = [nom for nom, code in dits.items() if nom not in permis or not CODE.fullmatch(code)]
    if fautifs:
        raise ValueError(f"{genre}: not a coded attribute of this kind: {', '.join(sorted(fautifs))}")
    sensible = not regles.sensibles.isdisjoint(dits.values())
    petite = population is None or population < regles.population_minimale
    return FaitDit(genre, jour.replace(day=1) if sensible else jour, "" if sensible or petite else commune, dits)


def montrable(nombre: int) -> bool:
    """Tell whether a number may be shown to who sees volumes only (T10)."""
    return nombre == 0 or nombre >= reserve().effectif_minimal
