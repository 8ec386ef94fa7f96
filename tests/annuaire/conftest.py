"""Fixtures of the directory: a few communes, small files."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.annuaire.fabriques import carre

A = datetime(2026, 11, 22, 15, 0, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture
def a() -> datetime:
    """A Sunday afternoon."""
    return A


@pytest.fixture
def communes(db):
    """Loireauxence with its former Varades, Ancenis, Paris."""
    from premier_accueil.territoire.models import Commune

    def faire(code, nom, cle, departement, postaux, **reste):
        return Commune.objects.create(
            code=code, genre=reste.pop("genre", "COM"), nom=nom, cle=cle, departement=departement,
            codes_postaux=postaux, **reste,
        )  # fmt: skip

    loireauxence = faire(
        "44213", "Loireauxence", "loireauxence", "44", ["44370"], latitude=47.39, longitude=-1.03,
        origine_du_point="MAIRIE", contour=carre(-1.1, 47.3, -0.9, 47.5),
        mairie={"adresse": "182 rue du Maréchal-Foch\n44370 Loireauxence", "telephone": "02 40 98 30 00",
                "horaires": "Mo-Fr 09:00-12:00"},
    )  # fmt: skip
    faire("44213", "Varades", "varades", "44", ["44370"], genre="COMD", parente=loireauxence)
    faire("44017", "Belligné", "belligne", "44", ["44370"], genre="COMD", parente=loireauxence)
    faire("44003", "Ancenis-Saint-Géréon", "ancenis saint gereon", "44", ["44150"], latitude=47.36, longitude=-1.17,
          contour=carre(-1.3, 47.3, -1.11, 47.45))  # fmt: skip
    faire("75056", "Paris", "paris", "75", ["75001", "75011"])
    return {c.code: c for c in Commune.objects.filter(genre="COM").order_by("pk")}


@pytest.fixture
def donnees_reelles() -> Path:
    """The folder of real data, or a skip."""
    racine = Path(__file__).resolve().parents[2]
    dossier = Path(os.environ.get("PA_DONNEES") or racine.parent / "shared" / "data")
    if not dossier.is_dir():
        pytest.skip("données réelles absentes (../shared/data ou PA_DONNEES)")
    return dossier
