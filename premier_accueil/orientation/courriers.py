"""A bag of letters is an entry too: who wrote, and the words that lead to the right service."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from premier_accueil.socle.dossiers import donnees
from premier_accueil.socle.fichiers import lire_yaml


@dataclass(frozen=True)
class Expediteur:
    """Somebody whose letters come up at the counter."""

    code: str
    libelle: str
    mots: str


@cache
def expediteurs() -> tuple[Expediteur, ...]:
    """Return the senders of donnees/courriers.yaml, in its order."""
    return tuple(Expediteur(**ligne) for ligne in lire_yaml(donnees() / "courriers.yaml")["expediteurs"])


def mots_du_courrier(codes: Collection[str]) -> str:
    """Return the words that stand for these senders, for the understanding."""
    return " . ".join(e.mots for e in expediteurs() if e.code in codes)
