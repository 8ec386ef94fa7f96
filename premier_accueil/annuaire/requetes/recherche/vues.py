"""Frozen answers of the search."""

from __future__ import annotations

from dataclasses import dataclass

from premier_accueil.annuaire.regles.emploi import Moment
from premier_accueil.annuaire.requetes.vues import PermanenceVue
from premier_accueil.territoire.regles import Trajet


@dataclass(frozen=True)
class Resultat:
    """One service that answers, by the way that answers best.

    Attributes:
        numero: its place in the list, as on the map.
        a_verifier: something that was asked is not known of it: to be checked by a call, never a "no".
        a_confirmer: nobody vouched for it lately (T15).
        trajet: travel estimate from the commune asked; ``None`` without one, or beyond reach.
        emploi: moments compatible with a job.
    """

    numero: int
    service_id: int
    service: str
    structure_id: int
    structure: str
    genre: str
    exemple: bool
    description: str
    telephone: str
    permanence: PermanenceVue | None
    km: float | None
    trajet: Trajet | None
    a_verifier: bool
    a_confirmer: bool
    langues: tuple[str, ...]
    emploi: tuple[Moment, ...]


@dataclass(frozen=True)
class Reponse:
    """A page of answers.

    Attributes:
        nombre: how many answer in all; ``trop`` when there are more than could be read.
        a_verifier: how many of them lack something that was asked.
        pages, page: from 1.
        compris: (typed, read as) of misspelt words.
        ou: the place that was searched, in words; empty: everywhere.
    """

    resultats: tuple[Resultat, ...]
    nombre: int
    trop: bool
    a_verifier: int
    page: int
    pages: int
    compris: tuple[tuple[str, str], ...]
    ou: str
