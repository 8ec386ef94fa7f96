"""Above the suggestions: facts to confirm, one question, ten doors. Nothing counts before a touch."""

from __future__ import annotations

from uuid import uuid4

import pytest

from premier_accueil.accueil.models import Passage
from premier_accueil.orientation.comprendre.questions import Choix, QuestionPosee
from premier_accueil.pages.guichet import suggestions as module
from tests import fabriques as f

pytestmark = pytest.mark.django_db
PHRASE = "ma mère a 82 ans, elle habite à Varades, pas de voiture, besoin d'une aide ménagère"


def saisir(**champs):
    return {"demande_id": str(uuid4()), "nature": "INFORMATION", "commune": "Loireauxence", "concerne": "SOI", "mode": "voiture"} | champs


def test_un_fait_propose_ne_compte_pas_avant_d_etre_confirme(guichet, lieu, monkeypatch):
    recus = []
    vraie = module.propositions
    monkeypatch.setattr(module, "propositions", lambda *a, **k: recus.append(tuple(k["publics"])) or vraie(*a, **k))
    page = guichet.post("/guichet/suggestions/", saisir(mots=PHRASE)).content.decode()
    assert "Proposé : 82 ans" in page
    assert "« mère a 82 ans »" in page
    assert 'value="AGE:82" checked' not in page
    assert recus == [()]
    page = guichet.post("/guichet/suggestions/", saisir(mots="autre chose", faits=["AGE:82", "X:Y"])).content.decode()
    assert 'value="AGE:82" checked' in page
    assert recus[-1] == ("seniors",)


def test_rien_n_est_garde_sans_confirmation_et_ce_qui_est_confirme_remplit_son_champ(guichet, lieu):
    f.commune("Varades", "44214")
    guichet.post("/guichet/accueillir/", saisir(mots=PHRASE))
    seul = Passage.objects.get()
    assert (seul.concerne, seul.deplacement, seul.commune.nom) == ("SOI", "voiture", "Loireauxence")
    faits = ["CONCERNE:PROCHE", "DEPLACEMENT:transport", "COMMUNE:44214", "AGE:82"]
    guichet.post("/guichet/accueillir/", saisir(mots=PHRASE, faits=faits))
    confirme = Passage.objects.exclude(pk=seul.pk).get()
    assert (confirme.concerne, confirme.deplacement, confirme.commune.nom) == ("PROCHE", "transport", "Varades")
    page = guichet.post("/guichet/suggestions/", saisir(mots=PHRASE)).content.decode()
    assert "Proposé : habite Varades" in page
    rempli = guichet.post("/guichet/suggestions/", saisir(mots=PHRASE, concerne="PROCHE", mode="transport", commune="Varades"))
    for fait in ("CONCERNE", "DEPLACEMENT", "COMMUNE"):
        assert f'value="{fait}:' not in rempli.content.decode(), "already said by the form"


def test_une_question_separe_deux_besoins_et_la_reponse_en_choisit_un(guichet, lieu, monkeypatch):
    loyer, dettes = f.REPARER, "mobilite--acceder-a-un-vehicule"
    posee = QuestionPosee("La réparer, ou en trouver une autre ?", (Choix("La réparer", loyer), Choix("Une autre", dettes)))
    vraie = module.precisions
    with monkeypatch.context() as m:
        m.setattr(module, "precisions", lambda *a, **k: module.replace(vraie(*a, **k), question=posee))
        page = guichet.post("/guichet/suggestions/", saisir(mots="voiture en panne")).content.decode()
    assert posee.demande in page
    assert page.index(posee.demande) < page.index("Besoins entendus")
    assert f'name="besoins" value="{loyer}" checked' not in page, "nothing is ticked before the answer"
    reponse = saisir(mots="voiture en panne", precision=[dettes], precision_choix=[loyer, dettes], besoins=[loyer])
    page = guichet.post("/guichet/suggestions/", reponse).content.decode()
    assert f'name="besoins" value="{dettes}" checked' in page
    assert f'name="besoins" value="{loyer}" checked' not in page
    assert f'name="besoins_proposes" value="{loyer}"' in page, "refused by the answer, it is not ticked again"
    guichet.post("/guichet/accueillir/", reponse)
    assert [b.thematique for b in Passage.objects.get().besoins.all()] == [dettes]


def test_quand_rien_n_est_compris_dix_portes_s_ouvrent(guichet, lieu):
    page = guichet.post("/guichet/suggestions/", saisir(mots="zzxqj wkrtp")).content.decode()
    assert "n'est pas reconnu" in page
    assert page.count("<summary>") >= 10
    assert 'name="besoins" value="logement-hebergement--louer-un-logement"' in page
