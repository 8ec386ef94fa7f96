"""Know whether the directory changed since it was last read."""

from __future__ import annotations

from django.db import connection


def edition() -> tuple[str, int, int]:
    """Return what changes with every committed change of the directory; one short query, to compare for equality.

    The sum beside the maximum sees a transaction that took its number first and committed last.
    """
    with connection.cursor() as curseur:
        curseur.execute("SELECT coalesce(max(id), 0), coalesce(sum(id), 0) FROM annuaire_edition")
        dernier, somme = curseur.fetchone()
    return str(connection.settings_dict["NAME"]), int(dernier), int(somme)
