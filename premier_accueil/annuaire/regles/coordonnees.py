"""Read a phone number or an e-mail address as people write them."""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers

# Two to six figures: 15, 115, 119, 3919, 3949, 116 006… They are answered in France only.
NUMERO_COURT = re.compile(r"^(?:15|17|18|1\d{2}|3\d{3}|10\d{2}|116\d{3}|118\d{3})$")


@lru_cache(maxsize=20000)
def telephone(texte: str) -> str | None:
    """Return a phone number as it is read aloud in France (``"02 40 98 02 23"``, ``"3919"``), ``None`` when it is none.

    Args:
        texte: any common way of writing one number.
    """
    chiffres = re.sub(r"[\s.\-]", "", texte)
    if NUMERO_COURT.match(chiffres):
        return chiffres if len(chiffres) < 6 else f"{chiffres[:3]} {chiffres[3:]}"
    try:
        numero = phonenumbers.parse(texte[:60], "FR")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(numero):
        return None
    genre = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(numero, genre.NATIONAL if numero.country_code == 33 else genre.INTERNATIONAL)
