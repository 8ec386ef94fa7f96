"""What somebody hostile, or a broken browser, sends: a plain answer, never a 500."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db
HUIT_OCTETS = 10**30


@pytest.fixture
def tolerant(client):
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("adresse", ["/compte/connexion/", "/feuille/", "/annuaire/ouvert/"])
def test_un_corps_de_dix_megaoctets_est_refuse_en_mots_simples(tolerant, lieu, adresse):
    reponse = tolerant.post(adresse, {"texte": "a" * 10_000_000})
    assert reponse.status_code == 413
    assert "trop longue" in reponse.content.decode()


@pytest.mark.parametrize(
    ("adresse", "champs"),
    [
        ("/compte/connexion/", {"identifiant": "a\x00b", "mot_de_passe": "\x00"}),
        ("/feuille/", {"reference": "a\x00b", "code": "\x00é"}),
        ("/annuaire/ouvert/", {"texte": "\x00", "commune": "\x00\u202e"}),
    ],
)
def test_un_caractere_nul_ne_fait_pas_tomber_une_page_publique(tolerant, lieu, adresse, champs):
    assert tolerant.post(adresse, champs).status_code < 500


def test_un_caractere_nul_dans_un_compte_d_essai(tolerant, lieu, settings):
    settings.DEMONSTRATION = True
    assert tolerant.post("/compte/essai/", {"identifiant": "a\x00b"}).status_code == 404


@pytest.mark.parametrize("adresse", ["/ecran/%00/", "/ecran/aaaaaaaaaaaaaaaaaaaaaaaa%00/", "/feuille/a-b/", f"/guichet/passages/{HUIT_OCTETS}/"])
def test_une_adresse_tordue(tolerant, lieu, adresse):
    assert tolerant.get(adresse).status_code < 500


def test_des_numeros_demesures(guichet):
    guichet.raise_request_exception = False
    envois = [
        ("/compte/lieu/", {"site": str(HUIT_OCTETS), "mission": str(HUIT_OCTETS)}),
        ("/file/appel/", {"bureau": "\x00" * 50}),
        ("/file/ticket/", {"prenom_affiche": "\x00\u202e" * 50}),
        (f"/file/{HUIT_OCTETS}/appeler/", {}),
        (f"/guichet/passages/{HUIT_OCTETS}/reponse/", {"nature": "CONSEIL"}),
    ]
    for adresse, champs in envois:
        assert guichet.post(adresse, champs).status_code < 500, adresse
    assert guichet.get("/guichet/").status_code == 200
    assert guichet.get(f"/annuaire/services/{HUIT_OCTETS}/").status_code == 404
