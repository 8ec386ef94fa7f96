"""The team page, and giving a mission from it."""

from __future__ import annotations

import pytest

from premier_accueil.acteurs.models import Compte, Mission
from premier_accueil.faits.actions import noter_faits
from tests import fabriques as f


def saisie(**champs):
    return {
        "identifiant": "lou@exemple.fr", "nom": "Lou", "fonction": "BENEVOLE", "profession": "AUTRE", "statut": "AUCUN",
        "texte": "", "debut": "2026-11-23", "fin": "2027-11-23",
    } | champs  # fmt: skip


@pytest.fixture
def bureau(clients):
    return clients("ADMINISTRATION")


def test_l_equipe_se_voit_de_tous_et_ne_se_change_que_par_l_administration(bureau, guichet):
    assert "Confier une mission" in bureau.get("/equipe/").content.decode()
    page = guichet.get("/equipe/")
    assert page.status_code == 200
    assert "Confier une mission" not in page.content.decode()
    assert guichet.get("/equipe/missions/").status_code == 403
    assert guichet.post("/equipe/missions/1/terminer/").status_code == 403


def test_confier_a_un_compte_neuf_montre_le_mot_de_passe_une_fois(bureau):
    page = bureau.post("/equipe/missions/", saisie())
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    mot = page.content.decode().split("<code>")[1].split("</code>")[0]
    assert Compte.objects.get(identifiant="lou@exemple.fr").check_password(mot)
    assert mot not in bureau.get("/equipe/").content.decode()


def test_une_saisie_fausse_garde_ce_qui_est_tape(bureau):
    page = bureau.post("/equipe/missions/", saisie(statut="SECRET_PROFESSIONNEL"))
    assert page.status_code == 400
    texte = page.content.decode()
    assert "Citez le texte" in texte
    assert 'value="lou@exemple.fr"' in texte


def test_terminer_ferme_la_session_a_la_page_suivante(bureau, lieu):
    from tests.pages.conftest import connecte

    role = f.agent(lieu.structure)
    client = connecte(role)
    assert client.get("/guichet/").status_code == 200
    bureau.post(f"/equipe/missions/{role.mission_id}/terminer/")
    assert client.get("/guichet/").status_code == 403
    assert bureau.post("/equipe/missions/999999/terminer/").status_code == 404
    assert Mission.objects.get(pk=role.mission_id).fin is not None


def test_T10_les_volumes_de_moins_de_dix_ne_se_montrent_pas(clients, lieu):
    elu, coordination = clients("ELU"), clients("COORDINATION")
    for _ in range(9):
        noter_faits([("PASSAGE", {})], structure_id=lieu.structure_id, departement="44", a=f.LUNDI_10H)
    for client, adresse in ((elu, "/coordination/volumes/"), (coordination, "/coordination/faits/")):
        assert "moins de 10" in client.get(adresse).content.decode()
    noter_faits([("PASSAGE", {})], structure_id=lieu.structure_id, departement="44", a=f.LUNDI_10H)
    assert "<td>10</td>" in elu.get("/coordination/volumes/").content.decode()
    faits = coordination.get("/coordination/faits/PASSAGE/2026/11/").content.decode()
    assert faits.count("<tr>") == 11
    assert elu.get("/coordination/faits/").status_code == 403


@pytest.mark.parametrize("adresse", ["PERSONNE/2026/11/", "PASSAGE/2026/13/", "PASSAGE/1/1/"])
def test_une_adresse_fausse_est_introuvable(clients, adresse):
    assert clients("COORDINATION").get(f"/coordination/faits/{adresse}").status_code == 404
