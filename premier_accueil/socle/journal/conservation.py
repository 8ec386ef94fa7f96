"""Which registers there are, and how long each one is kept (``donnees/conservation.yaml``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django.apps import apps

from premier_accueil.socle import dossiers
from premier_accueil.socle.fichiers import lire_yaml
from premier_accueil.socle.journal.chaine import mois_de
from premier_accueil.socle.models import Maillon


@dataclass(frozen=True)
class Conservation:
    """How long a register is kept, and who says so."""

    libelle: str
    mois: int
    source: str


def registres() -> dict[str, type[Maillon]]:
    """Return every register of the product by name: the subclasses of ``Maillon``, wherever they live."""
    return {m.registre: m for m in apps.get_models() if issubclass(m, Maillon)}


@cache
def conservations() -> dict[str, Conservation]:
    """Return the term of each register, by name."""
    contenu = lire_yaml(dossiers.donnees() / "conservation.yaml")
    return {nom: Conservation(d["libelle"], d["mois"], d["source"]) for nom, d in contenu["registres"].items()}


def au_terme(registre: str, mois: date, a: datetime) -> bool:
    """Tell whether the last line that a month may hold has reached its term.

    Args:
        registre: name of the register.
        mois: first day of the month.
        a: when one asks.
    """
    ici = mois_de(a)
    ecoules = (ici.year - mois.year) * 12 + ici.month - mois.month
    return ecoules > conservations()[registre].mois
