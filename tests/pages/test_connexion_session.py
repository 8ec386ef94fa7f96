"""Sessions: how they slide, end, lock, and what a locked or oversized request gets."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from tests.environnement import RACINE
from tests.pages.comptes import MOT_DE_PASSE, entrer, plus_tard, voit_la_file
from tests.test_maison import vues

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("horloge_des_essais")]


def test_la_cle_de_session_change_a_la_connexion(client, compte):
    client.get("/compte/connexion/")
    entrer(client)
    premiere = client.session.session_key
    entrer(client)
    assert client.session.session_key != premiere
    assert not Session.objects.filter(pk=premiere).exists()


def test_la_session_glisse_avec_le_travail_et_finit_apres_trente_minutes(client, compte, monkeypatch):
    entrer(client)
    plus_tard(monkeypatch, minutes=29)
    assert client.get("/guichet/").status_code == 200
    plus_tard(monkeypatch, minutes=58)
    assert client.get("/guichet/").status_code == 200
    plus_tard(monkeypatch, minutes=58 + 31)
    assert client.get("/guichet/")["Location"] == "/compte/connexion/?next=/guichet/"


def test_un_ecran_qui_se_rafraichit_seul_ne_prolonge_pas_la_session(client, compte, monkeypatch):
    entrer(client)
    client.get("/guichet/")
    plus_tard(monkeypatch, minutes=20)
    assert client.get("/file/", HTTP_HX_REQUEST="true").status_code == 200
    plus_tard(monkeypatch, minutes=31)
    assert client.get("/file/", HTTP_HX_REQUEST="true").status_code == 302


def test_une_lecture_n_ecrit_la_session_qu_une_fois_par_minute(client, compte):
    entrer(client)
    client.get("/guichet/")
    with CaptureQueriesContext(connection) as requetes:
        client.get("/guichet/")
    assert not [r for r in requetes if r["sql"].startswith(("UPDATE", "INSERT")) and "django_session" in r["sql"]]


@pytest.mark.parametrize(
    ("referer", "suite"),
    [
        ("http://testserver/guichet/?x=1", "%2Fguichet%2F"),
        ("https://ailleurs.example/piege/", "%2F"),
        ("", "%2F"),
    ],
)
def test_un_formulaire_envoye_apres_la_fin_revient_a_sa_page(client, lieu, referer, suite):
    reponse = client.post("/guichet/accueillir/", {"mots": "ma voiture"}, HTTP_REFERER=referer)
    assert reponse["Location"] == f"/compte/connexion/?next={suite}"


def test_apres_la_connexion_on_revient_a_la_page_du_formulaire(client, compte):
    adresse = client.post("/guichet/accueillir/", {"mots": "x"}, HTTP_REFERER="http://testserver/guichet/")["Location"]
    page = client.get(adresse)
    assert 'name="next" value="/guichet/"' in page.content.decode()
    suite = client.post(
        "/compte/connexion/", {"identifiant": "marie", "mot_de_passe": MOT_DE_PASSE, "next": "/guichet/"}, follow=True
    )
    assert suite.status_code == 200
    assert 'data-compte="' in suite.content.decode()


def test_une_session_verrouillee_ne_lit_rien(client, compte):
    entrer(client)
    client.post("/compte/verrouiller/")
    lues = [nom for nom, vue in vues() if vue.entree is not None]
    assert "compte:mon_compte" in lues
    essayees = 0
    for nom in lues:
        for arguments in ([], [1]):
            try:
                chemin = reverse(nom, args=arguments)
            except NoReverseMatch:
                continue
            for reponse in (client.get(chemin), client.post(chemin)):
                assert reponse.status_code in {302, 405}, nom
                if reponse.status_code == 302:
                    assert reponse["Location"] == "/compte/verrou/", nom
                    essayees += 1
    assert essayees > 20


def test_le_flux_de_la_file_se_tait_quand_la_session_est_verrouillee(client, compte, lieu):
    entrer(client)
    assert voit_la_file(client)
    client.post("/compte/verrouiller/")
    assert not voit_la_file(client)


def test_un_corps_trop_long_est_refuse_en_413_sans_trace(client, lieu):
    client.raise_request_exception = False
    reponse = client.post("/compte/connexion/", {"texte": "a" * 10_000_000})
    assert reponse.status_code == 413
    page = reponse.content.decode()
    assert "trop longue" in page
    assert "Votre saisie reste dans cette page" in page
    assert "Traceback" not in page


def test_les_entetes_de_securite(client, lieu, settings):
    settings.SECURE_HSTS_SECONDS = 3600
    reponse = client.get("/compte/connexion/", secure=True)
    assert sorted(reponse["Content-Security-Policy"].split("; ")) == [
        "base-uri 'none'", "default-src 'self'", "form-action 'self'", "frame-ancestors 'none'",
        "img-src 'self' data:", "object-src 'none'",
    ]  # fmt: skip
    assert reponse["Strict-Transport-Security"] == "max-age=3600"
    assert reponse["X-Content-Type-Options"] == "nosniff"
    assert reponse["X-Frame-Options"] == "DENY"
    assert reponse["Referrer-Policy"] == "same-origin"
    assert reponse["Cache-Control"] == "no-store"
    assert "Strict-Transport-Security" not in client.get("/compte/connexion/")


@pytest.mark.parametrize(
    ("origines", "attendu"), [("https://accueil.example", "True True 31536000"), ("", "False False 0")]
)
def test_les_temoins_sont_surs_des_que_le_site_est_en_https(tmp_path, origines, attendu):
    programme = (
        "from premier_accueil.config import settings as s;"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS)"
    )
    environnement = os.environ | {"PREMIER_ACCUEIL_ORIGINES": origines, "PREMIER_ACCUEIL_DOSSIER": str(tmp_path)}
    environnement |= {"DATABASE_URL": "postgresql://personne@localhost/rien"}
    dit = subprocess.run(
        [sys.executable, "-c", programme], env=environnement, capture_output=True, text=True, check=True, cwd=RACINE
    )
    assert dit.stdout.strip() == attendu


def test_le_client_du_fournisseur_n_est_charge_que_si_l_on_s_en_sert():
    programme = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'premier_accueil.config.settings'; django.setup();"
        "import premier_accueil.config.urls; print([m for m in ('authlib', 'joserfc', 'requests') if m in sys.modules])"
    )
    dit = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", programme], capture_output=True, text=True, check=True, cwd=RACINE
    )
    assert dit.stdout.strip() == "[]"
