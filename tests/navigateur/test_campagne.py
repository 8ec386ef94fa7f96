"""T15, from end to end: a partner without account reads an entry again on a telephone; the counter stops doubting it."""

from __future__ import annotations

import re

import pytest

from tests.navigateur.verifications import verifier

pytestmark = pytest.mark.navigateur
STRUCTURE, SERVICE = "Plateforme mobilité Rouler vers l'emploi", "Prêt de vélos et de vélos électriques"
DOUTE = "À confirmer — appelez"


def suggestion(accueil):
    """Say a need at the counter; return the card of the service."""
    accueil.goto("/guichet/")
    accueil.locator("textarea").first.fill("je voudrais qu'on me prête un vélo pour aller travailler")
    accueil.locator("input[name=commune]").fill("Ancenis-Saint-Géréon")
    accueil.locator("input[name=commune]").blur()
    carte = accueil.locator("article.service", has_text=SERVICE).first
    carte.wait_for(state="attached")
    return carte


def test_t15_un_partenaire_confirme_six_lignes_sur_son_telephone_et_le_guichet_ne_doute_plus(ouvrir):
    coordination, accueil = ouvrir("coordination"), ouvrir("accueil")
    assert suggestion(accueil).get_by_text(DOUTE).count() == 1
    coordination.goto("/annuaire/tenue/campagnes/")
    coordination.get_by_role("link", name=re.compile("^Comité du")).click()
    ligne = coordination.locator("li.billet", has_text=STRUCTURE)
    for _ in range(3):
        if ligne.count():
            break
        coordination.get_by_role("link", name="Page suivante").click()
    verifier(coordination)
    ligne.get_by_role("button", name=re.compile("^Refaire le lien")).click()
    lien = coordination.get_by_label(re.compile("^Le nouveau lien")).input_value()

    telephone = ouvrir(None, largeur=375, hauteur=700)
    telephone.goto(lien)
    verifier(telephone, largeurs=(375,))
    fiche = telephone.locator("section.carte", has_text=SERVICE)
    assert fiche.locator("dt").count() == 6
    touches = 0
    for nom, mots in (("Votre nom", "Andrea Exemple"), ("Votre fonction", "directrice")):
        telephone.get_by_label(nom).fill(mots)
        touches += 1
    fiche.get_by_role("button", name=re.compile("^Rien n'a changé")).click()
    touches += 1
    telephone.get_by_text(re.compile("C'est noté, merci")).wait_for()
    assert touches == 3, "deux champs une fois pour toutes, puis une touche par fiche"
    telephone.get_by_role("button", name=re.compile("^Rien n'a changé, pour les")).click()
    telephone.get_by_text("Merci, tout est noté").wait_for()
    telephone.get_by_role("link", name=re.compile("^Corriger : ")).first.click()
    verifier(telephone, largeurs=(375,))

    coordination.get_by_role("link", name="Ont répondu").click()
    assert coordination.locator("li.billet", has_text=STRUCTURE).get_by_text("Andrea Exemple, directrice").count() == 1
    assert suggestion(accueil).get_by_text(DOUTE).count() == 0
