"""Sign-in through a provider of identity, on a real local one."""

from __future__ import annotations

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from premier_accueil.acteurs.actions import creer_compte
from premier_accueil.acteurs.models import Compte, Identite, Mission
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.pages.compte import oidc
from tests import fabriques as f
from tests.pages.comptes import MOT_DE_PASSE, creer
from tests.pages.oidc_fournisseur import AUTRE_CLE, CLIENT, SECRET, forger, fournisseur_local, retour

pytestmark = pytest.mark.django_db


@pytest.fixture
def fournisseur(settings):
    with fournisseur_local() as ouvert:
        settings.OIDC = {"EMETTEUR": ouvert.adresse, "CLIENT": CLIENT, "SECRET": SECRET, "LIBELLE": "ProConnect"}
        oidc._client.cache_clear()
        yield ouvert


@pytest.fixture
def compte(lieu):
    return creer(lieu.structure, "marie@ccas.example")


def partir(client, fournisseur, suite=""):
    """Go to the provider and sign in there; return what it sends back."""
    depart = client.get("/compte/fournisseur/", {"next": suite})
    assert depart["Location"].startswith(f"{fournisseur.adresse}/authorize?")
    return fournisseur.autoriser(depart["Location"])


def entrer(client, fournisseur, suite=""):
    page = client.get(retour(partir(client, fournisseur, suite)))
    assert page.status_code == 200, page.content.decode()
    return client.post("/compte/fournisseur/entrer/")


def refuse(client, reponse, code, dit):
    page = reponse.content.decode()
    assert reponse.status_code == code, page
    assert dit in page
    assert 'name="mot_de_passe"' in page  # the password is still offered
    assert "Entrer avec ProConnect" in page
    assert "_auth_user_id" not in client.session
    assert not Identite.objects.exists()


@pytest.mark.parametrize("signe", [True, False])
def test_le_premier_lien_puis_le_sujet_seul(client, compte, fournisseur, signe):
    fournisseur.userinfo_signe = signe
    assert entrer(client, fournisseur, "/guichet/passages/")["Location"] == "/guichet/passages/"
    assert client.get("/guichet/").status_code == 200
    lien = Identite.objects.get()
    assert (lien.compte, lien.emetteur, lien.sujet) == (compte, fournisseur.adresse, "sujet-1")
    fournisseur.personne |= {"email": "autre@ccas.example", "email_verified": False}
    assert entrer(Client(), fournisseur)["Location"] == "/"
    assert Identite.objects.count() == 1


def test_la_demande_porte_etat_nonce_et_pkce_chaque_fois_neufs(client, compte, fournisseur):
    for _ in range(2):
        partir(client, fournisseur)
    une, deux = fournisseur.demandes
    for champ in ("state", "nonce", "code_challenge"):
        assert len(une[champ]) >= 20
        assert une[champ] != deux[champ]
    assert une["scope"] == "openid email"
    assert une["redirect_uri"] == "http://testserver/compte/fournisseur/retour/"


def test_revenir_n_ouvre_rien_avant_le_clic(client, compte, fournisseur):
    client.get(retour(partir(client, fournisseur)))
    assert "_auth_user_id" not in client.session
    assert client.get("/guichet/").status_code == 302


def test_un_etat_faux_est_refuse(client, compte, fournisseur):
    refuse(client, client.get(retour(partir(client, fournisseur) | {"state": "invente"})), 400, "pas abouti")


def test_l_etat_d_un_autre_navigateur_est_refuse(client, compte, fournisseur):
    refuse(client, client.get(retour(partir(Client(), fournisseur))), 400, "pas abouti")


@pytest.mark.parametrize(
    "mensonges",
    [
        {"nonce": "un autre"},
        {"nonce": None},
        {"aud": "un-autre-client"},
        {"iss": "https://un-autre.example"},
        {"exp": int(time.time()) - 60},
        {"iat": int(time.time()) + 3600},
        {"sub": ""},
        {"aud": [CLIENT, "autre"], "azp": "autre"},
    ],
)
def test_un_jeton_qui_ment_est_refuse(client, compte, fournisseur, mensonges):
    fournisseur.mensonges = mensonges
    refuse(client, client.get(retour(partir(client, fournisseur))), 400, "pas abouti")


def test_une_autre_signature_est_refusee(client, compte, fournisseur):
    fournisseur.cle = AUTRE_CLE
    refuse(client, client.get(retour(partir(client, fournisseur))), 400, "pas abouti")


@pytest.mark.parametrize("algorithme", ["none", "HS256"])
def test_un_jeton_sans_signature_ou_a_cle_partagee_est_refuse(client, compte, fournisseur, monkeypatch, algorithme):
    monkeypatch.setattr(fournisseur, "_signer", lambda dit: forger(algorithme, dit))
    refuse(client, client.get(retour(partir(client, fournisseur))), 400, "pas abouti")


def test_un_userinfo_d_un_autre_sujet_est_refuse(client, compte, fournisseur):
    fournisseur.autre_sujet = "sujet-2"
    refuse(client, client.get(retour(partir(client, fournisseur))), 400, "pas abouti")


def test_un_code_rejoue_est_refuse(client, compte, fournisseur):
    reponse = partir(client, fournisseur)
    client.get(retour(reponse))
    refuse(client, client.get(retour(reponse)), 400, "pas abouti")
    # Replayed in a new exchange of the same browser: our state is good, the provider knows that the code served.
    refuse(client, client.get(retour(partir(client, fournisseur) | {"code": reponse["code"]})), 400, "pas abouti")
    assert fournisseur.jetons_servis == 1


def test_un_code_vole_ne_sert_a_rien_sans_sa_preuve(client, compte, fournisseur):
    """PKCE: a code taken from somebody else's browser fails in ours, whatever our own state."""
    vole = partir(Client(), fournisseur)["code"]
    refuse(client, client.get(retour(partir(client, fournisseur) | {"code": vole})), 400, "pas abouti")
    assert fournisseur.jetons_servis == 0


def test_une_session_sans_preuve_pkce_est_refusee(client, compte, fournisseur):
    reponse = partir(client, fournisseur)
    session = client.session
    (cle,) = [c for c, _ in session.items() if c.startswith("_state_")]
    del session[cle]["data"]["code_verifier"]
    session.save()
    refuse(client, client.get(retour(reponse)), 400, "pas abouti")
    assert fournisseur.jetons_servis == 0


@pytest.mark.parametrize(
    "parametres", [{}, {"error": "access_denied"}, {"code": "x"}, {"state": "\x00", "code": "\x00"}]
)
def test_un_retour_bancal_ramene_a_la_connexion(client, compte, fournisseur, parametres):
    refuse(client, client.get(retour(parametres)), 400, "pas abouti")


@pytest.mark.parametrize(
    "personne",
    [
        {"email": "inconnu@ccas.example"},
        {"email_verified": False},
        {"email_verified": "true"},  # a word is not a yes
        {"email": None},
    ],
)
def test_qui_n_a_pas_de_compte_est_refuse_sans_rien_creer(client, compte, fournisseur, personne):
    avant = Compte.objects.count(), Mission.objects.count()
    fournisseur.personne |= personne
    reponse = client.get(retour(partir(client, fournisseur)))
    refuse(client, reponse, 403, "créer votre compte avec cette adresse")
    assert (Compte.objects.count(), Mission.objects.count()) == avant


def test_un_compte_deja_relie_ne_change_pas_de_sujet(client, compte, fournisseur):
    Identite.objects.create(compte=compte, emetteur=fournisseur.adresse, sujet="le premier", liee_le=f.LUNDI_10H)
    reponse = client.get(retour(partir(client, fournisseur)))
    assert reponse.status_code == 403
    assert Identite.objects.get().sujet == "le premier"


@pytest.mark.parametrize("champ", [{"is_active": False}, {"exemple": True}])
def test_un_compte_ferme_ou_d_exemple_ne_s_ouvre_pas(client, compte, fournisseur, champ):
    Compte.objects.filter(pk=compte.pk).update(**champ)
    refuse(client, client.get(retour(partir(client, fournisseur))), 403, "aucun compte")


def test_le_second_facteur_est_demande_aussi(client, compte, fournisseur):
    from django_otp.plugins.otp_totp.models import TOTPDevice

    TOTPDevice.objects.create(user=compte, confirmed=True)
    assert entrer(client, fournisseur)["Location"] == "/compte/code/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("panne", ["/.well-known/openid-configuration", "/jwks", "/token", "/userinfo"])
def test_une_panne_du_fournisseur_se_dit_et_laisse_le_mot_de_passe(client, compte, fournisseur, panne):
    if panne.startswith("/."):
        fournisseur.pannes = {panne}
        reponse = client.get("/compte/fournisseur/")
    else:
        reponse = partir(client, fournisseur)
        fournisseur.pannes = {panne}
        reponse = client.get(retour(reponse))
    refuse(client, reponse, 503, "ne répond pas")
    fournisseur.pannes = set()
    assert entrer(client, fournisseur).status_code == 302


def test_un_reseau_coupe_se_dit(client, compte, settings):
    settings.OIDC = {"EMETTEUR": "http://127.0.0.1:9", "CLIENT": "x", "SECRET": "y", "LIBELLE": "ProConnect"}
    refuse(client, client.get("/compte/fournisseur/"), 503, "ProConnect ne répond pas")


def test_un_emetteur_qui_n_est_pas_le_bon_est_une_panne(client, compte, fournisseur, settings):
    settings.OIDC = settings.OIDC | {"EMETTEUR": fournisseur.adresse.replace("127.0.0.1", "localhost")}
    refuse(client, client.get("/compte/fournisseur/"), 503, "ne répond pas")


def test_sans_reglage_rien_n_est_propose(client, compte):
    assert "ProConnect" not in client.get("/compte/connexion/").content.decode()
    for adresse in ("/compte/fournisseur/", "/compte/fournisseur/retour/"):
        assert client.get(adresse).status_code == 404
    assert client.post("/compte/fournisseur/entrer/")["Location"] == "/compte/connexion/"


@pytest.mark.parametrize("adresse", ["/compte/deconnexion/", "/compte/moi/partout/"])
def test_quitter_ferme_aussi_la_session_du_fournisseur(client, compte, fournisseur, adresse):
    entrer(client, fournisseur)
    page = client.post(adresse).content.decode().replace("&amp;", "&")
    assert "_auth_user_id" not in client.session
    assert 'data-compte=""' in page
    sortie = page.split('http-equiv="refresh" content="0; url=')[1].split('"')[0]
    demande = parse_qs(urlsplit(sortie).query)
    assert sortie.startswith(f"{fournisseur.adresse}/fin?")
    assert demande["id_token_hint"][0].count(".") == 2
    assert demande["post_logout_redirect_uri"] == ["http://testserver/compte/connexion/"]


def test_quitter_marche_meme_si_le_fournisseur_est_en_panne(client, compte, fournisseur):
    entrer(client, fournisseur)
    oidc._client.cache_clear()
    fournisseur.pannes = {"/.well-known/openid-configuration"}
    assert client.post("/compte/deconnexion/")["Location"] == "/compte/connexion/"
    assert "_auth_user_id" not in client.session


@pytest.fixture
def paul(lieu):
    """Return somebody whose identifier is no address: linked from their own account only."""
    return creer_compte(
        identifiant="paul", nom="Paul", mot_de_passe=MOT_DE_PASSE, structure=lieu.structure,
        fonction=Fonction.ACCUEIL, a=f.LUNDI_10H,
    )  # fmt: skip


def test_on_relie_son_compte_soi_meme_avec_son_mot_de_passe(client, paul, fournisseur):
    client.force_login(paul)
    assert client.post("/compte/moi/fournisseur/", {"mot_de_passe": "faux"}).status_code == 400
    page = client.post("/compte/moi/fournisseur/", {"mot_de_passe": MOT_DE_PASSE}).content.decode()
    assert "/compte/fournisseur/" in page
    assert entrer(client, fournisseur)["Location"] == "/compte/moi/"
    assert Identite.objects.get().compte == paul
    assert "Votre compte est relié" in client.get("/compte/moi/").content.decode()
    assert entrer(Client(), fournisseur)["Location"] == "/"


def test_sans_l_avoir_demande_un_compte_ouvert_n_est_pas_relie(client, paul, compte, fournisseur):
    client.force_login(paul)
    entrer(client, fournisseur)
    assert not Identite.objects.filter(compte=paul).exists()
    assert client.session["_auth_user_id"] == str(compte.pk)


def test_une_identite_deja_prise_le_dit(client, paul, compte, fournisseur):
    Identite.objects.create(compte=compte, emetteur=fournisseur.adresse, sujet="sujet-1", liee_le=f.LUNDI_10H)
    client.force_login(paul)
    client.post("/compte/moi/fournisseur/", {"mot_de_passe": MOT_DE_PASSE})
    page = client.get(retour(partir(client, fournisseur)))
    assert page.status_code == 200
    suite = client.post("/compte/fournisseur/entrer/", follow=True)
    assert "déjà reliée à un autre compte" in suite.content.decode()
    assert not Identite.objects.filter(compte=paul).exists()


def test_le_verrou_s_ouvre_avec_le_fournisseur(client, compte, fournisseur):
    entrer(client, fournisseur)
    client.post("/compte/verrouiller/")
    assert client.get("/guichet/")["Location"] == "/compte/verrou/"
    assert "Reprendre avec ProConnect" in client.get("/compte/verrou/").content.decode()
    entrer(client, fournisseur)
    assert client.get("/guichet/").status_code == 200
