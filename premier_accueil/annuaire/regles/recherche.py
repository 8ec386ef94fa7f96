"""What a professional may ask of the directory, and how far a journey of so many minutes goes. No database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from functools import cache, lru_cache

from data_inclusion.schema import v1

from premier_accueil.annuaire.regles.emploi import Moment
from premier_accueil.annuaire.regles.langues import langues
from premier_accueil.annuaire.regles.lieux import FAITS_DU_LIEU
from premier_accueil.territoire.regles import Mode, trajet

RAYON_KM = 30
"""Radius around a commune when none is asked, crow-fly kilometres."""
RAYONS = (5, 10, 20, 30, 50, 100)
MINUTES = (15, 30, 45, 60)
PORTES_CCAS = frozenset({"CCAS", "CIAS"})
"""Kinds set aside by "une autre porte que le CCAS", with what is held in their rooms."""


@dataclass(frozen=True)
class Criteres:
    """What is asked; empty asks nothing. Unknown never answers "no": such an entry comes after, to be checked.

    Attributes:
        mots: words of a name, a structure, a theme, a description, a commune.
        theme: code of a thématique or of a family of them.
        commune: INSEE code to measure from; empty: the département of who asks.
        rayon_km: crow-fly; not read when ``minutes`` is given.
        minutes: travel time by ``mode``, an estimate.
        ouvert_a: open at this moment.
        canal: a data·inclusion ``modes_accueil``.
        acces: columns of ``FAITS_DU_LIEU`` that must be true.
        emploi: at least one of these moments.
        hors_ccas: another door than the CCAS.
    """

    mots: str = ""
    theme: str = ""
    public: str = ""
    commune: str = ""
    rayon_km: int = RAYON_KM
    minutes: int | None = None
    mode: str = Mode.VOITURE.value
    ouvert_a: datetime | None = None
    canal: str = ""
    acces: frozenset[str] = frozenset()
    langue: str = ""
    emploi: frozenset[Moment] = frozenset()
    hors_ccas: bool = False

    def portee_km(self) -> float:
        """Return how far to look around the commune, crow-fly kilometres."""
        return portee_km(self.minutes, self.mode) if self.minutes else float(self.rayon_km)


RELACHABLES: Mapping[str, str] = {
    "ouvert_a": "le jour et l'heure",
    "emploi": "les horaires pour qui travaille",
    "acces": "l'accessibilité",
    "langue": "la langue",
    "canal": "la façon de recevoir",
    "minutes": "le temps de trajet",
    "hors_ccas": "« une autre porte que le CCAS »",
    "public": "le public",
    "theme": "la thématique",
    "mots": "les mots",
}
"""What may be let go of, most precise first: said when nothing answers."""


def a_relacher(c: Criteres) -> tuple[tuple[str, str], ...]:
    """Return (field, words) of what is asked and could be let go of."""
    vides = Criteres()
    return tuple((nom, mots) for nom, mots in RELACHABLES.items() if getattr(c, nom) != getattr(vides, nom))


def sans(c: Criteres, nom: str) -> Criteres:
    """Return the same search without one of its criteria."""
    assert nom in {f.name for f in fields(Criteres)}
    return replace(c, **{nom: getattr(Criteres(), nom)})


@lru_cache(maxsize=64)
def portee_km(minutes: int, mode: str) -> float:
    """Return the longest crow-fly distance, in kilometres, that the estimate covers in so many minutes; 0 if none.

    >>> portee_km(30, "voiture") > portee_km(15, "voiture") > portee_km(15, "pied") > 0
    True
    """
    bas, haut = 0.0, 300.0
    while haut - bas > 0.01:
        milieu = (bas + haut) / 2
        voyage = trajet(milieu, mode)
        if voyage is not None and voyage.minutes <= minutes:
            bas = milieu
        else:
            haut = milieu
    return bas


@cache
def themes() -> Mapping[str, str]:
    """Return the words of the families and of the thématiques, by code, each family before its own."""
    sortie: dict[str, str] = {}
    for famille in v1.Categorie:
        sortie[str(famille.value)] = str(famille.label)
        sortie |= {str(t.value): str(t.label) for t in v1.Thematique if famille_de(str(t.value)) == famille.value}
    return sortie


def famille_de(theme: str) -> str:
    """Return the family of a thématique; a family is its own."""
    return theme.split("--", maxsplit=1)[0]


def thematiques_de(theme: str) -> list[str]:
    """Return the codes that a theme covers: itself, or all those of a family."""
    return [code for code in themes() if code == theme or famille_de(code) == theme]


@cache
def publics() -> Mapping[str, str]:
    """Return the words of each public, by code."""
    return {str(p.value): str(p.label) for p in v1.Public}


@cache
def canaux() -> Mapping[str, str]:
    """Return the words of each way of receiving, by code."""
    return {str(m.value): str(m.label) for m in v1.ModeAccueil}


def criteres_connus(c: Criteres) -> bool:
    """Tell whether every code of a search exists: what a hand-made form sends may not."""
    return (
        (not c.theme or c.theme in themes())
        and (not c.public or c.public in publics())
        and (not c.canal or c.canal in canaux())
        and (not c.langue or c.langue in langues())
        and c.acces <= FAITS_DU_LIEU.keys()
    )
