"""Lockout and passwords."""

from __future__ import annotations

import re

import pytest
from axes.models import AccessAttempt
from django.core.exceptions import ValidationError
from django.test import Client

from premier_accueil.acteurs.actions import creer_compte
from premier_accueil.acteurs.models import Compte
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.pages.compte import adresse
from premier_accueil.pages.compte.session import fermer_ailleurs
from tests import fabriques as f
from tests.pages.comptes import MOT_DE_PASSE, entrer, plus_tard

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("horloge_des_essais")]
NOUVEAU = "des girafes sous la pluie"


def test_cinq_echecs_arretent_quinze_minutes_et_le_disent(client, compte, monkeypatch):
    for _ in range(4):
        assert entrer(client, mot_de_passe="faux").status_code == 400
    reponse = entrer(client, mot_de_passe="faux")
    assert reponse.status_code == 429
    page = reponse.content.decode()
    assert "15 minutes" in page
    assert "administrateur de votre structure" in page
    assert entrer(client).status_code == 429
    plus_tard(monkeypatch, minutes=14)
    assert entrer(client).status_code == 429
    plus_tard(monkeypatch, minutes=15, seconds=1)  # trying meanwhile did not lengthen the wait
    assert entrer(client).status_code == 302


def test_le_refus_ne_dit_jamais_si_le_compte_existe(client, compte):
    for _ in range(6):
        vrai, inconnu = entrer(client, mot_de_passe="faux"), entrer(client, "personne", "faux")
        assert vrai.status_code == inconnu.status_code
        propre = [r.content.decode().replace("marie", "X").replace("personne", "X") for r in (vrai, inconnu)]
        assert _sans_jeton(propre[0]) == _sans_jeton(propre[1])


def _sans_jeton(page: str) -> str:
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page)


def test_une_reussite_remet_le_compte_a_zero(client, compte):
    for _ in range(3):
        for _ in range(4):
            entrer(client, mot_de_passe="faux")
        assert entrer(client).status_code == 302


def test_le_blocage_vaut_pour_une_adresse_pas_pour_le_compte_partout(client, compte):
    for _ in range(5):
        entrer(client, mot_de_passe="faux")
    assert entrer(client).status_code == 429
    assert entrer(Client(), REMOTE_ADDR="192.0.2.9").status_code == 302


def test_changer_de_navigateur_ne_donne_pas_cinq_essais_de_plus(client, compte):
    for n in range(5):
        entrer(client, mot_de_passe="faux", HTTP_USER_AGENT=f"navigateur {n}")
    assert entrer(client, HTTP_USER_AGENT="un autre").status_code == 429


@pytest.mark.parametrize(
    ("proxys", "annoncees", "vue", "attendue"),
    [
        (0, "203.0.113.7", "192.0.2.1", "192.0.2.1"),
        (1, "198.51.100.1, 203.0.113.7", "192.0.2.1", "203.0.113.7"),  # what the browser pretends stands at the left
        (2, "198.51.100.1, 203.0.113.7, 192.0.2.8", "192.0.2.1", "203.0.113.7"),
        (1, "", "192.0.2.1", "192.0.2.1"),
        (1, "n'importe quoi", "192.0.2.1", None),
        (0, "", "", None),
        (0, "", "2001:db8:1:2:aaaa::1", "2001:db8:1:2::"),
        (0, "", "::ffff:192.0.2.1", "192.0.2.1"),
    ],
)
def test_l_adresse_vient_de_nos_seuls_proxys(rf, settings, proxys, annoncees, vue, attendue):
    settings.PROXYS = proxys
    requete = rf.get("/", REMOTE_ADDR=vue, HTTP_X_FORWARDED_FOR=annoncees)
    assert adresse.adresse_du_client(requete) == attendue


def test_une_adresse_qui_essaie_mille_comptes_est_ralentie(client, compte, settings, monkeypatch):
    settings.ECHECS_PAR_MINUTE = 6
    for n in range(6):
        assert entrer(client, f"compte{n}", "faux").status_code == 400
    reponse = entrer(client)
    assert reponse.status_code == 429
    assert "Attendez une minute" in reponse.content.decode()
    plus_tard(monkeypatch, seconds=61)
    assert entrer(client).status_code == 302


def test_rien_de_ce_qui_est_garde_d_un_echec_ne_contient_le_mot_de_passe(client, compte):
    entrer(client, mot_de_passe="presque le bon 2026")
    echec = AccessAttempt.objects.get()
    assert (echec.username, echec.failures_since_start) == ("marie", 1)
    assert "presque le bon" not in f"{echec.post_data}{echec.get_data}{echec.path_info}"


def test_le_verrou_compte_aussi_les_echecs(client, compte):
    entrer(client)
    client.post("/compte/verrouiller/")
    for _ in range(5):
        reponse = client.post("/compte/verrou/", {"mot_de_passe": "faux"})
    assert reponse.status_code == 429
    page = reponse.content.decode()
    assert "15 minutes" in page
    assert "Votre brouillon est gardé" in page
    assert client.post("/compte/verrou/", {"mot_de_passe": MOT_DE_PASSE}).status_code == 429


@pytest.fixture
def deux_postes(compte):
    postes = Client(), Client()
    for poste in postes:
        entrer(poste)
    return postes


def changer(client, ancien=MOT_DE_PASSE, nouveau=NOUVEAU, encore=None):
    champs = {"mot_de_passe": ancien, "nouveau": nouveau, "encore": encore or nouveau}
    return client.post("/compte/moi/mot-de-passe/", champs, follow=True)


def test_changer_de_mot_de_passe_ferme_les_autres_sessions(deux_postes):
    ici, la_bas = deux_postes
    page = changer(ici).content.decode()
    assert "Votre mot de passe est changé" in page
    assert ici.get("/guichet/").status_code == 200
    assert la_bas.get("/guichet/").status_code == 302
    assert entrer(Client()).status_code == 400
    assert entrer(Client(), mot_de_passe=NOUVEAU).status_code == 302


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"ancien": "faux"}, "incorrect"),
        ({"nouveau": "court"}, "12 caractères"),
        ({"nouveau": "password1234"}, "trop courant"),
        ({"encore": "autre chose de long"}, "ne sont pas les mêmes"),
    ],
)
def test_un_mauvais_changement_dit_pourquoi_et_ne_change_rien(deux_postes, champs, dit):
    page = changer(deux_postes[0], **champs)
    assert page.status_code == 400
    assert dit in page.content.decode()
    assert "pas changé" in page.content.decode()
    assert entrer(Client()).status_code == 302


def test_un_mot_de_passe_qui_reprend_l_identifiant_est_refuse(lieu):
    with pytest.raises(ValidationError, match="semblable"):
        creer_compte(
            identifiant="marie.durand@ccas", nom="Marie Durand", mot_de_passe="marie.durand@ccas",
            structure=lieu.structure, fonction=Fonction.ACCUEIL, a=f.LUNDI_10H,
        )  # fmt: skip


def test_me_deconnecter_partout_ferme_aussi_cette_session(deux_postes):
    ici, la_bas = deux_postes
    reponse = ici.post("/compte/moi/partout/", follow=True)
    assert "déconnecté de tous les postes" in reponse.content.decode()
    assert ici.get("/guichet/").status_code == 302
    assert la_bas.get("/guichet/").status_code == 302


def test_fermer_ailleurs_ne_touche_pas_les_autres_comptes(deux_postes, lieu):
    autre = Client()
    autre.force_login(Compte.objects.get(pk=f.agent(lieu.structure).compte_id))
    assert fermer_ailleurs(Compte.objects.get(identifiant="marie")) == 2
    assert autre.get("/guichet/").status_code == 200


def test_les_mots_de_passe_sont_haches_par_argon2(compte):
    assert compte.password.startswith("argon2$argon2id$")
