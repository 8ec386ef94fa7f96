"""The end of a queue's day, and a desk that goes on a break: said, never done by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from premier_accueil.accueil.models import Attente, FermetureDeFile
from premier_accueil.accueil.regles import Etape
from premier_accueil.annuaire.models import Fermeture, Permanence
from tests import fabriques as f
from tests.pages.conftest import connecte
from tests.personnes.parcours import texte

pytestmark = pytest.mark.django_db


@pytest.fixture
def ouvre(lieu):
    """Return who writes the hours of the place in the directory."""
    return lambda horaires: f.service(lieu.structure, "Accueil social", site=lieu, horaires=horaires)


def file(role, monkeypatch, minutes=0):
    monkeypatch.setattr("django.utils.timezone.now", lambda: f.LUNDI_10H + timedelta(minutes=minutes))
    return texte(connecte(role).get("/file/"))


@pytest.mark.parametrize(("horaires", "dit"), [
    ("Mo-Fr 09:00-17:00", ""),
    ("Mo-Fr 09:00-10:15", "ferme bientôt"),
    ("Mo-Fr 08:00-09:00", "est fermé"),
    ("Tu 09:00-12:00", "est fermé"),
    ("Mo-Fr 08:00-09:00,14:00-17:00", ""),  # it opens again today: a queue at noon goes on
    ("Mo-Fr 10:30-12:00", ""),  # not open yet
    ("24/7", ""),
    ("", ""),
])  # fmt: skip
def test_la_file_rappelle_l_heure_de_l_annuaire(role, monkeypatch, ouvre, horaires, dit):
    ouvre(horaires)
    vue = file(role, monkeypatch)
    assert ("D'après l'annuaire" in vue) is bool(dit)
    assert dit in vue
    assert not FermetureDeFile.objects.exists() and "Donner un ticket" in vue  # nothing closes by itself


def test_la_derniere_permanence_a_fermer_l_emporte_et_la_fermeture_du_jour_aussi(role, monkeypatch, ouvre):
    ouvre("Mo-Fr 09:00-10:15")
    autre = ouvre("Mo-Fr 09:00-12:00")
    assert "D'après l'annuaire" not in file(role, monkeypatch)
    jour = f.LUNDI_10H.date()
    Fermeture.objects.create(permanence=Permanence.objects.get(service=autre), du=jour, au=jour)
    assert "ferme bientôt" in file(role, monkeypatch)


def test_une_file_fermee_ne_le_rappelle_plus(guichet, role, monkeypatch, ouvre):
    ouvre("Mo-Fr 09:00-10:15")
    guichet.post("/file/fermeture/", {"geste": "fermer"})
    assert "D'après l'annuaire" not in file(role, monkeypatch)


def test_un_bureau_en_pause_rend_la_personne_a_la_file(guichet, role, lieu, monkeypatch):
    guichet.post("/file/ticket/", {"etape": "ACCUEIL", "prenom_affiche": ""})
    guichet.post("/file/appel/", {"etape": "ACCUEIL", "bureau": "1"})
    t = Attente.objects.get()
    collegue = connecte(f.agent(lieu.structure, nom="Dominique"))
    assert f"/file/{t.pk}/" in texte(collegue.get("/file/"))
    page = texte(collegue.get(f"/file/{t.pk}/"))
    assert "Ce bureau est en pause" in page and "Faire passer" not in page
    assert "Ce bureau est en pause" not in texte(guichet.get(f"/file/{t.pk}/"))
    collegue.post(f"/file/{t.pk}/remettre/", {"etape": "ACCUEIL"})
    collegue.post("/file/appel/", {"etape": "ACCUEIL", "bureau": "2"})
    t.refresh_from_db()
    assert (t.etat, t.bureau, t.etape, t.arrive_le) == ("APPELE", "2", Etape.ACCUEIL, f.LUNDI_10H)
