"""Arithmetic of days as people count them. Pure: the present is handed down."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

PARIS = ZoneInfo("Europe/Paris")


def plus_tard(depart: datetime, *, annees: int = 0, mois: int = 0) -> datetime:
    """Return the same local day and hour some years and months later, the last day of a shorter month (T11).

    Args:
        depart: aware; a negative shift goes back.
    """
    return depart.astimezone(PARIS) + relativedelta(years=annees, months=mois)
