"""Other software: tokens and addresses, by the administration of the structure."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from premier_accueil.acteurs.models import Compte, JetonDApi, Mission
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.relais.models import Abonnement
from premier_accueil.socle import adresse_web
from premier_accueil.socle.cloison import situer
from tests import fabriques as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def chef() -> Client:
    ici = f.structure("CCAS")
    agent = f.agent(ici, Fonction.TRAVAIL_SOCIAL, nom="Nadia")
    role = f.agent(ici, Fonction.ADMINISTRATION, nom="Chef")
    Mission.objects.update(debut=date(2020, 1, 1), fin=None)
    client = Client()
    client.force_login(Compte.objects.get(pk=role.compte_id))
    client.mission = agent.mission_id
    return client


def test_un_jeton_se_donne_se_montre_une_fois_et_s_arrete(chef):
    assert "Aucun jeton" in chef.get(reverse("administration:logiciels")).content.decode()
    reponse = chef.post(reverse("administration:donner_un_jeton"), {"nom": "Logiciel métier", "mission": chef.mission})
    secret = re.search(r"pa_[\w-]+", reponse.content.decode()).group()
    situer()
    entetes = {"Authorization": f"Bearer {secret}"}
    assert Client().get("/api/v1/relais", headers=entetes).status_code == 200
    page = chef.get(reverse("administration:logiciels")).content.decode()
    assert secret not in page
    assert "pour la mission de Nadia" in page
    situer(structure=JetonDApi._meta.get_field("structure").related_model.objects.get(nom="CCAS").pk)
    cle = JetonDApi.objects.get().pk
    assert chef.post(reverse("administration:arreter_un_jeton", args=[cle])).status_code == 302
    situer()
    assert Client().get("/api/v1/relais", headers=entetes).status_code == 401


def test_ce_qui_manque_se_dit_et_la_saisie_reste(chef):
    reponse = chef.post(reverse("administration:donner_un_jeton"), {"nom": "Logiciel métier", "mission": "9999"})
    assert reponse.status_code == 400
    assert 'value="Logiciel métier"' in reponse.content.decode()
    reponse = chef.post(reverse("administration:prevenir_une_adresse"), {"adresse": "http://chez.moi/"})
    assert reponse.status_code == 400
    assert "https://" in reponse.content.decode()


def test_une_adresse_se_previent_et_s_arrete(chef, monkeypatch):
    monkeypatch.setattr(adresse_web.socket, "getaddrinfo", lambda *_, **__: [(0, 0, 0, "", ("93.184.215.14", 443))])
    reponse = chef.post(reverse("administration:prevenir_une_adresse"), {"adresse": "https://logiciel.exemple.fr/r"})
    assert "secret de signature" in reponse.content.decode()
    assert "logiciel.exemple.fr" in chef.get(reverse("administration:logiciels")).content.decode()
    cle = Abonnement.objects.get().pk
    chef.post(reverse("administration:ne_plus_prevenir", args=[cle]))
    assert "Aucune adresse" in chef.get(reverse("administration:logiciels")).content.decode()
