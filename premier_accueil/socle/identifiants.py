"""Identifiers that stay the same everywhere, drawn from what a producer calls its rows. No framework."""

from __future__ import annotations

from hashlib import md5
from uuid import UUID

VARIANTE, VARIANTE_PAIRE = "8", "b"


def identifiant(genre: str, *cles: str) -> UUID:
    """Return the identifier of a thing: the same keys give the same one, on any machine, after any reload.

    A UUID of version 8 (RFC 9562, section 5.8: custom), whose bits come from the MD5 of ``genre:key:key…``: the
    database computes it too (``socle.index.Identifiant``), so that a row is found by it without storing it.

    >>> str(identifiant("service", "essai", "essai--v1"))
    '13b5007f-ab37-82b4-843b-e5fd60231f06'
    """
    h = md5(":".join((genre, *cles)).encode(), usedforsecurity=False).hexdigest()
    return UUID(f"{h[:12]}8{h[13:16]}{VARIANTE}{h[17:]}")


def paire(premier: UUID, second: UUID) -> UUID:
    """Return the identifier of two things together: the first half of one, the second half of the other."""
    return UUID(f"{premier.hex[:16]}{VARIANTE_PAIRE}{second.hex[17:]}")


def bornes(cle: UUID) -> tuple[UUID, UUID]:
    """Return between which identifiers lies the first thing of a pair."""
    return UUID(f"{cle.hex[:16]}{'0' * 16}"), UUID(f"{cle.hex[:16]}{'f' * 16}")
