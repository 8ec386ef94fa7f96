"""Languages spoken in a service, French sign language among them (``donnees/langues.yaml``)."""

from __future__ import annotations

from functools import cache
from typing import Any

from premier_accueil.socle import dossiers
from premier_accueil.socle.fichiers import lire_yaml


@cache
def langues() -> dict[str, str]:
    """Return the French names of the languages by ISO code, in the order of lists; treat the dict as read-only."""
    brut: Any = lire_yaml(dossiers.donnees() / "langues.yaml")["langues"]
    return {str(code): str(nom) for code, nom in brut.items()}
