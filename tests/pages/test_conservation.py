"""The pages of retention and of people's rights."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.partage.models import DemandeDeDroit, Destruction
from premier_accueil.personnes.models import Personne
from tests import fabriques as f
from tests.pages.conftest import connecte
from tests.personnes import situations as p


@pytest.fixture
def agente(lieu):
    return f.agent(lieu.structure, Fonction.TRAVAIL_SOCIAL)


@pytest.fixture
def dpo(lieu):
    return connecte(f.agent(lieu.structure, Fonction.DPO))


def texte(page):
    return page.content.decode()


def test_sans_rien_a_detruire_la_page_le_dit(dpo):
    assert "Aucune proposition" in texte(dpo.get("/conservation/"))
    assert "Rien de nouveau" in texte(dpo.post("/conservation/proposer/", follow=True))


def test_proposer_viser_detruire_depuis_la_page(dpo, agente):
    cle = p.personne(agente)
    Personne.objects.filter(pk=cle).update(dernier_contact_le=f.LUNDI_10H - timedelta(days=800))
    page = texte(dpo.post("/conservation/proposer/", follow=True))
    assert "1 dossier" in page
    assert "Martin" not in page, "the archives' visa needs numbers, not names"
    d = Destruction.objects.get()
    assert "sans visa, rien ne part" in texte(dpo.post(f"/conservation/{d.pk}/viser/", {"visa": ""}, follow=True))
    dpo.post(f"/conservation/{d.pk}/viser/", {"visa": "AD44 12"})
    dpo.post(f"/conservation/{d.pk}/detruire/")
    p.se_placer(agente)
    assert not Personne.objects.exists()
    assert "faite" in texte(dpo.get("/conservation/"))
    assert "déjà faite" in texte(dpo.post(f"/conservation/{d.pk}/refuser/", follow=True))


@pytest.mark.parametrize("geste", ["viser", "bruler"])
def test_un_geste_ou_une_destruction_inconnus_sont_introuvables(dpo, geste):
    assert dpo.post(f"/conservation/999/{geste}/").status_code == 404


def test_une_demande_se_garde_et_se_repond(dpo, agente):
    cle, client = p.personne(agente), connecte(agente)
    page = client.post(f"/conservation/personnes/{cle}/", {"precisions": "tout mon dossier", "demande_id": str(uuid4())})
    assert page.status_code == 400
    assert "tout mon dossier" in texte(page)
    saisie = {"genre": "ACCES", "precisions": "tout mon dossier", "demande_id": str(uuid4())}
    for _ in range(2):
        assert client.post(f"/conservation/personnes/{cle}/", saisie).status_code == 302
    droit = DemandeDeDroit.objects.get()
    assert "Réponse due le 23 décembre 2026" in texte(dpo.get("/conservation/droits/"))
    refusee = dpo.post(f"/conservation/droits/{droit.pk}/", {"reponse": " "})
    assert refusee.status_code == 400
    assert "Répondue le 23 novembre" in texte(dpo.post(f"/conservation/droits/{droit.pk}/", {"reponse": "Remis."}, follow=True))
    assert "répondu entre-temps" in texte(dpo.post(f"/conservation/droits/{droit.pk}/", {"reponse": "Bis."}, follow=True))


def test_la_personne_emporte_ses_donnees_sans_l_adresse_protegee(agente):
    cle, client = p.protegee(agente), connecte(agente)
    for forme in ("", "?forme=json"):
        page = client.get(f"/conservation/personnes/{cle}/donnees/{forme}")
        assert "Martin" in texte(page)
        assert p.RUE not in texte(page)
        assert "no-store" in page["Cache-Control"]
    assert page.json()["Votre identité et vos coordonnées"]["lignes"][0]["prénom"] == "Louise"
