"""The calendar feed (RFC 5545): when one is taken, never with whom nor why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from icalendar import Calendar, Event

PRODUIT = "-//Premier Accueil//agenda//FR"
TITRE = "Rendez-vous"


def calendrier(rendez_vous: Iterable[tuple[str, datetime, datetime]], a: datetime) -> bytes:
    """Return a calendar whose every event says « Rendez-vous » and nothing else.

    Args:
        rendez_vous: (opaque identifier, begin, end), aware.
        a: when it is made.
    """
    agenda = Calendar()
    agenda.add("prodid", PRODUIT)
    agenda.add("version", "2.0")
    agenda.add("method", "PUBLISH")
    for uid, debut, fin in rendez_vous:
        evenement = Event()
        evenement.add("uid", f"{uid}@premier-accueil")
        evenement.add("dtstamp", a.astimezone(UTC))
        evenement.add("dtstart", debut.astimezone(UTC))
        evenement.add("dtend", fin.astimezone(UTC))
        evenement.add("summary", TITRE)
        evenement.add("class", "PRIVATE")
        agenda.add_component(evenement)
    contenu: bytes = agenda.to_ical()
    return contenu
