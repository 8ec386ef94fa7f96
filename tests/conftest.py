"""A severe house: warnings are errors, missing template variables fail, unordered queries come back shuffled.

Tests connect with the plain application role, as the product does. One template database is migrated by the owner, once
for all runs; each worker, and each test that commits for real, gets a clone of it.
"""

from __future__ import annotations

import hashlib
import os
import random
from collections.abc import Iterator

import pytest

from tests.environnement import OUVRIER, RACINE, SESSION


def pytest_configure(config: pytest.Config) -> None:
    """Start the embedded server before Django reads its settings."""
    from premier_accueil.socle import dossiers
    from premier_accueil.socle.base import Serveur

    Serveur(dossiers.etat(), durable=False).demarrer()


LONGS = ("navigateur", "test_bourrage", "test_matrice", "test_comprendre", "france_services", "test_schemathesis")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Keep a module on one worker, and every walk of the browser on one; what is long begins, so that nobody waits."""
    # xdist reads the groups, and pytest-django puts what needs no database last, in the same hook.
    for item in items:
        groupe = "navigateur" if "navigateur" in item.path.parts else item.path.stem
        item.add_marker(pytest.mark.xdist_group(f"{item.path.parent.name}.{groupe}"))
    yield
    items.sort(key=lambda item: next((rang for rang, nom in enumerate(LONGS) if nom in item.nodeid), len(LONGS)))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Drop what this run left, once every worker is done; the template stays for the next run."""
    import psycopg

    from premier_accueil.socle import dossiers
    from premier_accueil.socle.base import Serveur
    from premier_accueil.socle.base.serveur import supprimer_base

    if OUVRIER != "seul":
        return
    tests = Serveur(dossiers.etat(), durable=False)
    with psycopg.connect(**tests.adresse("amorce", "postgres")) as lien:
        noms = lien.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"essai\\_{SESSION}\\_%"]).fetchall()
    for (nom,) in noms:
        supprimer_base(tests, nom)


@pytest.fixture(scope="session", autouse=True)
def mots_de_passe_legers() -> None:
    """Hash with the product's own function, at a price that a test can pay a thousand times."""
    from django.contrib.auth.hashers import Argon2PasswordHasher

    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 64, 1


@pytest.fixture(scope="session")
def serveur():
    """Return the embedded server of the tests."""
    from premier_accueil.socle import dossiers
    from premier_accueil.socle.base import Serveur

    return Serveur(dossiers.etat(), durable=False)


@pytest.fixture(scope="session")
def modele(serveur, django_db_blocker) -> str:
    """Return the template database, migrated by the owner; kept from run to run while what makes it is the same."""
    import fcntl

    from django.core.management import call_command
    from django.db import connections

    from premier_accueil.socle import dossiers
    from premier_accueil.socle.base.serveur import creer_base, supprimer_base

    nom = f"modele_{_empreinte_des_tables()}"
    fait = dossiers.etat() / f"{nom}.fait"
    with (dossiers.etat() / "modele.verrou").open("w") as verrou:
        fcntl.flock(verrou, fcntl.LOCK_EX)
        if not (fait.exists() and nom in _modeles(serveur)):
            for ancien in _modeles(serveur):
                supprimer_base(serveur, ancien)
            creer_base(serveur, nom)
            proprietaire = connections["proprietaire"]
            proprietaire.settings_dict["NAME"] = nom
            with django_db_blocker.unblock():
                proprietaire.close()
                call_command("migrate", database="proprietaire", verbosity=0, interactive=False)
                proprietaire.close()
            fait.touch()
    return nom


def _empreinte_des_tables() -> str:
    """Return a digest of everything a migration is made of: itself, what it imports, the libraries."""
    resume = hashlib.sha256()
    for fichier in sorted([*RACINE.glob("premier_accueil/**/*.py"), RACINE / "requirements.txt"]):
        if "migrations" in fichier.parts or "socle" in fichier.parts or fichier.suffix == ".txt":
            resume.update(fichier.read_bytes())
    return resume.hexdigest()[:16]


def _modeles(serveur) -> list[str]:
    import psycopg

    with psycopg.connect(**serveur.adresse("amorce", "postgres")) as lien:
        lignes = lien.execute("SELECT datname FROM pg_database WHERE datname LIKE 'modele\\_%'").fetchall()
    return [nom for (nom,) in lignes]


@pytest.fixture(scope="session")
def django_db_setup(serveur, modele, django_db_blocker) -> Iterator[None]:
    """Give this worker its own clone of the template, entered with the plain role."""
    from django.db import connections

    from premier_accueil.socle.base.serveur import creer_base, supprimer_base

    with django_db_blocker.unblock():
        nom = os.environ["PREMIER_ACCUEIL_BASE"]
        supprimer_base(serveur, nom)
        creer_base(serveur, nom, modele)
        for alias in ("default", "proprietaire"):
            connections[alias].settings_dict["NAME"] = nom
        yield
        for lien in connections.all():
            lien.close()
            getattr(lien, "close_pool", lambda: None)()
        supprimer_base(serveur, nom)


@pytest.fixture
def base_neuve(serveur, modele, django_db_setup, django_db_blocker) -> Iterator[str]:
    """Give one test a database of its own, where commits are real (threads, servers, LISTEN/NOTIFY)."""
    import secrets

    from django.db import connections

    from premier_accueil.socle.base.serveur import creer_base, supprimer_base

    nom = f"essai_{secrets.token_hex(6)}"
    creer_base(serveur, nom, modele)
    avant = connections["default"].settings_dict["NAME"]
    with django_db_blocker.unblock():
        _rebrancher(nom)
        yield nom
        _rebrancher(avant)
    supprimer_base(serveur, nom)


def _rebrancher(nom: str) -> None:
    from django.db import connections

    for alias in ("default", "proprietaire"):
        lien = connections[alias]
        lien.close()
        if alias == "default":
            lien.close_pool()
        lien.settings_dict["NAME"] = nom


@pytest.fixture(autouse=True)
def variables_de_gabarit_severes(settings) -> None:
    """Make a template variable that does not exist an error instead of an empty string."""
    from django.template import base, engines

    class Absente(str):
        def __mod__(self, variable: object) -> str:
            raise AssertionError(f"missing template variable: {variable}")

        def __contains__(self, morceau: object) -> bool:
            return morceau == "%s"

    engines["django"].engine.string_if_invalid = Absente("%s")
    assert base


@pytest.fixture(autouse=True)
def ordre_incertain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shuffle the rows of every query that asks for no order: nobody may rely on luck."""
    from django.db.models.query import ModelIterable

    d_origine = ModelIterable.__iter__

    def melanger(self):
        lignes = list(d_origine(self))
        if not self.queryset.ordered:
            random.shuffle(lignes)
        return iter(lignes)

    monkeypatch.setattr(ModelIterable, "__iter__", melanger)
