"""Every address under schemathesis, from a description made from the addresses and the forms that pages show."""

from __future__ import annotations

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from premier_accueil.acteurs.actions import creer_un_jeton
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.api.hsds import LIMITE
from premier_accueil.socle.cloison import situer
from tests import fabriques as f
from tests.mondes import Monde
from tests.test_bourrage import envoyer, formes

pytestmark = pytest.mark.django_db
CONTRAT = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture
def monde(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: f.LUNDI_10H)
    return Monde()


def description(trouvees: dict[str, dict[str, str]]) -> dict[str, object]:
    """Write the forms as an OpenAPI document: each field is any text, none is required."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Premier Accueil", "version": "essai"},
        "paths": {
            adresse: {
                "post": {
                    "requestBody": {
                        "content": {
                            "application/x-www-form-urlencoded": {
                                "schema": {
                                    "type": "object",
                                    "properties": {champ: {"type": "string"} for champ in champs},
                                    "additionalProperties": False,
                                }
                            }
                        }
                    },
                    "responses": {"default": {"description": "toute réponse qui n'est pas une panne"}},
                }
            }
            for adresse, champs in trouvees.items()
        },
    }


@pytest.mark.parametrize("fonction", [Fonction.TRAVAIL_SOCIAL, Fonction.ADMINISTRATION], ids=lambda x: x.value)
def test_aucune_saisie_engendree_ne_fait_tomber_une_page(monde, fonction):
    client = monde.ici.client(fonction)
    trouvees = formes(client, monde, fonction)
    schema = schemathesis.openapi.from_dict(description(trouvees))
    essayes: set[str] = set()

    for resultat in schema.get_all_operations():
        operation = resultat.ok()

        @seed(20261123)
        @settings(
            max_examples=4, deadline=None, database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(cas=operation.as_strategy())
        def essayer(cas):
            corps = cas.body if isinstance(cas.body, dict) else {}
            try:
                reponse = envoyer(client, cas.operation.path, {k: v for k, v in corps.items() if isinstance(v, str)})
            except UnicodeEncodeError:  # a browser cannot send it either
                return
            essayes.add(cas.operation.path)
            assert reponse.status_code < 500, (cas.operation.path, corps)

        essayer()
    assert essayes == set(trouvees)
    assert reverse("compte:connexion") not in essayes, "signed-in pages; the public ones have tests of their own"



@pytest.fixture
def une_seule_connexion():
    """Keep the connection of the test: a served request closes its own at its end."""
    for moment in (request_started, request_finished):
        moment.disconnect(close_old_connections)
    yield
    for moment in (request_started, request_finished):
        moment.connect(close_old_connections)


def le_logiciel(monde, chemin: str) -> dict[str, str]:
    """Return the headers of a software: a token for the relays, nothing for the open directory."""
    if chemin == "/api/hsds/openapi.json":
        return {}
    chef = f.agent(monde.ici.structure, Fonction.ADMINISTRATION, nom="Chef")
    secret = creer_un_jeton(monde.ici.role.mission_id, "Logiciel", role=chef, a=f.LUNDI_10H)
    situer()
    return {"Authorization": f"Bearer {secret}"}


@pytest.mark.parametrize("chemin", ["/api/hsds/openapi.json", "/api/v1/openapi.json"])
def test_les_interfaces_ouvertes_tiennent_leur_contrat(monde, chemin, monkeypatch, une_seule_connexion):
    """Right questions get the answer of the contract, wrong ones are refused: never a failure, never an undocumented one."""
    monkeypatch.setattr(LIMITE, "num_requests", 10**6)
    entetes, schema = le_logiciel(monde, chemin), schemathesis.openapi.from_wsgi(chemin, get_wsgi_application())
    essayes = 0
    for resultat in schema.get_all_operations():
        operation = resultat.ok()

        @seed(20261123)
        @settings(
            max_examples=5, deadline=None, database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(cas=operation.as_strategy())
        def essayer(cas):
            nonlocal essayes
            with transaction.atomic():
                cas.call_and_validate(headers=entetes, checks=CONTRAT)
                transaction.set_rollback(True)
            essayes += 1

        essayer()
    assert essayes > 15
