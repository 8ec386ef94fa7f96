"""Write: what the territory has no answer for."""

from __future__ import annotations

from datetime import datetime

from premier_accueil.orientation.models import Manque
from premier_accueil.socle.horloge import jour_local


def noter_manque(*, thematique: str, commune_id: int | None, a: datetime) -> None:
    """Note a need without an answer here: theme, commune and day only — no person, no structure, no words.

    Args:
        thematique: code of the need; empty when the need was not recognised.
        commune_id: key of the commune the need was heard from; ``None`` when not told.
        a: aware time of the visit; only its day is kept.

    Raises:
        ValueError: ``a`` has no time zone.
    """
    if a.tzinfo is None:
        raise ValueError("noter_manque needs an aware time.")
    Manque.objects.create(thematique=thematique, commune_id=commune_id, jour=jour_local(a))
