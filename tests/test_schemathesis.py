"""Every address under schemathesis, from a description made from the addresses and the forms that pages show."""

from __future__ import annotations

import pytest
import schemathesis
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, seed, settings

from premier_accueil.acteurs.regles import Fonction
from tests import fabriques as f
from tests.mondes import Monde
from tests.test_bourrage import envoyer, formes

pytestmark = pytest.mark.django_db


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

