"""Many rows at once: COPY is refused to the plain role on a walled table, so arrays are unfolded instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import connection, models


def cles(modele: type[models.Model], combien: int) -> list[int]:
    """Draw keys for rows to come, so that their children can be written without asking."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [modele._meta.db_table, combien],
        )
        return [cle for (cle,) in curseur.fetchall()]


def inserer(modele: type[models.Model], colonnes: Mapping[str, Sequence[Any]], **partout: Any) -> None:
    """Insert rows given as columns, in one statement, under the walls of the current transaction.

    Args:
        modele: the table.
        colonnes: values by attribute (``structure_id``, not ``structure``), all of one length; JSON as text.
        **partout: attributes whose value is the same on every row. What is given nowhere takes its field's default.

    Raises:
        FieldDoesNotExist: no such attribute.
    """
    inconnus = {*colonnes, *partout} - {champ.attname for champ in modele._meta.concrete_fields}
    if inconnus:
        raise FieldDoesNotExist(f"{modele._meta.label}: {', '.join(sorted(inconnus))}")
    lus: list[tuple[str, str]] = []
    tableaux, noms, valeurs, fixes = [], [], [], []
    for champ in modele._meta.concrete_fields:
        genre = str(champ.rel_db_type(connection) if champ.is_relation else champ.db_type(connection))
        if champ.attname in colonnes:
            tableaux.append(f"%s::{'text' if genre == 'jsonb' else genre}[]")
            valeurs.append(list(colonnes[champ.attname]))
            noms.append(str(champ.column))
            lus.append((str(champ.column), f"lot.{champ.column}::{genre}"))
        elif not champ.primary_key:
            fixe = partout[champ.attname] if champ.attname in partout else champ.get_default()
            fixes.append(champ.get_db_prep_save(fixe, connection))
            lus.append((str(champ.column), f"%s::{genre}"))
    with connection.cursor() as curseur:
        curseur.execute(
            f"INSERT INTO {modele._meta.db_table} ({', '.join(nom for nom, _ in lus)})"  # noqa: S608 - our names
            f" SELECT {', '.join(valeur for _, valeur in lus)}"
            f" FROM unnest({', '.join(tableaux)}) AS lot ({', '.join(noms)})",
            [*fixes, *valeurs],
        )
