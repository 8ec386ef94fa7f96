"""Signing in, locking, and who enters where."""

from __future__ import annotations

import pytest
from django.test import Client

from premier_accueil.acteurs.actions import InstallationReelle, installer_demonstration
from premier_accueil.acteurs.models import Compte, Mission
from premier_accueil.acteurs.regles import Fonction
from tests import fabriques as f
from tests.pages.comptes import MOT_DE_PASSE, creer

pytestmark = pytest.mark.django_db


@pytest.fixture
def compte(lieu):
    return creer(lieu.structure, "Marie")


def test_entrer_avec_un_mot_de_passe(client, compte):
    reponse = client.post("/compte/connexion/", {"identifiant": " MARIE ", "mot_de_passe": MOT_DE_PASSE}, follow=True)
    assert reponse.redirect_chain[-1][0] == "/guichet/"


def test_un_mauvais_mot_de_passe_le_dit_et_garde_l_identifiant(client, compte):
    reponse = client.post("/compte/connexion/", {"identifiant": "marie", "mot_de_passe": "faux"})
    assert reponse.status_code == 400
    assert "Identifiant ou mot de passe incorrect" in reponse.content.decode()
    assert 'value="marie"' in reponse.content.decode()


def test_on_ne_repart_jamais_vers_un_autre_site(client, compte):
    reponse = client.post(
        "/compte/connexion/",
        {"identifiant": "marie", "mot_de_passe": MOT_DE_PASSE, "next": "https://ailleurs.example/"},
    )
    assert reponse["Location"] == "/"


@pytest.mark.parametrize("demonstration", [True, False])
def test_un_clic_n_entre_qu_en_demonstration(client, lieu, settings, demonstration):
    settings.DEMONSTRATION = demonstration
    f.structure("Exemple", source="demonstration", source_id="ex")
    installer_demonstration(
        [{"identifiant": "essai", "nom": "Essai", "fonction": "ACCUEIL", "structure": "ex"}], a=f.LUNDI_10H
    )
    page = client.get("/compte/connexion/").content.decode()
    assert ("Comptes d&#x27;essai" in page or "Comptes d'essai" in page) is demonstration
    reponse = client.post("/compte/essai/", {"identifiant": "essai"})
    assert reponse.status_code == (302 if demonstration else 403)
    assert ("_auth_user_id" in client.session) is demonstration


def test_un_vrai_compte_ne_s_ouvre_jamais_en_un_clic(client, compte, settings):
    settings.DEMONSTRATION = True
    assert client.post("/compte/essai/", {"identifiant": "marie"}).status_code == 404


def test_la_demonstration_ne_se_melange_pas_a_de_vrais_comptes(compte):
    with pytest.raises(InstallationReelle, match="vrais comptes"):
        installer_demonstration([], a=f.LUNDI_10H)


def test_l_ecran_verrouille_ne_montre_rien_et_dit_encore_ou_aller(client, compte):
    client.force_login(compte)
    client.post("/compte/verrouiller/")
    for adresse in ("/guichet/", "/file/", "/guichet/passages/", "/annuaire/"):
        assert client.get(adresse)["Location"] == "/compte/verrou/"
    assert client.post("/guichet/accueillir/", {})["Location"] == "/compte/verrou/"
    page = client.get("/compte/verrou/").content.decode()
    assert "Près de" in page
    garage = f.service(f.structure("Garage du Val", "ASSOCIATION"))
    public = client.post("/annuaire/ouvert/", {"texte": "garage", "commune": ""}).content.decode()
    assert garage.nom in public
    assert "Ouvert" in public
    assert "incorrect" in client.post("/compte/verrou/", {"mot_de_passe": "faux"}).content.decode()
    assert client.post("/compte/verrou/", {"mot_de_passe": MOT_DE_PASSE})["Location"] == "/"
    assert client.get("/guichet/").status_code == 200


def test_une_mission_finie_ne_laisse_plus_entrer(client, compte):
    client.force_login(compte)
    Mission.objects.update(debut="2026-01-01", fin="2026-11-22")
    assert client.get("/guichet/").status_code == 403
    assert client.get("/", follow=True).redirect_chain[-1][0] == "/compte/sans-mission/"


ENTREES = {
    "/guichet/": {"ACCUEIL", "TRAVAIL_SOCIAL", "ELU", "BENEVOLE"},
    "/guichet/passages/": {"ACCUEIL", "TRAVAIL_SOCIAL", "ELU", "BENEVOLE"},
    "/file/": {"ACCUEIL", "TRAVAIL_SOCIAL", "ELU", "BENEVOLE"},
    "/coordination/manques/": {"COORDINATION"},
    "/annuaire/": {f.value for f in Fonction},
    "/urgences/": {f.value for f in Fonction},
}


@pytest.mark.parametrize("fonction", [f.value for f in Fonction])
@pytest.mark.parametrize("adresse", ENTREES)
def test_chaque_fonction_n_entre_que_chez_elle(clients, adresse, fonction):
    attendu = 200 if fonction in ENTREES[adresse] else 403
    assert clients(fonction).get(adresse).status_code == attendu


@pytest.mark.parametrize(
    "adresse", ["/guichet/", "/file/", "/coordination/manques/", "/annuaire/", "/guichet/passages/1/"]
)
def test_un_inconnu_est_conduit_a_la_connexion(client, lieu, adresse):
    assert client.get(adresse)["Location"].startswith("/compte/connexion/?next=")


def test_le_passage_d_une_autre_structure_repond_comme_s_il_n_existait_pas(guichet, lieu, role):
    from premier_accueil.accueil import actions

    recu = actions.accueillir(f.demande(), role=role, site_id=lieu.pk, a=f.LUNDI_10H)
    ailleurs = f.structure("Autre CCAS")
    f.site(ailleurs)
    autre = Client()
    autre.force_login(Compte.objects.get(pk=f.agent(ailleurs).compte_id))
    inconnu = autre.get("/guichet/passages/999999/")
    existant = autre.get(f"/guichet/passages/{recu.passage_id}/")
    assert (existant.status_code, existant.content) == (404, inconnu.content)
    for suite in ("reponse", "annulation"):
        assert autre.post(f"/guichet/passages/{recu.passage_id}/{suite}/", {"nature": "CONSEIL"}).status_code == 404
    assert autre.get(f"/feuille/passage/{recu.passage_id}/feuille-de-route.pdf").status_code == 404


def test_aucune_page_ne_se_garde_ni_ne_charge_de_script_en_ligne(guichet):
    reponse = guichet.get("/guichet/")
    assert reponse["Cache-Control"] == "no-store"
    assert "script-src" not in reponse["Content-Security-Policy"]
    assert "default-src 'self'" in reponse["Content-Security-Policy"]
    page = reponse.content.decode()
    assert "<script>" not in page
    assert " style=" not in page
    assert " onclick" not in page


def test_une_base_absente_repond_503_en_mots_simples(guichet, monkeypatch):
    from django.db import OperationalError

    def panne(*_, **__):
        raise OperationalError("connection refused")

    monkeypatch.setattr("premier_accueil.pages.guichet.views.poste_de_travail", panne)
    monkeypatch.setattr("premier_accueil.pages.erreurs.reveiller", lambda: None)
    reponse = guichet.get("/guichet/")
    assert reponse.status_code == 503
    assert "revient dans un instant" in reponse.content.decode()
    assert reponse["Retry-After"] == "10"
