"""Names of places that the words say one lives in; whether such a commune exists is for the directory to tell."""

from __future__ import annotations

import re
from collections.abc import Iterator

NOMS_LUS = 6
"""Names tried at most."""
MOTS_DU_NOM = 5
_VERBES = (
    r"(?:habit\w+|h[ée]berg[ée]e?s?|log\w+|domicili[ée]e?s?|vi[st]|vivons|vivent|vivait|dors|dort|install[ée]e?s?|emm[ée]nag\w+"
    r"|(?:je|on|nous)\s+(?:suis|est|sommes|viens|vient|venons))"
)
_VIT = re.compile(
    rf"\b{_VERBES}\s+(?:(?:actuellement|maintenant|toujours|seule?|tous|toute|depuis\s+\S+\s+\S+)\s+)?"
    r"(?:à|aux|au|a|sur|en|du|de|d['’]|dans\s+le\s+bourg\s+de|près\s+de|pres\s+de|à\s+côté\s+de)(?:\s+|(?<=['’]))([^.,;!?\n()]{2,60})",
    re.IGNORECASE,
)
_COMMUNE = re.compile(
    r"\b(?:commune|village|bourg|ville|mairie)\s+(?:de|du|d['’])\s*([^.,;!?\n()]{2,60})", re.IGNORECASE
)
_POSTAL = re.compile(r"(?<!\d)(\d{5})(?!\d)")


def lieux(texte: str) -> tuple[str, ...]:
    """Return what may be the name of the commune one lives in, longest readings first.

    Only what follows a word of dwelling is read ("j'habite à…", "commune de…"): where one works, or was born, is not
    where one lives. A postal code is read as it is.

    Args:
        texte: as typed.
    """
    return tuple(dict.fromkeys(_noms(texte)))[: NOMS_LUS * 2]


def _noms(texte: str) -> Iterator[str]:
    for motif in (_VIT, _COMMUNE):
        for trouve in motif.finditer(texte):
            mots = trouve[1].split()[:MOTS_DU_NOM]
            for fin in range(len(mots), 0, -1):
                yield " ".join(mots[:fin])
    yield from (trouve[1] for trouve in _POSTAL.finditer(texte))
