"""Orientation for anybody's software: the page's answer, limits, and not a word kept."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, seed, settings

from premier_accueil.api.orientation import LIMITES, OCTETS_MAX
from premier_accueil.orientation import comprendre
from premier_accueil.orientation.requetes import proposer, propositions
from tests.orientation import reseau
from tests.test_schemathesis import CONTRAT, une_seule_connexion  # noqa: F401

pytestmark = pytest.mark.django_db
ADRESSE = "/api/ouvert/orientation"
MOTS = "ma voiture en panne zzyzxaq"


@pytest.fixture(autouse=True)
def a_dix_heures(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: reseau.A)
    monkeypatch.setattr(proposer, "_lecteur", reseau.LecteurSimple)
    monkeypatch.setattr("premier_accueil.api.orientation.pret", lambda: True)
    for limite in LIMITES:
        monkeypatch.setattr(limite, "num_requests", 10**6)


@pytest.fixture
def garage():
    chez = reseau.structure("Garage solidaire d'exemple")
    return reseau.service("Réparer sa voiture", [reseau.REPARER], chez=chez, conditions_acces="Avoir le permis.")


def demander(**corps):
    return Client().post(ADRESSE, corps, content_type="application/json")


def test_la_reponse_est_celle_de_la_page(garage):
    recue = demander(texte=MOTS, commune="44213", mode="pied")
    assert recue.status_code == 200, recue.content
    vue = recue.json()
    attendue = propositions(MOTS, commune="44213", a=reseau.A, mode="pied")
    assert [p["nom"] for p in vue["propositions"]] == [p.nom for p in attendue.propositions] != []
    premier = vue["propositions"][0]
    assert premier["raisons"] == list(attendue.propositions[0].pourquoi) != []
    assert set(attendue.propositions[0].a_verifier) <= set(premier["a_verifier"])
    assert "Avoir le permis." in premier["a_verifier"]
    assert (vue["compris"], vue["portes"], vue["commune"]) == (True, [], "Loireauxence")
    assert vue["thematiques"][0] == {"code": reseau.REPARER, "libelle": vue["thematiques"][0]["libelle"], "score": 0.9}
    assert not recue.cookies


def test_l_urgence_vient_avec_ses_numeros_et_sa_conduite(monkeypatch):
    monkeypatch.setattr(proposer, "_lecteur", comprendre.charger)
    urgence = demander(texte="je dors dehors ce soir").json()["urgence"]
    assert urgence["motif"] == "SANS_ABRI"
    assert "115" in [n["numero"] for n in urgence["numeros"]]
    assert urgence["conduite"]


def test_un_serveur_qui_demarre_ne_pretend_pas_ne_rien_comprendre(garage, monkeypatch):
    monkeypatch.setattr("premier_accueil.api.orientation.pret", lambda: False)
    assert demander(texte=MOTS).status_code == 200
    demarre = demander(texte="zzyzxaq")
    assert (demarre.status_code, demarre["Retry-After"]) == (503, "10")


def test_rien_compris_donne_les_dix_portes(garage):
    vue = demander(texte="zzyzxaq", commune="44213").json()
    assert not vue["compris"]
    assert len(vue["portes"]) >= 10


@pytest.mark.parametrize(
    ("corps", "champ"),
    [
        ({"texte": MOTS, "commune": "44999"}, "commune"), ({"texte": MOTS, "commune": "Ancenis"}, "commune"),
        ({"texte": MOTS, "mode": "fusée"}, "mode"), ({"commune": "44213"}, "texte"), ({"texte": "é" * 2001}, "texte"),
        ({"texte": MOTS, "quand": "9999-12-31T23:59:59+00:00"}, "quand"), ({"texte": MOTS, "limite": 500}, "limite"),
    ],
)  # fmt: skip
def test_un_champ_faux_est_dit_sans_repeter_les_mots(corps, champ):
    reseau.commune()
    recue = demander(**corps)
    assert recue.status_code == 422
    assert champ in recue.json()["detail"][0]["loc"]
    assert "zzyzxaq" not in recue.content.decode()


def test_ce_qui_n_est_pas_du_json_et_ce_qui_est_trop_long_sont_refuses():
    client = Client()
    assert client.post(ADRESSE, "{", content_type="application/json").status_code == 400
    longue = client.post(ADRESSE, "x" * (OCTETS_MAX + 1), content_type="application/json")
    assert (longue.status_code, longue.json()) == (413, {"message": "Votre demande est trop longue."})
    assert client.get(ADRESSE).status_code == 405


@pytest.mark.parametrize("rang", [0, 1])
def test_trop_de_demandes_attendent_par_adresse_et_en_tout(monkeypatch, rang):
    from django.core.cache import cache

    cache.clear()
    monkeypatch.setattr(LIMITES[rang], "num_requests", 2)
    autre = Client(REMOTE_ADDR="192.0.2.9")
    statuts = [demander(texte="bonjour").status_code for _ in range(3)]
    assert statuts == [200, 200, 429]
    ailleurs = autre.post(ADRESSE, {"texte": "bonjour"}, content_type="application/json")
    assert ailleurs.status_code == (200 if rang == 0 else 429)
    cache.clear()


def test_qui_insiste_ne_prend_pas_la_part_des_autres(monkeypatch):
    from django.core.cache import cache

    cache.clear()
    monkeypatch.setattr(LIMITES[0], "num_requests", 1)
    monkeypatch.setattr(LIMITES[1], "num_requests", 3)
    assert [demander(texte="bonjour").status_code for _ in range(5)] == [200, 429, 429, 429, 429]
    ailleurs = Client(REMOTE_ADDR="192.0.2.9").post(ADRESSE, {"texte": "bonjour"}, content_type="application/json")
    assert ailleurs.status_code == 200
    cache.clear()


class Registre(logging.Handler):
    """Keep all that is logged: the line, its trace, and what hangs on it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lignes: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lignes.append(logging.Formatter().format(record) + repr(vars(record)))


@pytest.fixture
def registre():
    tout, noms = Registre(), ("", "django", "django.request", "ninja", "premier_accueil")
    for nom in noms:
        logging.getLogger(nom).addHandler(tout)
    yield tout
    for nom in noms:
        logging.getLogger(nom).removeHandler(tout)


def test_les_mots_ne_sont_ni_dans_un_registre_ni_dans_une_table(garage, registre, monkeypatch):
    """Whatever happens (answer, refusal, failure), the words stand in no log and no table, and reach no statement."""
    with CaptureQueriesContext(connection) as ordres:
        demander(texte=MOTS, commune="44213")
    assert ordres and not [o for o in ordres if "zzyzxaq" in o["sql"]]
    demander(texte=MOTS, mode="fusée")

    def tomber(*args, **kwargs):
        raise RuntimeError("panne")

    monkeypatch.setattr("premier_accueil.api.orientation.propositions", tomber)
    Client(raise_request_exception=False).post(ADRESSE, {"texte": MOTS}, content_type="application/json")
    journaux = "\n".join(registre.lignes)
    assert "panne" in journaux and "Unprocessable" in journaux  # what went wrong is told, the words are not
    assert "zzyzxaq" not in journaux
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        for (table,) in curseur.fetchall():
            curseur.execute(f'SELECT count(*) FROM "{table}" AS t WHERE t::text LIKE %s', ["%zzyzxaq%"])
            assert curseur.fetchone() == (0,), table


def test_le_moment_demande_change_ce_qui_est_ouvert(garage):
    ouvert = demander(texte=MOTS, commune="44213").json()["propositions"][0]["ouvert"]
    soir = (reseau.A + timedelta(hours=12)).isoformat()
    assert (ouvert, demander(texte=MOTS, commune="44213", quand=soir).json()["propositions"][0]["ouvert"]) == (True, False)


def test_l_interface_tient_son_contrat(garage, une_seule_connexion):  # noqa: F811
    """Generated questions get an answer that the contract describes, never a failure."""
    schema = schemathesis.openapi.from_wsgi("/api/ouvert/openapi.json", get_wsgi_application())
    essayes = 0
    for resultat in schema.get_all_operations():
        operation = resultat.ok()

        @seed(20261123)
        @settings(
            max_examples=16, deadline=None, database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(cas=operation.as_strategy())
        def essayer(cas):
            nonlocal essayes
            with transaction.atomic():
                cas.call_and_validate(checks=CONTRAT)
                transaction.set_rollback(True)
            essayes += 1

        essayer()
    assert essayes > 15
