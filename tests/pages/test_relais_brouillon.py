"""A relay kept for later: found again, never overwritten in silence, under its person's name only."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from premier_accueil.partage.models import Accord
from premier_accueil.relais.models import BrouillonDeRelais
from premier_accueil.relais.regles import EtatDeRelais
from tests.pages.conftest import connecte
from tests.pages.test_relais_ecran import adresse, page, saisir, seul
from tests.partage import situations as partage
from tests.partage.situations import TEXTES
from tests.relais.situations import Monde, monde

pytestmark = pytest.mark.django_db
E = EtatDeRelais


@pytest.fixture
def m() -> Monde:
    return monde()


@pytest.fixture
def nous(m) -> Client:
    return connecte(m.nous)


def test_garder_pour_plus_tard_puis_reprendre_et_envoyer(m, nous):
    envoi = saisir(m, "garder", presents=[])
    liste = page(nous.post(adresse(m), envoi, follow=True))
    assert "gardé pour plus tard" in liste
    r = seul(m)
    assert (r.etat, Accord.objects.count()) == (E.BROUILLON, 0)
    assert f"?brouillon={r.pk}" in page(nous.get(reverse("relais:un", args=[r.pk])))
    repris = page(nous.get(f"{adresse(m)}?brouillon={r.pk}"))
    assert TEXTES["BESOIN"] in repris
    assert envoi["demande_id"] in repris
    assert 'name="version" value="1"' in repris
    page(nous.post(adresse(m), envoi | {"etape": "envoyer", "presents": ["SEULE"], "version": "1"}))
    assert seul(m).etat == E.ENVOYE
    assert not BrouillonDeRelais.objects.exists()


def test_deux_collegues_sur_un_brouillon_rien_ne_s_ecrase_en_silence(m, nous):
    envoi = saisir(m, "garder")
    page(nous.post(adresse(m), envoi, follow=True))
    page(nous.post(adresse(m), envoi | {"version": "1", "texte_BESOIN": "Mots de Nadia"}, follow=True))
    les_miens = envoi | {"version": "1", "texte_BESOIN": "Les miens"}
    for etape in ("garder", "envoyer"):
        refus = page(nous.post(adresse(m), les_miens | {"etape": etape}), 409)
        assert "Nadia a gardé ce brouillon entre-temps" in refus
        assert "Les miens" in refus
        assert f"?brouillon={seul(m).pk}" in refus
        assert 'name="version" value="2"' in refus
    assert BrouillonDeRelais.objects.get().saisie["texte_BESOIN"] == ["Mots de Nadia"]
    page(nous.post(adresse(m), les_miens | {"version": "2"}, follow=True))
    m.chez_nous()
    assert BrouillonDeRelais.objects.get().saisie["texte_BESOIN"] == ["Les miens"]


def test_t4_un_brouillon_ne_s_ouvre_que_sous_le_nom_de_sa_personne(m, nous):
    page(nous.post(adresse(m), saisir(m, "garder"), follow=True))
    autre = partage.personne(m.partage.ici, nom="Durand", prenom="Léa", cle="durand lea")
    cle = seul(m).pk
    ailleurs = page(nous.get(f"{reverse('relais:nouveau', args=[autre.pk])}?brouillon={cle}"))
    assert TEXTES["BESOIN"] not in ailleurs
