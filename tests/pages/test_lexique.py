"""The pages of the lexicon: an empty form at the counter, the committee's gestures, nothing lost."""

from __future__ import annotations

import pytest
from django.urls import reverse

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.orientation.models import EntreeDuLexique, EssaiDuLexique
from tests import fabriques as f
from tests.orientation.situations_lexique import ALIMENTATION, REPARER

pytestmark = pytest.mark.django_db
PARTS = {"premier": 0.95, "trois": 0.98, "rappel": 1.0, "precision": 0.97}


@pytest.fixture
def coordination(clients):
    return clients(Fonction.COORDINATION)


def test_au_guichet_une_phrase_ne_part_que_si_on_l_ecrit(guichet):
    """Opt-in: what was not understood is offered by a link to an empty form; nothing is taken from the counter."""
    page = guichet.post(reverse("guichet:suggestions"), {"mots": "zzyzxaq blorg frumious"}).content.decode()
    assert reverse("lexique:proposer") in page
    comprise = guichet.post(reverse("guichet:suggestions"), {"mots": "je dors dehors ce soir"}).content.decode()
    assert reverse("lexique:proposer") not in comprise
    formulaire = guichet.get(reverse("lexique:proposer")).content.decode()
    assert "zzyzxaq" not in formulaire
    assert not EntreeDuLexique.objects.exists()


def test_proposer_refuse_ce_qui_designe_quelqu_un_et_garde_la_saisie(guichet):
    adresse = reverse("lexique:proposer")
    refusee = guichet.post(adresse, {"dit": "la guimbarde de karim tousse"})
    assert refusee.status_code == 400
    assert "karim » est un prénom" in refusee.content.decode()
    assert "la guimbarde de karim tousse" in refusee.content.decode()
    assert not EntreeDuLexique.objects.exists()
    for _ in range(2):
        assert guichet.post(adresse, {"dit": "la guimbarde tousse"}).status_code == 302
    assert EntreeDuLexique.objects.get().dit == "la guimbarde tousse"


def test_seul_le_comite_entre(guichet, coordination):
    assert guichet.get(reverse("lexique:liste")).status_code == 403
    assert coordination.get(reverse("lexique:liste")).status_code == 200
    assert coordination.get(reverse("lexique:proposer")).status_code == 403


def test_le_comite_prepare_essaie_publie_retire(coordination, guichet, monkeypatch):
    guichet.post(reverse("lexique:proposer"), {"dit": "la guimbarde tousse"})
    entree = EntreeDuLexique.objects.get()
    une = reverse("lexique:une", args=[entree.pk])
    assert "la guimbarde tousse" in coordination.get(reverse("lexique:liste")).content.decode()
    assert "Rien d'autre n'est su" in coordination.get(une).content.decode()
    vide = coordination.post(une, {"dit": "la guimbarde tousse", "version": 1})
    assert (vide.status_code, "un à trois besoins" in vide.content.decode()) == (400, True)
    dite = {"dit": "la guimbarde tousse", "vers_1": REPARER, "registre": "FAMILIER", "version": 1}
    assert coordination.post(une, dite).status_code == 302
    conflit = coordination.post(une, dite | {"vers_1": ALIMENTATION})
    assert (conflit.status_code, "entre-temps" in conflit.content.decode()) == (400, True)

    demande = coordination.post(reverse("lexique:essayer"))
    essai = EssaiDuLexique.objects.get()
    assert demande["Location"] == reverse("lexique:essai", args=[essai.pk])
    assert coordination.post(reverse("lexique:essayer"))["Location"] == demande["Location"]
    en_cours = coordination.get(demande["Location"]).content.decode()
    assert "hx-trigger" in en_cours and "Publier" not in en_cours
    EssaiDuLexique.objects.filter(pk=essai.pk).update(etat="FINI", avant=PARTS, apres=PARTS | {"premier": 0.5}, refus=["Bas."])
    refusee = coordination.get(demande["Location"]).content.decode()
    assert "95,0&nbsp;%" in refusee and "50,0&nbsp;%" in refusee and "Bas." in refusee and ">Publier<" not in refusee
    coordination.post(reverse("lexique:publier", args=[essai.pk]))
    assert EntreeDuLexique.objects.get().etat == "PRETE"
    EssaiDuLexique.objects.filter(pk=essai.pk).update(apres=PARTS, refus=[], muettes=["la guimbarde tousse"])
    assert ">Publier<" in coordination.get(demande["Location"]).content.decode()
    for _ in range(2):  # a double click publishes once
        assert coordination.post(reverse("lexique:publier", args=[essai.pk])).status_code == 302
    entree.refresh_from_db()
    assert entree.etat == "PUBLIEE"
    assert "la guimbarde tousse" in coordination.get(reverse("lexique:liste") + "?vue=PUBLIEE").content.decode()
    assert "Camille" in coordination.get(une).content.decode()
    coordination.post(reverse("lexique:retirer", args=[entree.pk]))
    entree.refresh_from_db()
    assert entree.etat == "RETIREE"


def test_la_liste_coute_toujours_les_memes_requetes(coordination, django_assert_num_queries):
    def lignes(debut: int, fin: int) -> None:
        EntreeDuLexique.objects.bulk_create(
            EntreeDuLexique(dit=f"phrase {n}", cle=f"phrase {n}", etat="PROPOSEE", proposee_le=f.LUNDI_10H.date())
            for n in range(debut, fin)
        )

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    lignes(0, 1)
    coordination.get(reverse("lexique:liste"))
    with CaptureQueriesContext(connection) as peu:
        coordination.get(reverse("lexique:liste"))
    lignes(1, 40)
    with django_assert_num_queries(len(peu)):
        page = coordination.get(reverse("lexique:liste")).content.decode()
    assert page.count("Notée le") == 12 and "Page 1 sur 4" in page


def test_un_essai_sans_phrase_prete_se_dit(coordination):
    suite = coordination.post(reverse("lexique:essayer"), follow=True)
    assert "Aucune phrase n" in suite.content.decode()
    assert not EssaiDuLexique.objects.exists()
