"""The numbers that a sheet may show: those of ``donnees/urgences.yaml``, each checked on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from premier_accueil.socle import dossiers
from premier_accueil.socle.fichiers import lire_yaml


@dataclass(frozen=True)
class NumeroUtile:
    """A number to call or to text; ``verifie`` is the day it was last checked."""

    numero: str
    libelle: str
    verifie: date


@cache
def numeros_utiles() -> Mapping[str, NumeroUtile]:
    """Return every number of the file, by code."""
    brut: Any = lire_yaml(dossiers.donnees() / "urgences.yaml")["numeros"]
    return {str(code): NumeroUtile(str(n["numero"]), n["libelle"], n["verifie"]) for code, n in brut.items()}


def numeros_de(codes: Iterable[str]) -> tuple[NumeroUtile, ...]:
    """Return the numbers of some codes, in their order; a code that left the file is passed over."""
    tous = numeros_utiles()
    return tuple(tous[code] for code in codes if code in tous)
