"""The communes of France, loaded once per worker as the plain role, in a database of their own."""

from __future__ import annotations

import secrets

import pytest


@pytest.fixture(scope="session")
def base_des_communes(serveur, modele, django_db_setup, django_db_blocker):
    """Give the name of a database that holds the communes, and the report of its load."""
    from django.db import connections

    from premier_accueil.socle.base.serveur import creer_base, supprimer_base
    from premier_accueil.territoire.actions import charger_communes

    nom, avant = f"essai_{secrets.token_hex(6)}", connections["default"].settings_dict["NAME"]
    creer_base(serveur, nom, modele)
    etapes: list[tuple[int, int]] = []
    with django_db_blocker.unblock():
        brancher(nom)
        bilan = charger_communes(progression=lambda fait, total: etapes.append((fait, total)))
        brancher(avant)
    yield nom, bilan, etapes
    supprimer_base(serveur, nom)


@pytest.fixture
def communes(base_des_communes, django_db_blocker):
    """Enter the database of the communes for one test, read only by habit; give the report of its load."""
    from django.db import connections

    avant = connections["default"].settings_dict["NAME"]
    with django_db_blocker.unblock():
        brancher(base_des_communes[0])
        yield base_des_communes[1]
        brancher(avant)


def brancher(nom: str) -> None:
    """Point the plain role's connection at another database."""
    from django.db import connections

    lien = connections["default"]
    lien.close()
    lien.close_pool()
    lien.settings_dict["NAME"] = nom
