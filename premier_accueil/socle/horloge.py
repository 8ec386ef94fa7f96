"""Days and hours as people live them. The present is always handed down, never asked here."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def jour_local(a: datetime) -> date:
    """Return the calendar day of an instant in the installation's time zone."""
    return timezone.localtime(a).date()
