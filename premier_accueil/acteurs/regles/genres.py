"""Kinds of structures: stored codes never change, their names are dated (``donnees/genres.yaml``). No database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

from premier_accueil.socle import dossiers
from premier_accueil.socle.fichiers import lire_yaml


class GenreDeStructure(Enum):
    """Kind of a structure (S2: first and second circles of the network)."""

    EDS = "EDS"
    CCAS = "CCAS"
    CIAS = "CIAS"
    MAIRIE = "MAIRIE"
    FRANCE_SERVICES = "FRANCE_SERVICES"
    PIMMS = "PIMMS"
    ASSOCIATION = "ASSOCIATION"
    CAF = "CAF"
    CPAM = "CPAM"
    FRANCE_TRAVAIL = "FRANCE_TRAVAIL"
    MISSION_LOCALE = "MISSION_LOCALE"
    MDPH = "MDPH"
    POINT_CONSEIL_BUDGET = "POINT_CONSEIL_BUDGET"
    CENTRE_SOCIAL = "CENTRE_SOCIAL"
    BAILLEUR = "BAILLEUR"
    SANTE = "SANTE"
    JUSTICE = "JUSTICE"
    AUTRE = "AUTRE"

    @property
    def libelle(self) -> str:
        """Return the French words shown on screens: the name of today."""
        return genres()[self].libelle_au(date.max)

    @property
    def cercle(self) -> int:
        """Return the circle that the reference document gives to this kind, 1 or 2; a structure keeps its own."""
        return genres()[self].cercle


@dataclass(frozen=True)
class Genre:
    """What is known of a kind.

    Attributes:
        noms: (first day, last day, words), oldest first; kinds change names, MSAP became France services.
        cercle: 1 or 2.
        source: the text that places it there.
    """

    noms: tuple[tuple[date, date, str], ...]
    cercle: int
    source: str

    def libelle_au(self, jour: date) -> str:
        """Return its name on a day; the oldest known before."""
        return next((mots for du, au, mots in self.noms if du <= jour <= au), self.noms[0][2])


@cache
def genres() -> dict[GenreDeStructure, Genre]:
    """Return the kinds of ``donnees/genres.yaml``.

    Raises:
        ValueError, KeyError: a kind is missing, or the file is wrong.
    """
    brut: Any = lire_yaml(dossiers.donnees() / "genres.yaml")["genres"]
    return {g: _genre(brut[g.value]) for g in GenreDeStructure}


def _genre(brut: Any) -> Genre:
    noms = tuple((n.get("depuis", date.min), n.get("jusqu_a", date.max), str(n["libelle"])) for n in brut["noms"])
    if brut["cercle"] not in {1, 2}:
        raise ValueError(f"not a circle: {brut['cercle']}")
    return Genre(noms, int(brut["cercle"]), str(brut["source"]))


@cache
def cercles() -> dict[int, str]:
    """Return the words of the two circles (S2)."""
    brut: Any = lire_yaml(dossiers.donnees() / "genres.yaml")["cercles"]
    return {int(code): str(mots) for code, mots in brut.items()}
