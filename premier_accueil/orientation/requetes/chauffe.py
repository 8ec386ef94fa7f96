"""Have the index of the directory and the words ready before the first receptionist."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from django.db import connections

from premier_accueil.orientation.requetes.lecteur import prendre_le_lexique
from premier_accueil.orientation.requetes.memoire import memoire


def chauffer() -> bool:
    """Load both side by side: the database reads the directory while this process reads the words.

    Returns:
        as ``prendre_le_lexique``.

    Raises:
        DatabaseError: the database does not answer.
    """
    with ThreadPoolExecutor(1, "index-de-l-annuaire") as a_cote:
        index = a_cote.submit(_indexer)
        pris = prendre_le_lexique(premier=True)
        index.result()
    return pris


def _indexer() -> None:
    try:
        memoire()
    finally:
        connections.close_all()
