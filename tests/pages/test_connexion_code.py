"""The second factor: six digits from a telephone, or a recovery code."""

from __future__ import annotations

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests import fabriques as f
from tests.pages.comptes import MOT_DE_PASSE, entrer

pytestmark = pytest.mark.django_db


@pytest.fixture
def heure(monkeypatch):
    """Hold the telephone's clock; return a function that advances it."""
    instant = {"s": 1_800_000_000}
    monkeypatch.setattr("django_otp.plugins.otp_totp.models.time", SimpleNamespace(time=lambda: instant["s"]))

    def avancer(secondes: int) -> None:
        instant["s"] += secondes

    avancer.instant = instant
    return avancer


def code_de(appareil, heure) -> str:
    telephone = TOTP(appareil.bin_key)
    telephone.time = heure.instant["s"]
    return f"{telephone.token():06d}"


@pytest.fixture
def active(client, compte, heure):
    """Turn the second factor on as somebody does; return the recovery codes."""
    entrer(client)
    assert client.post("/compte/moi/second-facteur/preparer/", {"mot_de_passe": MOT_DE_PASSE}).status_code == 302
    page = client.get("/compte/moi/second-facteur/").content.decode()
    appareil = TOTPDevice.objects.get(user=compte)
    assert not appareil.confirmed
    assert 'src="data:image/svg+xml' in page
    reponse = client.post("/compte/moi/second-facteur/", {"code": code_de(appareil, heure)})
    heure(60)
    return re.findall(r"<code>(\w{5}-\w{5})</code>", reponse.content.decode())


def test_activer_donne_dix_codes_montres_une_seule_fois(client, active):
    assert len(set(active)) == 10
    assert client.get("/compte/moi/second-facteur/")["Location"] == "/compte/moi/"
    page = client.get("/compte/moi/").content.decode()
    assert "restants : 10" in page
    assert not [c for c in active if c in page]
    gardes = set(StaticToken.objects.values_list("token", flat=True))
    assert not gardes & {c.replace("-", "") for c in active}  # the base cannot give them back


def test_sans_le_code_la_session_n_a_aucun_pouvoir(client, active, heure):
    client = Client()
    assert entrer(client, suite="/guichet/passages/")["Location"] == "/compte/code/"
    assert "_auth_user_id" not in client.session
    for adresse in ("/guichet/", "/compte/moi/", "/file/"):
        assert client.get(adresse)["Location"].startswith("/compte/connexion/")
    avant = client.session.session_key
    appareil = TOTPDevice.objects.get()
    reponse = client.post("/compte/code/", {"code": code_de(appareil, heure)})
    assert reponse["Location"] == "/guichet/passages/"
    assert client.get("/guichet/").status_code == 200
    assert client.session.session_key != avant


def test_un_code_ne_sert_qu_une_fois(active, heure):
    bon = code_de(TOTPDevice.objects.get(), heure)
    for attendu in (302, 400):
        poste = Client()
        entrer(poste)
        assert poste.post("/compte/code/", {"code": bon}).status_code == attendu


def test_les_faux_codes_font_attendre(active, heure, monkeypatch):
    poste = Client()
    entrer(poste)
    assert "pas le bon" in poste.post("/compte/code/", {"code": "000000"}).content.decode()
    bon = code_de(TOTPDevice.objects.get(), heure)
    freine = poste.post("/compte/code/", {"code": bon})
    assert re.search(r"Attendez \d+ secondes", freine.content.decode())
    monkeypatch.setattr("django.utils.timezone.now", lambda: f.LUNDI_10H + timedelta(seconds=5))
    assert poste.post("/compte/code/", {"code": bon}).status_code == 302


def test_un_code_de_secours_sert_une_fois_meme_mal_recopie(active):
    recopie = active[0].replace("-", " ").upper()
    for attendu in (302, 400):
        poste = Client()
        entrer(poste)
        assert poste.post("/compte/code/", {"code": recopie}).status_code == attendu
    assert StaticToken.objects.count() == 9


def test_le_mot_de_passe_ne_vaut_que_cinq_minutes(active, heure, monkeypatch):
    poste = Client()
    entrer(poste)
    monkeypatch.setattr("django.utils.timezone.now", lambda: f.LUNDI_10H + timedelta(minutes=5, seconds=1))
    reponse = poste.post("/compte/code/", {"code": code_de(TOTPDevice.objects.get(), heure)})
    assert reponse["Location"] == "/compte/connexion/"


def test_un_compte_desactive_entre_temps_n_entre_pas(active, compte, heure):
    poste = Client()
    entrer(poste)
    compte.is_active = False
    compte.save()
    assert poste.post("/compte/code/", {"code": code_de(TOTPDevice.objects.get(), heure)}).status_code == 302
    assert "_auth_user_id" not in poste.session


def test_activer_ferme_les_autres_sessions(compte, client, heure):
    ailleurs = Client()
    entrer(ailleurs)
    entrer(client)
    client.post("/compte/moi/second-facteur/preparer/", {"mot_de_passe": MOT_DE_PASSE})
    client.post("/compte/moi/second-facteur/", {"code": code_de(TOTPDevice.objects.get(), heure)})
    assert ailleurs.get("/guichet/").status_code == 302
    assert client.get("/guichet/").status_code == 200


def test_activer_demande_le_mot_de_passe_et_un_bon_code(compte, client, heure):
    entrer(client)
    refus = client.post("/compte/moi/second-facteur/preparer/", {"mot_de_passe": "faux"})
    assert refus.status_code == 400
    assert not TOTPDevice.objects.exists()
    client.post("/compte/moi/second-facteur/preparer/", {"mot_de_passe": MOT_DE_PASSE})
    assert client.post("/compte/moi/second-facteur/", {"code": "abcdef"}).status_code == 400
    assert entrer(Client())["Location"] == "/"  # not confirmed: not asked


def test_retirer_demande_le_mot_de_passe_et_un_code(client, active, heure):
    adresse = "/compte/moi/second-facteur/retirer/"
    bon = code_de(TOTPDevice.objects.get(), heure)
    assert client.post(adresse, {"mot_de_passe": "faux", "code": bon}).status_code == 400
    assert client.post(adresse, {"mot_de_passe": MOT_DE_PASSE, "code": "abcde-fghjk"}).status_code == 400
    assert TOTPDevice.objects.exists()
    assert client.post(adresse, {"mot_de_passe": MOT_DE_PASSE, "code": bon}).status_code == 302
    assert not TOTPDevice.objects.exists()
    assert not StaticToken.objects.exists()
    assert entrer(Client())["Location"] == "/"


@pytest.mark.parametrize("saisi", ["", "\x00", "٣٣٣٣٣٣", "a" * 500, "-" * 40, "1" * 30])
def test_une_saisie_tordue_est_un_faux_code(active, saisi):
    poste = Client()
    entrer(poste)
    assert poste.post("/compte/code/", {"code": saisi}).status_code == 400
