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
