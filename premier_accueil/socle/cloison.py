"""Row-level security: the second barrier. The database itself shows a structure its own rows and nothing else.

Who asks is told to the database inside the transaction that asks: a structure and a mission for people, the name of a
nightly job (``tache``), or a secret held by a partner or an inhabitant (``jeton``). No setting: no row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, migrations, transaction

REGLAGES = ("structure", "mission", "tache", "jeton")


def situer(
    *, structure: int | None = None, mission: int | None = None, tache: str = "", jeton: str = ""
) -> tuple[str, ...]:
    """Tell the database who asks, until the end of the current transaction; return what it knew before.

    Args:
        structure: key of the structure one works in.
        mission: key of the mission one works under.
        tache: name of a nightly job.
        jeton: the secret of a link or a code.
    """
    return _regler(("" if structure is None else str(structure), "" if mission is None else str(mission), tache, jeton))


@contextmanager
def situation(
    *, structure: int | None = None, mission: int | None = None, tache: str = "", jeton: str = ""
) -> Iterator[None]:
    """Open a transaction in which the database knows who asks, and forget it on the way out."""
    with transaction.atomic():
        avant = situer(structure=structure, mission=mission, tache=tache, jeton=jeton)
        yield
        _regler(avant)


def _regler(valeurs: Sequence[str]) -> tuple[str, ...]:
    avant = ", ".join(f"coalesce(current_setting('premier_accueil.{nom}', true), '')" for nom in REGLAGES)
    regles = ", ".join(f"set_config('premier_accueil.{nom}', %s, true)" for nom in REGLAGES)
    with connection.cursor() as curseur:
        # The old values are read first, in a list of their own: an order of evaluation is not to be relied upon.
        curseur.execute(
            f"WITH avant AS MATERIALIZED (SELECT {avant}) SELECT avant.*, {regles} FROM avant",  # noqa: S608 - our names
            list(valeurs),
        )
        return tuple(curseur.fetchone()[: len(REGLAGES)])


def cloisonner(
    table: str,
    *,
    colonne: str = "structure_id",
    lecture: str = "",
    changement: str = "",
    taches: Sequence[str] = (),
    taches_qui_ecrivent: Sequence[str] = (),
    ajout_seul: bool = False,
) -> migrations.RunSQL:
    """Return the migration that walls a table in: FORCE, one policy to read and one to write.

    Args:
        table: its name; ``colonne`` is the structure that owns the row.
        lecture: SQL condition that lets somebody else read a row too (the sender of a copy, the holder of a link).
        changement: SQL condition that lets somebody else change a row too.
        taches: nightly jobs that read every structure's rows.
        taches_qui_ecrivent: nightly jobs that also write and destroy them.
        ajout_seul: rows are never changed nor destroyed by the application, named jobs apart.
    """
    siennes = f"{colonne} = pa_structure()"
    lisent = _ou(siennes, lecture, _par_tache([*taches, *taches_qui_ecrivent]))
    ecrivent = _ou(siennes, _par_tache(taches_qui_ecrivent))
    detruisent = _ou(_par_tache(taches_qui_ecrivent)) if ajout_seul else ecrivent
    changent = _ou(detruisent, changement)
    return migrations.RunSQL(
        [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY lecture ON {table} FOR SELECT USING ({lisent})",
            f"CREATE POLICY ajout ON {table} FOR INSERT WITH CHECK ({ecrivent})",
            f"CREATE POLICY changement ON {table} FOR UPDATE USING ({changent}) WITH CHECK ({changent})",
            f"CREATE POLICY destruction ON {table} FOR DELETE USING ({detruisent})",
        ],
        [
            *[f"DROP POLICY {nom} ON {table}" for nom in ("lecture", "ajout", "changement", "destruction")],
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        ],
    )


def _par_tache(taches: Sequence[str]) -> str:
    return f"pa_tache() IN ({', '.join(repr(t) for t in sorted(set(taches)))})" if taches else ""


def _ou(*conditions: str) -> str:
    return " OR ".join(f"({c})" for c in conditions if c) or "false"
