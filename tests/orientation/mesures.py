"""Measure a reader on a file of sentences: shares of good answers, never the sentences themselves."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Mesure:
    """Shares in 0..1; ``phrases`` counts the sentences with at least one acceptable need."""

    phrases: int
    premier: float
    trois: float
    rappel: float
    precision: float


def lire(chemin: Path) -> list[tuple[str, frozenset[str], str]]:
    """Return (text, acceptable needs, urgency or "")."""
    cas = []
    for ligne in chemin.read_text(encoding="utf-8").splitlines():
        if ligne.strip() and not ligne.startswith("#"):
            texte, codes, motif = [*ligne.split("\t"), "", ""][:3]
            cas.append((texte, frozenset(c.strip() for c in codes.split(",") if c.strip()), motif.strip()))
    return cas


def mesurer(lecteur, chemin: Path) -> Mesure:
    """Return the aggregates of a reader on a file."""
    n = premier = trois = vus = urgents = sonnes = 0
    for texte, codes, motif in lire(chemin):
        reponse = lecteur.comprendre(texte)
        rendus = [t.code for t in reponse.thematiques]
        if codes:
            n += 1
            premier += bool(set(rendus[:1]) & codes)
            trois += bool(set(rendus[:3]) & codes)
        urgents += bool(motif)
        sonnes += reponse.urgence is not None
        vus += bool(motif) and reponse.urgence is not None
    return Mesure(n, premier / n, trois / n, vus / max(1, urgents), vus / max(1, sonnes))
