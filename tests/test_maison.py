"""The house holds: every rule of the plan that a machine can check."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parent.parent


def fichiers_suivis() -> list[Path]:
    """Return the files that git tracks."""
    sortie = subprocess.run(["git", "ls-files", "-z"], cwd=RACINE, capture_output=True, text=True, check=True).stdout
    return [RACINE / nom for nom in sortie.split("\0") if nom and (RACINE / nom).is_file()]


def test_aucun_fichier_python_ne_depasse_300_lignes():
    longs = {
        str(f.relative_to(RACINE)): n
        for f in fichiers_suivis()
        if f.suffix == ".py" and "migrations" not in f.parts and (n := len(f.read_text().splitlines())) > 300
    }
    assert not longs


@pytest.mark.django_db
def test_le_role_de_l_application_est_simple():
    from django.db import connection

    with connection.cursor() as curseur:
        curseur.execute("SELECT rolsuper, rolbypassrls, rolcreatedb FROM pg_roles WHERE rolname = current_user")
        assert curseur.fetchone() == (False, False, False)
