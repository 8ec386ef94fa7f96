"""One short question when two needs are as likely as each other: the one that separates them best. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from premier_accueil.orientation.comprendre.lexique import CODES
from premier_accueil.socle import dossiers
from premier_accueil.socle.fichiers import lire_yaml


@dataclass(frozen=True)
class Reponse:
    """One answer: its words and the needs behind it."""

    dit: str
    vers: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """A question in plain French and its two or three answers."""

    demande: str
    reponses: tuple[Reponse, ...]


@dataclass(frozen=True)
class Choix:
    """An answer as a page offers it: touching it chooses ``code``, the likeliest of its needs."""

    dit: str
    code: str


@dataclass(frozen=True)
class QuestionPosee:
    """The question to ask and the answers to touch."""

    demande: str
    choix: tuple[Choix, ...]


@dataclass(frozen=True)
class Questions:
    """All questions of ``donnees/questions.yaml`` and when to ask one.

    Attributes:
        proches: share of the first need's score from which the second is near (0..1).
        net: score of the first need from which nothing is asked (0..1).
        gain_minimal: bits that a question must save to be worth asking.
    """

    proches: float
    net: float
    gain_minimal: float
    liste: tuple[Question, ...]


@cache
def questions() -> Questions:
    """Return what ``donnees/questions.yaml`` says, read once.

    Raises:
        ValueError: a question names an unknown need, has one answer only, or the same need behind two answers.
    """
    brut: Any = lire_yaml(dossiers.donnees() / "questions.yaml")
    liste = []
    for question in brut["questions"]:
        reponses = tuple(Reponse(str(r["dit"]), tuple(map(str, r["vers"]))) for r in question["reponses"])
        vers = [code for reponse in reponses for code in reponse.vers]
        if not set(vers) <= CODES or len(set(vers)) != len(vers) or not 2 <= len(reponses) <= 3:
            raise ValueError(f"questions.yaml: {question['demande']}")
        liste.append(Question(str(question["demande"]), reponses))
    return Questions(float(brut["proches"]), float(brut["net"]), float(brut["gain_minimal"]), tuple(liste))


def question_utile(scores: Mapping[str, float], regles: Questions) -> QuestionPosee | None:
    """Return the question that separates the likeliest needs best, ``None`` when there is nothing to ask.

    Nothing is asked when one need is clear or far ahead, or when no question tells the first two apart.

    Args:
        scores: need → score in 0..1, as heard; those that the agent settled left out.
    """
    rangs = sorted(scores.items(), key=lambda paire: (-paire[1], paire[0]))
    if len(rangs) < 2 or rangs[0][1] >= regles.net or rangs[1][1] < regles.proches * rangs[0][1]:
        return None
    premiers = {rangs[0][0], rangs[1][0]}
    utiles = [
        (gain(scores, question.reponses), -place)
        for place, question in enumerate(regles.liste)
        if sum(bool(premiers & set(r.vers)) for r in question.reponses) == 2
    ]
    if not utiles or max(utiles)[0] < regles.gain_minimal:
        return None
    return _posee(regles.liste[-max(utiles)[1]], scores)


def gain(scores: Mapping[str, float], reponses: Sequence[Reponse]) -> float:
    """Return the bits that an answer is expected to save: how evenly the answers share what they speak of.

    Args:
        scores: need → score, of any sum; needs of no answer stay as unsure as before, and save nothing.
    """
    masses = [m for r in reponses if (m := sum(scores.get(c, 0.0) for c in r.vers)) > 0]
    visee = sum(masses)
    return sum(m * math.log2(visee / m) for m in masses) / sum(scores.values()) if visee else 0.0


def _posee(question: Question, scores: Mapping[str, float]) -> QuestionPosee:
    choix = (
        Choix(r.dit, max(r.vers, key=lambda code: (scores.get(code, 0.0), code == r.vers[0])))
        for r in question.reponses
    )
    return QuestionPosee(question.demande, tuple(choix))
