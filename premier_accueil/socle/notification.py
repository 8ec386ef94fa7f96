"""Tell the other processes that something moved, at commit, through LISTEN/NOTIFY. Never a word of a person."""

from __future__ import annotations

from django.db import connection

CANAL = "premier_accueil"


def prevenir(sujet: str, cle: int) -> None:
    """Send ``sujet:cle`` to every listening process when the running transaction commits.

    Args:
        sujet: what moved, e.g. ``file``.
        cle: key of the thing, e.g. the site of the queue.
    """
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_notify(%s, %s)", [CANAL, f"{sujet}:{cle}"])
