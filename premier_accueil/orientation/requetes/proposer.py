"""From words to ranked services: one read, a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from premier_accueil.orientation.requetes.vues import Propositions


def propositions(
    situation: str,
    *,
    commune: str | None,
    a: datetime,
    mode: str = "voiture",
    limite: int = 5,
    thematiques: Sequence[str] = (),
) -> Propositions:
    """Return the services that answer a situation told in the person's words, best first, each with its reasons.

    Args:
        situation: the words; never logged nor kept.
        commune: INSEE code of the commune the person speaks from, ``None`` when not told.
        a: aware time for which opening is judged.
        mode: "voiture", "pied", "velo" or "transport".
        limite: how many services at most.
        thematiques: codes chosen by the agent, added with score 1.

    Raises:
        ValueError: ``a`` has no time zone, or ``mode`` is unknown.
        LookupError: no such commune.
    """
    raise NotImplementedError
