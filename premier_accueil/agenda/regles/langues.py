"""The languages of a rule, as its structure writes them: « arabe, anglais », « portugais et espagnol »."""

from __future__ import annotations

import re

from premier_accueil.socle.texte import cle

ENTRE = re.compile(r"\s*(?:[,;/+]|\bet\b|\bou\b)\s*", re.IGNORECASE)


def langues_dites(texte: str) -> tuple[str, ...]:
    """Return the languages that a text names, each with its own letters.

    >>> langues_dites("Arabe, anglais et LSF")
    ('Arabe', 'anglais', 'LSF')
    """
    return tuple(dit for dit in ENTRE.split(texte.strip()) if dit)


def parle(dites: str, voulue: str) -> bool:
    """Tell whether one of the languages of a text is the one that is wanted, accents and capitals apart.

    >>> parle("Arabe, anglais", "ANGLAIS"), parle("arabe", "roumain"), parle("", "arabe")
    (True, False, False)
    """
    return cle(voulue) in {cle(dit) for dit in langues_dites(dites)}
