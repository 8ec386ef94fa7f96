"""Life domains, who was there, and the numbers of the interview: read from dated files, never written in code."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import time
from functools import cache
from typing import Any

from premier_accueil.socle import dossiers
from premier_accueil.socle.fichiers import lire_yaml


@dataclass(frozen=True)
class Domaine:
    """A domain of life; ``questions`` are for the worker's memory, ``vers`` the categories of needs it holds.

    Attributes:
        seul_a_seul: better opened without the relatives (T21).
    """

    code: str
    libelle: str
    questions: tuple[str, ...]
    vers: frozenset[str]
    seul_a_seul: bool


@dataclass(frozen=True)
class Present:
    """Somebody who may be in the room; ``refus`` says why the interview cannot go on so, empty when it can."""

    code: str
    libelle: str
    discret: bool = False
    refus: str = ""


@dataclass(frozen=True)
class Reglages:
    """The numbers of ``donnees/entretien.yaml``.

    Attributes:
        mois: months after the first meeting, by rank of the meeting.
        rencontres_au_plus: meetings that are not an accompaniment yet (S4).
        heure: proposed when the first meeting was held at no hour of reception.
        accueil: first and last hours of reception.
        jours_fermes: weekdays without reception, Monday is 0.
    """

    mois: Mapping[int, int]
    rencontres_au_plus: int
    heure: time
    accueil: tuple[time, time]
    jours_fermes: frozenset[int]
    promesse_jours: int


@cache
def domaines() -> tuple[Domaine, ...]:
    """Return the life domains, in the order of the file."""
    brut: Any = lire_yaml(dossiers.donnees() / "domaines_de_vie.yaml")
    return tuple(
        Domaine(
            code, d["libelle"], tuple(d["questions"]), frozenset(d["vers"]), bool(d.get("seul_a_seul")),
        )
        for code, d in brut["domaines"].items()
    )  # fmt: skip


@cache
def presents() -> tuple[Present, ...]:
    """Return who may be in the room, in the order of the file."""
    return tuple(Present(code, **p) for code, p in _entretien()["presents"].items())


@cache
def reglages() -> Reglages:
    """Return the numbers of the interview."""
    brut = _entretien()
    return Reglages(
        mois={int(rang): int(mois) for rang, mois in brut["points_de_situation"]["mois"].items()},
        rencontres_au_plus=int(brut["accompagnement"]["rencontres_au_plus"]),
        heure=time.fromisoformat(brut["heure_proposee"]),
        accueil=(time.fromisoformat(brut["heures_d_accueil"][0]), time.fromisoformat(brut["heures_d_accueil"][1])),
        jours_fermes=frozenset(brut["jours_fermes"]),
        promesse_jours=int(brut["promesse_jours"]),
    )  # fmt: skip


@cache
def _entretien() -> Any:
    return lire_yaml(dossiers.donnees() / "entretien.yaml")


def refus_des_presents(codes: Collection[str]) -> str:
    """Say why the interview cannot go on with who is there; empty when it can (T21).

    Args:
        codes: codes of the file; an empty list is allowed: nothing is compulsory.
    """
    connus = {p.code: p for p in presents()}
    if not connus.keys() >= set(codes):
        return "Choisissez qui était là dans la liste."
    refus = next((p.refus for p in presents() if p.code in codes and p.refus), "")
    if refus:
        return refus
    if "SEULE" in codes and any(not connus[c].discret for c in codes):
        return "La personne ne peut pas être à la fois seule et avec un proche : corrigez qui était là."
    return ""


def a_demander_seule(*, codes: Collection[str], ouverts: Collection[str]) -> bool:
    """Tell whether a domain better opened alone was opened in front of relatives (T21): a gentle reminder, no refusal.

    Args:
        codes: who was there.
        ouverts: codes of the domains opened.
    """
    connus = {p.code: p for p in presents()}
    sensibles = {d.code for d in domaines() if d.seul_a_seul}
    return bool(sensibles & set(ouverts)) and any(c in connus and not connus[c].discret for c in codes)
