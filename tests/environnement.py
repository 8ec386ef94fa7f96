"""Point the settings at the tests' own state folder and database, before Django reads them (pytest -p)."""

from __future__ import annotations

import os
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
OUVRIER = os.environ.get("PYTEST_XDIST_WORKER", "seul")
SESSION = os.environ.setdefault("PREMIER_ACCUEIL_ESSAI", str(os.getpid()))  # the workers inherit it

os.environ["PREMIER_ACCUEIL_DOSSIER"] = os.environ.get("PREMIER_ACCUEIL_DOSSIER_DE_TEST", str(RACINE / ".base-de-test"))
os.environ["PREMIER_ACCUEIL_BASE"] = f"essai_{SESSION}_{OUVRIER}"
for variable in ("DATABASE_URL", "DATABASE_URL_PROPRIETAIRE", "PREMIER_ACCUEIL_DEMONSTRATION"):
    os.environ.pop(variable, None)
