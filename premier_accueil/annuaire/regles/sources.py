"""Numbers and words of the open directories that can be read, from the dated ``donnees/annuaire_sources.yaml``."""

from __future__ import annotations

from enum import Enum
from functools import cache
from typing import Any

from premier_accueil.socle import dossiers
from premier_accueil.socle.fichiers import lire_yaml


class GenreDeSource(Enum):
    """A format of file that the directory reads."""

    FRANCE_SERVICES = "FRANCE_SERVICES"
    DATA_INCLUSION = "DATA_INCLUSION"
    DILA = "DILA"
    MEDIATION_NUMERIQUE = "MEDIATION_NUMERIQUE"

    @property
    def libelle(self) -> str:
        """Return the French words shown on screens."""
        return {
            "FRANCE_SERVICES": "Liste des France services (ANCT)",
            "DATA_INCLUSION": "data·inclusion v1 (structures et services)",
            "DILA": "Annuaire de l'administration (DILA, CSV)",
            "MEDIATION_NUMERIQUE": "Médiation numérique de Maine-et-Loire (JSON)",
        }[self.value]


class Rythme(Enum):
    """How often a source is read again."""

    A_LA_DEMANDE = "A_LA_DEMANDE"
    JOUR = "JOUR"
    SEMAINE = "SEMAINE"
    MOIS = "MOIS"

    @property
    def libelle(self) -> str:
        """Return the French words shown on screens."""
        return {
            "A_LA_DEMANDE": "à la demande seulement",
            "JOUR": "chaque nuit",
            "SEMAINE": "chaque semaine",
            "MOIS": "chaque mois",
        }[self.value]

    @property
    def jours(self) -> int:
        """Return how many days pass between two readings; 0 when only asked for."""
        return int(table_des_sources()["rythmes"][self.value])


@cache
def table_des_sources() -> dict[str, Any]:
    """Return the whole table, read once."""
    table = lire_yaml(dossiers.donnees() / "annuaire_sources.yaml")
    assert isinstance(table, dict)
    return table


def prefixe_des_lieux(source: str, source_id: str) -> str:
    """Return what keeps the places of two merged entries apart, in at most 120 characters."""
    return f"{source}:{source_id}"[:119] + ":"
