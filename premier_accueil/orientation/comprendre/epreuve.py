"""Try a reader on sentences whose answer is known: shares of good answers, and which sentences were answered well."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from premier_accueil.orientation.comprendre.valeurs import Comprehension


class Comprend(Protocol):
    """Whatever understands a sentence."""

    def comprendre(self, texte: str) -> Comprehension:
        """Return what was understood."""


@dataclass(frozen=True)
class Cas:
    """One sentence: the needs it may mean (none: only its urgency counts), and the urgency it tells or ""."""

    texte: str
    codes: frozenset[str]
    urgence: str


@dataclass(frozen=True)
class Mesure:
    """Shares in 0..1 over a set of sentences.

    Attributes:
        phrases: sentences whose need is known.
        premier, trois: shares of them whose need comes first, among the first three.
        rappel: share of the urgent sentences that ring.
        precision: share of what rings that is urgent.
        comprises: sentences answered as they should: need among the first three, urgency rung, silence kept.
    """

    phrases: int
    premier: float
    trois: float
    rappel: float
    precision: float
    comprises: frozenset[str]


def lire(dossier: Path) -> tuple[Cas, ...]:
    """Read ``situations.tsv`` (text, needs, urgency) and ``urgences.tsv`` (text, urgency) of a folder.

    Raises:
        FileNotFoundError: one of them is missing.
    """
    cas = []
    for nom, sans_besoin in (("situations.tsv", []), ("urgences.tsv", [""])):
        for ligne in (dossier / nom).read_text(encoding="utf-8").splitlines():
            if ligne.strip() and not ligne.startswith("#"):
                texte, *suite = ligne.split("\t")
                codes, urgence = [*sans_besoin, *suite, "", ""][:2]
                cas.append(Cas(texte, frozenset(c.strip() for c in codes.split(",") if c.strip()), urgence.strip()))
    return tuple(cas)


def mesurer(lecteur: Comprend, cas: Sequence[Cas], *, avancer: Callable[[float], None] = lambda part: None) -> Mesure:
    """Return the shares of a reader over sentences.

    Args:
        avancer: told the share done, 0..1, after each sentence.
    """
    n = premier = trois = urgents = sonnes = vus = 0
    comprises = set()
    for rang, un in enumerate(cas, 1):
        reponse = lecteur.comprendre(un.texte)
        rendus, sonne = [t.code for t in reponse.thematiques], reponse.urgence is not None
        dans_trois = bool(set(rendus[:3]) & un.codes)
        if un.codes:
            n += 1
            premier += bool(set(rendus[:1]) & un.codes)
            trois += dans_trois
        urgents += bool(un.urgence)
        sonnes += sonne
        vus += sonne and bool(un.urgence)
        if (dans_trois or not un.codes) and sonne == bool(un.urgence):
            comprises.add(un.texte)
        avancer(rang / len(cas))
    return Mesure(n, _part(premier, n), _part(trois, n), _part(vus, urgents), _part(vus, sonnes), frozenset(comprises))


def _part(combien: int, sur: int) -> float:
    return combien / sur if sur else 1.0
