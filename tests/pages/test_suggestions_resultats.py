"""What stands under the needs: one trip for several, what has no answer, what to check, how it is ranked."""

from __future__ import annotations

from uuid import uuid4

import pytest

from premier_accueil.annuaire.models import Permanence
from premier_accueil.orientation.models import Manque
from tests.orientation import reseau
from tests.orientation.reseau import DROITS, INTERNET, REPARER

pytestmark = pytest.mark.django_db
SEUL = "sante--sante-mentale"


def dire(guichet, **champs) -> str:
    valeurs = {"demande_id": str(uuid4()), "nature": "INFORMATION", "commune": "Loireauxence", "mots": ""} | champs
    return guichet.post("/guichet/suggestions/", valeurs).content.decode()


@pytest.fixture
def pole(lieu):
    """A place where two services are held, at other hours."""
    ici = lieu.commune
    for nom, code, horaires in (("Atelier auto", REPARER, "Tu 09:00-12:00"), ("Point numérique", INTERNET, "Mo-Tu 09:00-12:00")):
        reseau.service(nom, [code], chez=reseau.structure("Maison du Val"), ou=ici, permanence={"horaires": horaires},
                       zone=[ici.code], conditions_acces="")  # fmt: skip
    return ici


def test_deux_besoins_au_meme_endroit_la_meme_demi_journee(guichet, pole):
    page = dire(guichet, besoins=[REPARER, INTERNET])
    assert "En un seul trajet" in page
    assert "Au même endroit : Lieu de Atelier auto" in page
    assert "demain matin" in page, "Monday morning is over for one of them"
    assert "En un seul trajet" not in dire(guichet, besoins=[REPARER]), "one need is no trip"
    assert "En un seul trajet" not in dire(guichet, besoins=[REPARER, INTERNET], moment="SAMEDI")
    urgente = dire(guichet, besoins=[REPARER, INTERNET], mots="je veux mourir")
    assert "En un seul trajet" not in urgente and 'class="urgence"' in urgente, "what is urgent waits for no half-day"
    Permanence.objects.filter(service__nom="Atelier auto").update(horaires="")
    assert "Horaires à confirmer : appelez avant" in dire(guichet, besoins=[REPARER, INTERNET])


def test_ce_qui_est_a_verifier_est_range_a_part(guichet, pole):
    Permanence.objects.update(horaires="")
    page = dire(guichet, besoins=[REPARER])
    assert "Par téléphone d'abord" in page
    assert page.index("Couvre Loireauxence") < page.index("Par téléphone d'abord") < page.index("Horaires inconnus")
    assert page.count("Horaires inconnus : appelez avant") == 1
    assert "À vérifier, reçoit-il le samedi" not in page
    Permanence.objects.update(horaires="Tu 09:00-12:00")
    assert "À vérifier, reçoit-il le samedi" in dire(guichet, besoins=[REPARER], moment="SAMEDI")


def test_un_besoin_sans_reponse_est_dit_et_son_manque_seul_est_note(guichet, pole, lieu):
    reseau.service("Centre de santé", ["sante--acces-aux-soins"], chez=reseau.structure("Santé"), ou=pole)
    reseau.service("Premier accueil", [DROITS], chez=reseau.structure("CCAS du Val", "CCAS"), ou=pole)
    page = dire(guichet, besoins=[REPARER, SEUL])
    assert "Ce qui n'a pas de réponse ici" in page
    assert f'name="manques" value="{SEUL}"' in page
    assert f'name="manques" value="{REPARER}"' not in page
    assert "Une aide voisine" in page
    assert "Centre de santé" in page
    assert "CCAS du Val" in page[page.index("à pousser") :]
    saisie = {"demande_id": str(uuid4()), "nature": "ORIENTATION", "commune": "Loireauxence", "mots": "",
              "besoins": [REPARER, SEUL], "manques": [SEUL]}  # fmt: skip
    assert guichet.post("/guichet/accueillir/", saisie).status_code == 302
    assert list(Manque.objects.values_list("thematique", "commune__nom")) == [(SEUL, "Loireauxence")]


def test_la_page_du_classement_dit_les_poids_en_vigueur(client, guichet, pole):
    from premier_accueil.orientation.regles.poids import poids_du_fichier
    from premier_accueil.orientation.requetes.explication import explication

    assert "/annuaire/classement/" in dire(guichet, besoins=[REPARER])
    page = client.get("/annuaire/classement/").content.decode()
    for critere in explication().criteres:
        assert f'<th scope="row">{critere.titre}</th>' in page
        assert critere.regard in page
    dites = {cle for c in explication().criteres for cle, _ in c.valeurs}
    assert len(dites) > 25
    assert sum(c.points for c in explication().criteres) == 100
    assert f"{poids_du_fichier().rayon_km:g} km" in page
