"""Kinds of structures: words, no database."""

from __future__ import annotations

from enum import Enum


class GenreDeStructure(Enum):
    """Kind of a structure (S2: first and second circles of the network)."""

    EDS = "EDS"
    CCAS = "CCAS"
    CIAS = "CIAS"
    MAIRIE = "MAIRIE"
    FRANCE_SERVICES = "FRANCE_SERVICES"
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
        """Return the French words shown on screens."""
        return LIBELLES_DE_GENRE[self]


LIBELLES_DE_GENRE = {
    GenreDeStructure.EDS: "Espace départemental des solidarités",
    GenreDeStructure.CCAS: "CCAS",
    GenreDeStructure.CIAS: "CIAS",
    GenreDeStructure.MAIRIE: "Mairie",
    GenreDeStructure.FRANCE_SERVICES: "France services",
    GenreDeStructure.ASSOCIATION: "Association",
    GenreDeStructure.CAF: "CAF",
    GenreDeStructure.CPAM: "CPAM",
    GenreDeStructure.FRANCE_TRAVAIL: "France Travail",
    GenreDeStructure.MISSION_LOCALE: "Mission locale",
    GenreDeStructure.MDPH: "MDPH",
    GenreDeStructure.POINT_CONSEIL_BUDGET: "Point conseil budget",
    GenreDeStructure.CENTRE_SOCIAL: "Centre social",
    GenreDeStructure.BAILLEUR: "Bailleur social",
    GenreDeStructure.SANTE: "Santé",
    GenreDeStructure.JUSTICE: "Justice et droit",
    GenreDeStructure.AUTRE: "Autre",
}
