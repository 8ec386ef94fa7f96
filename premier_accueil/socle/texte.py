"""One way to fold a text for comparison: the same in Python and in the database (``cle_de_tri``)."""

from __future__ import annotations

import re
import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss"})


def cle(texte: str) -> str:
    """Fold a text: no accent, lower case, only letters and digits separated by single spaces.

    >>> cle("Saint-Étienne-de-Mer-Morte")
    'saint etienne de mer morte'
    """
    plat = unicodedata.normalize("NFKD", texte.translate(LIGATURES))
    sans = "".join(c for c in plat if not unicodedata.combining(c)).lower()
    return re.sub(r"[^a-z0-9]+", " ", sans).strip()


def propre(texte: str) -> str:
    """Return a text that a database and a page accept: no NUL, no control character, no direction override.

    Line breaks are kept; the rest of the words is left as the person said it.
    """
    if texte.isprintable():  # neither control nor direction: looking at each letter of a long text would cost more
        return texte.strip()
    sans_controle = (
        c
        for c in texte.replace("\r\n", "\n")
        if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs", "Cn", "Co"}
    )
    return re.sub("[\u202a-\u202e\u2066-\u2069]", "", "".join(sans_controle)).strip()
