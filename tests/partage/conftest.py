"""What the tests of sharing start from."""

from __future__ import annotations

import pytest

from tests.partage.situations import Monde, monde


@pytest.fixture
def m(db) -> Monde:
    return monde()


@pytest.fixture
def messages(settings, monkeypatch):
    """Let every message leave at once, into a list."""
    partis: list = []
    settings.ENVOI = "fichier"
    monkeypatch.setattr("premier_accueil.socle.envoi.en_fichier", partis.append)
    monkeypatch.setattr("premier_accueil.socle.envoi.transaction.on_commit", lambda f: f())
    return partis
