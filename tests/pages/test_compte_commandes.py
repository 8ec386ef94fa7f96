"""What an administrator does for who can no longer sign in."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from django.test import Client
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from premier_accueil.acteurs.actions import creer_compte
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.commandes import compte as commandes
from tests import fabriques as f

pytestmark = pytest.mark.django_db
ANCIEN, NOUVEAU = "un long mot de passe", "des girafes sous la pluie"


@pytest.fixture
def compte(lieu, monkeypatch):
    monkeypatch.setattr(commandes, "preparer", lambda: None)
    return creer_compte(
        identifiant="marie", nom="Marie", mot_de_passe=ANCIEN, structure=lieu.structure,
        fonction=Fonction.ACCUEIL, a=f.LUNDI_10H,
    )  # fmt: skip


def lancer(*mots):
    return CliRunner().invoke(commandes.compte, list(mots))


def entrer(client, mot_de_passe):
    return client.post("/compte/connexion/", {"identifiant": "marie", "mot_de_passe": mot_de_passe})


def test_un_nouveau_mot_de_passe_ferme_les_sessions_et_leve_le_blocage(client, compte, horloge_des_essais):
    entrer(client, ANCIEN)
    for _ in range(5):
        bloque = entrer(Client(), "faux")
    assert bloque.status_code == 429
    resultat = lancer("mot-de-passe", "Marie", "--mot-de-passe", NOUVEAU)
    assert resultat.exit_code == 0, resultat.output
    assert client.get("/guichet/").status_code == 302
    assert entrer(Client(), NOUVEAU).status_code == 302


def test_un_mot_de_passe_faible_est_refuse_par_la_commande_aussi(compte):
    resultat = lancer("mot-de-passe", "marie", "--mot-de-passe", "court")
    assert resultat.exit_code == 1
    assert "12 caractères" in resultat.output
    assert entrer(Client(), ANCIEN).status_code == 302


def test_un_telephone_perdu_se_repare(compte):
    TOTPDevice.objects.create(user=compte, confirmed=True)
    StaticDevice.objects.create(user=compte)
    assert entrer(Client(), ANCIEN)["Location"] == "/compte/code/"
    assert "n'est plus demandé" in lancer("sans-second-facteur", "marie").output
    assert entrer(Client(), ANCIEN)["Location"] == "/"
    assert not StaticDevice.objects.exists()
    assert "n'avait pas de code" in lancer("sans-second-facteur", "marie").output


@pytest.mark.parametrize("mots", [("sans-second-facteur", "inconnu"), ("mot-de-passe", "x", "--mot-de-passe", NOUVEAU)])
def test_un_compte_inconnu_se_dit(compte, mots):
    resultat = lancer(*mots)
    assert resultat.exit_code == 1
    assert "Aucun compte" in resultat.output
