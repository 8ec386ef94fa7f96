"""T15, from end to end: a partner without account reads an entry again on a telephone; the counter stops doubting it.

Then the search and its map, walked by keyboard.
"""

from __future__ import annotations

import re

import pytest

from tests.navigateur.test_agenda_entretien import aller_au_clavier
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


def test_chercher_preciser_lire_la_carte_et_ouvrir_un_resultat_au_clavier(ouvrir):
    page = ouvrir("accueil")
    page.goto("/annuaire/")
    page.keyboard.press("/")
    page.keyboard.type("mobilité/")
    assert page.get_by_label("Service, structure, mot").input_value() == "mobilité/"
    page.keyboard.press("Backspace")
    page.keyboard.press("Tab")
    page.keyboard.type("Ancenis-Saint-Géréon")
    aller_au_clavier(page, "^Préciser")
    page.keyboard.press("Enter")
    assert page.locator("details[open]").count() == 1
    page.get_by_label("fauteuil", exact=False).first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("/")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "mobilit" not in page.url
    page.locator(".leaflet-marker-icon").first.wait_for()
    verifier(page)
    # The map says in words what the list says: the same numbers, the same names.
    noms = dict(page.evaluate("[...document.querySelectorAll('li.service')].map(l => [l.id.slice(9), l.querySelector('h3 a').textContent])"))
    dits = page.evaluate("[...document.querySelectorAll('.leaflet-marker-icon')].map(m => m.getAttribute('aria-label'))")
    lus = dict(re.findall(r"(\d+) : (.+?), ", " ; ".join(dits)))
    assert lus and all(noms[n].startswith(nom) for n, nom in lus.items()), (noms, lus)
    assert page.locator("#carte").get_attribute("aria-describedby") == "carte-aide"
    page.locator("#carte").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('#carte *')")
    page.locator(".leaflet-marker-icon").first.focus()
    page.keyboard.press("Enter")
    page.locator(".leaflet-popup a[href*='/annuaire/services/']").first.wait_for()
    assert page.evaluate("document.activeElement.matches('.leaflet-popup a')"), "ce qui s'ouvre se lit aussitôt"
    page.keyboard.press("Escape")
    page.locator(".leaflet-popup").wait_for(state="detached")
    assert page.evaluate("document.activeElement.matches('.leaflet-marker-icon')"), "et l'on revient d'où l'on vient"
    page.locator(".services h3 a").first.focus()
    page.keyboard.press("ArrowDown")
    nom = page.evaluate("document.activeElement.textContent")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("h1").inner_text() == nom
