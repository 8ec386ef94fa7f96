"""What understanding a sentence gives: frozen values, no framework."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Niveau = Literal["VITALE", "IMMEDIATE", "ELEVEE"]
NIVEAUX: tuple[Niveau, ...] = ("VITALE", "IMMEDIATE", "ELEVEE")


@dataclass(frozen=True)
class Numero:
    """A number to call or to text, with the French words that say when."""

    numero: str
    libelle: str


@dataclass(frozen=True)
class Urgence:
    """An urgency sheet, before any list of services.

    Attributes:
        niveau: "VITALE" (a life is at stake), "IMMEDIATE" (today), "ELEVEE" (soon, or to be checked by talking).
        motif: stable upper-case code, e.g. "VIOLENCE".
        conduite: short plain French sentences for the person at the counter.
        thematiques: needs that this urgency opens by itself.
    """

    niveau: Niveau
    motif: str
    libelle: str
    numeros: tuple[Numero, ...]
    conduite: tuple[str, ...]
    thematiques: tuple[str, ...] = ()


@dataclass(frozen=True)
class ScoreThematique:
    """A need that was heard; ``score`` in 0..1."""

    code: str
    score: float


@dataclass(frozen=True)
class Terme:
    """Words recognised, as the person said them, and the needs they point at."""

    expression: str
    thematiques: tuple[str, ...]


@dataclass(frozen=True)
class FaitPropose:
    """A fact that the words suggest: a chip to confirm, nothing before that.

    Attributes:
        genre: "AGE", "ENFANTS", "GROSSESSE", "TRAVAIL", "LOGEMENT", "RESSOURCES", "DEPLACEMENT" or "CONCERNE".
        valeur: code of the value, such as "34" or "SANS_EMPLOI".
        libelle: the fact in French words.
        dits: words of the person that told it; empty when read back from a code.
        publics: data·inclusion publics that it indicates **once confirmed**.
    """

    genre: str
    valeur: str
    libelle: str
    dits: tuple[str, ...] = ()
    publics: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """Return the code that a page sends back."""
        return f"{self.genre}:{self.valeur}"


@dataclass(frozen=True)
class Comprehension:
    """What was understood of a text.

    Attributes:
        thematiques: needs, most likely first; empty when nothing was understood.
        publics: data·inclusion publics that the words suggest (never a proof).
        compris: ``False`` when nothing in it is reliable: ask again rather than propose.
    """

    urgence: Urgence | None
    thematiques: tuple[ScoreThematique, ...]
    termes: tuple[Terme, ...]
    publics: tuple[str, ...]
    compris: bool
