"""The application's statements are planned once per connection."""

from __future__ import annotations

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def test_un_ordre_repete_est_prepare():
    with connection.cursor() as curseur:
        for n in range(7):
            curseur.execute("SELECT %s::int + 4217", [n])
        curseur.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%4217%%'")
        assert curseur.fetchone()[0] >= 1
