"""The social security number is never asked and never kept: what looks like one is taken out."""

from __future__ import annotations

import re

REFUS_DU_NIR = "Le numéro de sécurité sociale n'est pas demandé ici : il a été retiré, le reste est gardé."

_S = r"[\s.\-_/]?"
# Sex, year, month (20, 62, 63 and 30 to 99 stand for incomplete civil status), département (2A, 2B, then 97 to 99),
# commune, order, then the control key or not. Source: décret n° 82-103 du 22 janvier 1982, article 4.
_CORPS = r"[123478]{s}\d\d{s}(?:0[1-9]|1[0-2]|[2-9]\d){s}(?:\d\d|2[ABab]){s}\d{{3}}{s}\d{{3}}(?:{s}\d\d?)?"
_GROUPE = re.compile(r"(?<!\d)" + _CORPS.format(s=_S) + r"(?!\d)")
# Grouped in any other way, it must be the whole run of digits and begin with the sex alone, or bear a right key:
# two telephone numbers, or a date and a postal code, are no such number.
_SUITE = re.compile(r"(?<![\w+])\d(?:[\s.\-_/]*(?:\d|(?<=2)[ABab](?=[\s.\-_/]*\d)))*(?![\s.\-_/]*\d)")
_SERRE = re.compile(_CORPS.format(s=""))


def sans_nir(texte: str) -> tuple[str, bool]:
    """Take out of a text what looks like a social security number (13 to 15 signs, with or without separators).

    Returns:
        the text without it, and whether there was one.
    """
    reste = _SUITE.sub(_enlever, _GROUPE.sub(" ", texte))
    return (texte, False) if reste == texte else (re.sub(r" {2,}", " ", reste).strip(), True)


def _enlever(suite: re.Match[str]) -> str:
    serre = re.sub(r"[\s.\-_/]", "", suite[0]).upper()
    if not _SERRE.fullmatch(serre):
        return suite[0]
    seul = not suite[0][1].isdigit()
    return " " if seul or (len(serre) == 15 and _cle_juste(serre)) else suite[0]


def _cle_juste(nir: str) -> bool:
    # Corsica: 2A counts as 19 and 2B as 18.
    corps = nir[:13].replace("2A", "19", 1).replace("2B", "18", 1)
    return corps.isdigit() and 97 - int(corps) % 97 == int(nir[13:])
