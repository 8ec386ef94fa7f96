"""Every sharing page at the desk, at 200 % and on a phone: axe, labels, width, keyboard, visible focus."""

from __future__ import annotations

import re

import pytest

from tests.navigateur.gestes import BESOIN, accepter, choisir, ecrire, lire, preparer, recue
from tests.navigateur.verifications import verifier

pytestmark = pytest.mark.navigateur
TROIS = (1280, 640, 375)
"""640 px is what a 1280 px screen shows at 200 % zoom."""

PAGES = [
    ("travailleur-social", [
        "/personnes/", "/personnes/nouvelle/", "/personnes/ouverture/", "/personnes/rapprochements/",
        "/personnes/signalements/", "/personnes/{p}/", "/personnes/{p}/identite/", "/personnes/{p}/joindre/",
        "/personnes/{p}/adresse/proteger/", "/personnes/{p}/adresse/lever/", "/personnes/{p}/blocages/",
        "/personnes/{p}/foyer/", "/personnes/{p}/mesures/", "/personnes/{p}/rapprocher/", "/partage/personnes/{p}/",
        "/partage/personnes/{p}/qui-sait-quoi/", "/communications/", "/relais/", "/relais/recus/",
        "/relais/personnes/{p}/nouveau/", "/conservation/personnes/{p}/",
        "/conservation/personnes/{p}/donnees/", "/compte/moi/", "/equipe/", "/coordination/volumes/",
    ]),
    ("dpo", ["/registres/", "/registres/?du=pasunedate", "/conservation/", "/conservation/droits/"]),
    ("administration", ["/equipe/", "/equipe/missions/"]),
    ("coordination", ["/coordination/faits/", "/coordination/volumes/", "/coordination/manques/", "/coordination/relais-en-retard/"]),
    ("travailleuse-eds", ["/communications/"]),
    (None, ["/c/inconnu/"]),
]  # fmt: skip


@pytest.mark.parametrize(("compte", "adresses"), PAGES, ids=[str(c) for c, _ in PAGES])
def test_axe_etiquettes_titres_et_largeur_sur_chaque_page_du_partage(ouvrir, partagee, compte, adresses):
    p = preparer(ouvrir, partagee)
    page = ouvrir(compte)
    for adresse in adresses:
        page.goto(adresse.format(p=p))
        verifier(page)


def test_axe_pendant_l_accord(ouvrir, partagee):
    p = preparer(ouvrir, partagee)
    page = ouvrir("travailleur-social")
    choisir(page, p)
    verifier(page, TROIS)
    ecrire(page)
    verifier(page, TROIS)
    lire(page)
    verifier(page, TROIS)
    page.get_by_role("button", name="Elle est d'accord : envoyer").click()
    page.locator(".erreur").first.wait_for()
    verifier(page, TROIS)
    accepter(page)
    page.get_by_role("checkbox", name=re.compile("me donner un lien")).check()
    page.get_by_role("button", name="Elle est d'accord : envoyer").click()
    page.get_by_role("heading", name="C'est envoyé").wait_for()
    verifier(page, TROIS)
    lien = page.get_by_label(re.compile("^Lien à remettre")).input_value()
    dehors = ouvrir()
    dehors.goto(lien)
    verifier(dehors, TROIS)
    dehors.get_by_role("button", name="Ouvrir").click()
    dehors.get_by_text(BESOIN).wait_for()
    verifier(dehors, TROIS)
    lectrice = ouvrir("travailleuse-eds")
    recue(lectrice)
    verifier(lectrice, TROIS)
    page.goto(f"/partage/personnes/{p}/")
    page.get_by_role("link", name=re.compile("^Retirer l'accord")).first.click()
    verifier(page, TROIS)
    page.get_by_role("button", name="Retirer l'accord").click()
    page.get_by_role("heading", name="À dire à la personne").wait_for()
    verifier(page, TROIS)
    page.goto(f"/personnes/{p}/")
    page.get_by_role("button", name="Lire l'adresse protégée").click()
    page.get_by_role("heading", name="Adresse protégée").wait_for()
    verifier(page, TROIS)


FOCUS = """() => { const e = document.activeElement, s = getComputedStyle(e);
  return e === document.body || (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2); }"""


def tabuler(page, condition, *, fois=80):
    """Press Tab until what has the focus answers the condition; each step must be seen."""
    for _ in range(fois):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        if page.evaluate(f"(() => {{ const e = document.activeElement; return {condition}; }})()"):
            return
    pytest.fail(f"Le clavier n'atteint pas : {condition}")


def bouton(etape):
    return f"e.name === 'etape' && e.value === '{etape}'"


def test_les_trois_etapes_de_l_accord_se_font_au_clavier(ouvrir, partagee):
    p = preparer(ouvrir, partagee)
    page = ouvrir("travailleur-social")
    page.goto(f"/partage/personnes/{p}/")
    tabuler(page, "e.textContent === 'Demander un accord'")
    page.keyboard.press("Enter")
    page.wait_for_url("**/accord/")
    tabuler(page, "e.id === 'but'")
    page.keyboard.type("Trouver")
    tabuler(page, "e.id === 'cherche'")
    page.keyboard.type("solidarités Ancenis")
    page.keyboard.press("Enter")
    page.get_by_text("Structures trouvées").wait_for()
    assert page.get_by_label("Pour quoi").input_value() == "LOGEMENT"
    tabuler(page, "e.name === 'destinataire'")
    page.keyboard.press("Space")
    tabuler(page, "e.name === 'suivie_ensemble'")
    page.keyboard.press("Space")
    tabuler(page, bouton("ecrire"))
    page.keyboard.press("Enter")
    page.get_by_text("étape 2 sur 3").wait_for()
    tabuler(page, "e.name === 'elements' && e.value === 'BESOIN'")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type(BESOIN)
    tabuler(page, bouton("lire"))
    page.keyboard.press("Enter")
    page.get_by_text("étape 3 sur 3").wait_for()
    tabuler(page, "e.name === 'obtention'")
    page.keyboard.press("Space")
    tabuler(page, "e.name === 'presents'")
    page.keyboard.press("Space")
    tabuler(page, "e.name === 'demande_a_la_personne'")
    page.keyboard.press("Space")
    tabuler(page, bouton("envoyer"))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="C'est envoyé").wait_for()


def test_le_menu_tient_sur_un_telephone_et_s_ouvre_au_clavier(ouvrir):
    page = ouvrir("travailleur-social", largeur=375, hauteur=667)
    page.goto("/communications/")
    menu = page.get_by_role("list").filter(has=page.get_by_role("link", name="Annuaire"))
    assert not menu.is_visible()
    assert page.locator("h1").bounding_box()["y"] < 667 / 2
    tabuler(page, "e.textContent === 'Menu'")
    page.keyboard.press("Enter")
    menu.wait_for()
    verifier(page, (375,))
    page.keyboard.press("Escape")
    assert not menu.is_visible()
    page.keyboard.press("Enter")
    tabuler(page, "e.textContent === 'Personnes'")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Personnes").wait_for()
    large = ouvrir("travailleur-social")
    assert large.get_by_role("link", name="Annuaire").is_visible()
