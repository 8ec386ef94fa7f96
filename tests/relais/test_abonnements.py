"""Telling another software: a key and a state, signed; only public machines; deferred in the same transaction."""

from __future__ import annotations

import hashlib
import hmac
import json

import pytest
import requests
from django.db import connection, transaction

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.relais import actions
from premier_accueil.relais.actions import abonnements
from premier_accueil.relais.models import Abonnement
from premier_accueil.relais.regles import ECHECS_AU_PLUS
from premier_accueil.socle import adresse_web
from premier_accueil.socle.cloison import situer
from tests import fabriques as f
from tests.relais.situations import A, Monde, monde, se_placer

pytestmark = pytest.mark.django_db
ADRESSE = "https://logiciel.exemple.fr/relais"


@pytest.fixture
def m() -> Monde:
    return monde()


@pytest.fixture
def publique(monkeypatch):
    monkeypatch.setattr(adresse_web.socket, "getaddrinfo", lambda *_, **__: [(0, 0, 0, "", ("93.184.215.14", 443))])


def en_file() -> list[dict[str, int]]:
    with connection.cursor() as curseur:
        curseur.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'relais.avertir' ORDER BY id")
        return [json.loads(a) if isinstance(a, str) else a for (a,) in curseur.fetchall()]


def abonner(m: Monde) -> str:
    chef = f.agent(m.partage.eux, Fonction.ADMINISTRATION)
    return actions.s_abonner(ADRESSE, role=se_placer(chef), a=A)


def test_un_geste_met_en_file_le_numero_et_rien_d_autre(m, publique):
    m.envoyer()
    assert en_file() == []  # nobody listens
    abonner(m)
    cle = m.envoyer()
    assert en_file() == [{"relais_id": cle}]
    with pytest.raises(RuntimeError), transaction.atomic():
        m.agir(cle, "accepter", eux=True)
        raise RuntimeError
    assert len(en_file()) == 1  # rolled back with the gesture


def test_le_message_porte_un_numero_un_etat_et_sa_signature(m, publique, monkeypatch):
    secret, recus = abonner(m), []
    cle = m.envoyer()

    def poster(adresse, data, headers, **options):
        recus.append((adresse, data, headers, options))
        reponse = requests.Response()
        reponse.status_code = 204
        return reponse

    monkeypatch.setattr(requests, "post", poster)
    situer()
    assert actions.avertir(a=A, relais_id=cle) == "1 logiciel(s) prévenu(s)."
    ((adresse, corps, entetes, options),) = recus
    assert (adresse, options["allow_redirects"]) == (ADRESSE, False)
    assert json.loads(corps) == {"relais": cle, "etat": "ENVOYE", "le": A.isoformat()}
    attendue = hmac.new(secret.encode(), corps, hashlib.sha256).hexdigest()
    assert entetes["X-Premier-Accueil-Signature"] == f"sha256={attendue}"
    assert b"Lovelace" not in corps


def test_un_logiciel_muet_se_retente_et_finit_par_se_taire(m, publique, monkeypatch):
    abonner(m)
    cle = m.envoyer()

    def tomber(*_, **__):
        raise requests.ConnectionError

    monkeypatch.setattr(requests, "post", tomber)
    situer()
    for _ in range(ECHECS_AU_PLUS):
        with pytest.raises(abonnements.AvertissementPerdu):
            actions.avertir(a=A, relais_id=cle)
    assert actions.avertir(a=A, relais_id=cle) == "0 logiciel(s) prévenu(s)."


@pytest.mark.parametrize(
    ("adresse", "raison"),
    [
        ("http://logiciel.exemple.fr/", "https"), ("https://moi:secret@exemple.fr/", "sans identifiant"),
        ("https://", "https"), ("https://[::1", "lisible"), ("https://exemple.fr:99999/", "lisible"),
        ("https://127.0.0.1/", "réseau public"), ("https://10.0.0.8/", "réseau public"),
        ("https://169.254.169.254/latest", "réseau public"), ("https://[::1]/", "réseau public"),
        ("https://exemple.fr/" + "a" * 300, "trop longue"),
    ],
)  # fmt: skip
def test_une_adresse_dangereuse_est_refusee(adresse, raison):
    assert raison in adresse_web.refus_d_adresse(adresse)


def test_seule_l_administration_abonne_et_arrete(m, publique):
    with pytest.raises(PermissionError):
        actions.s_abonner(ADRESSE, role=m.chez_eux(), a=A)
    abonner(m)
    with pytest.raises(actions.SaisieRefusee, match="déjà prévenue"):
        abonner(m)
    chef = f.agent(m.partage.ici, Fonction.ADMINISTRATION)
    with pytest.raises(Abonnement.DoesNotExist):
        actions.se_desabonner(1, role=se_placer(chef), a=A)
