"""Pages are asked as a browser asks them, signed in as somebody of a structure."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from premier_accueil.acteurs.models import Compte
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.pages import entree
from tests import fabriques as f
from tests.pages.comptes import creer, plus_tard


@pytest.fixture(autouse=True)
def lundi_dix_heures(monkeypatch):
    """Hold the clock: Monday 23 November 2026, 10:00 in Paris."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: f.LUNDI_10H)
    assert entree.timezone.now() == f.LUNDI_10H


@pytest.fixture
def lieu(db):
    return f.site(f.structure(), "Pôle social")


@pytest.fixture
def compte(lieu) -> Compte:
    """Return a real account, with its password."""
    return creer(lieu.structure)


@pytest.fixture
def horloge_des_essais(monkeypatch, lundi_dix_heures) -> None:
    """Hold also the clock that django-axes took at import."""
    plus_tard(monkeypatch)


@pytest.fixture
def role(lieu):
    return f.agent(lieu.structure)


@pytest.fixture
def guichet(role) -> Client:
    return connecte(role)


def connecte(role) -> Client:
    client = Client()
    client.force_login(Compte.objects.get(pk=role.compte_id))
    return client


@pytest.fixture
def clients(lieu):
    """Return a signed-in client for any function."""
    return lambda fonction: connecte(f.agent(lieu.structure, Fonction(fonction)))


@pytest.fixture
def envois(settings, tmp_path, monkeypatch):
    """Return the messages that left."""
    settings.ENVOI = "fichier"
    monkeypatch.setattr("premier_accueil.socle.envoi.dossier_des_envois", lambda: tmp_path / "envois")
    return lambda: [json.loads(x.read_text()) for x in sorted((tmp_path / "envois").glob("*.json"))]
