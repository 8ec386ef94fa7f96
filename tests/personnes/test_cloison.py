"""The walls of the database: raw SQL as the plain role, whatever the application thinks."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection

pytestmark = pytest.mark.django_db


def test_chaque_table_du_dossier_a_une_structure_et_une_cloison():
    tables = [m._meta.db_table for m in apps.get_app_config("personnes").get_models()]
    assert len(tables) == 10
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT relname FROM pg_class c WHERE relname = ANY(%s) AND relrowsecurity AND relforcerowsecurity"
            " AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'structure_id')",
            [tables],
        )
        assert sorted(nom for (nom,) in curseur.fetchall()) == sorted(tables)
