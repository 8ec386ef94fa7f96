"""A request that reads writes nothing but the journal: every statement is looked at."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

LECTURES = frozenset({"GET", "HEAD", "OPTIONS"})
ECRITURE = re.compile(r"\b(INSERT|UPDATE|DELETE|MERGE|TRUNCATE|ALTER|CREATE|DROP|COPY)\b", re.IGNORECASE)
# The journal of accesses, the heads of its chains, the months it seals, and nothing else.
JOURNAL = re.compile(
    r'^\s*(INSERT\s+INTO|UPDATE|WITH tete AS \(UPDATE)\s+"?(socle_acces|socle_tete|socle_segment)\b', re.IGNORECASE
)


class EcritureEnLecture(RuntimeError):
    """A page asked by GET tried to write something else than the journal."""


def lecture_seule(executer: Callable[..., Any], ordre: Any, parametres: Any, plusieurs: bool, contexte: Any) -> Any:
    """Refuse, for a GET, every statement that writes elsewhere than in the journal."""
    texte = str(ordre)
    if not texte.lstrip().upper().startswith("SELECT") and ECRITURE.search(texte) and not JOURNAL.match(texte):
        raise EcritureEnLecture(texte.split(" (", maxsplit=1)[0][:120])
    return executer(ordre, parametres, plusieurs, contexte)
