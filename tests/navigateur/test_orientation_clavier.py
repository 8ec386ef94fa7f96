"""Ten situations by keyboard alone, on a phone's width, the network cut in the middle: nothing is lost, all is reached."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.navigateur
SITUATIONS = (
    ("voiture en panne, ne peut plus aller travailler", "véhicule|mobilité"),
    ("plus rien à manger à la maison", "aliment"),
    ("mon proprio veut me virer", "logement"),
    ("je comprends rien à internet", "numérique|ligne"),
    ("je dois de l'argent partout, je suis surendettée", "dette|surendett|budget"),
    ("je cherche une garde pour mon petit", "garde"),
    ("mal aux dents et pas de mutuelle", "soin|santé"),
    ("je voudrais apprendre le français", "français"),
    ("la caf ne répond pas depuis deux mois", "droits|démarches|administrati"),
    ("plus de quoi payer le loyer et le petit est malade", "logement|loyer"),
)
COUPURE = 5


def dire(page, mots: str) -> None:
    """Replace what is written by typing, the hands never leaving the keyboard."""
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(mots)


def aller(page, selecteur: str, *, touche: str = "Tab", au_plus: int = 120) -> None:
    """Press Tab until an element has the focus, seen."""
    for _ in range(au_plus):
        page.keyboard.press(touche)
        if page.evaluate("s => document.activeElement.matches(s)", selecteur):
            assert page.evaluate("() => document.activeElement.checkVisibility()")
            return
    pytest.fail(f"Tab never reaches {selecteur}")


LENT = """() => {
  const vite = window.fetch;
  window.fetch = async (...quoi) => { const r = await vite(...quoi); await new Promise((s) => setTimeout(s, 2500)); return r; };
}"""


def test_une_case_cochee_pendant_qu_une_reponse_arrive_reste_cochee_et_sous_la_main(ouvrir):
    page = ouvrir("accueil", largeur=375, hauteur=812)
    dire(page, "plus rien à manger à la maison")
    service = page.locator("#suggestions .service input[name=services]").first
    service.wait_for()
    voulu = service.input_value()
    page.evaluate(LENT)
    page.evaluate("() => document.getElementById('suggestions').firstElementChild.setAttribute('data-avant', '')")
    with page.expect_request("**/guichet/suggestions/"):
        dire(page, "plus rien à manger à la maison, svp")
    service.focus()
    page.keyboard.press("Space")
    page.locator("[data-avant]").wait_for(state="detached")
    page.wait_for_function("v => document.activeElement.value === v", arg=voulu)
    assert page.locator(f"#suggestions input[name=services][value='{voulu}']").is_checked()


def test_dix_situations_au_clavier_la_ligne_coupee_au_milieu(ouvrir):
    page = ouvrir("accueil", largeur=375, hauteur=812)
    assert page.evaluate("() => document.activeElement.id") == "mots", "one types at once"
    for rang, (mots, entendu) in enumerate(SITUATIONS):
        if rang == COUPURE:
            page.context.set_offline(True)
            dire(page, mots)
            page.locator("#hors-ligne").wait_for(state="visible")
            assert page.locator("#mots").input_value() == mots
            assert page.locator("#suggestions .service").count(), "what was proposed before stays readable"
            page.context.set_offline(False)
        with page.expect_response(lambda r: "/guichet/suggestions/" in r.url and r.ok):
            dire(page, mots + ("." if rang == COUPURE else ""))
        page.locator("#suggestions").get_by_text(re.compile(entendu, re.IGNORECASE)).first.wait_for()
        assert page.locator("#hors-ligne").is_hidden()
        assert page.locator("#suggestions .service").count() or page.locator("#t-sans-reponse").count()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 375
    aller(page, "#suggestions .service input[name=services]")
    choisi = page.evaluate("() => document.activeElement.value")
    assert page.locator("#suggestions [name=besoins]:checked").count() <= 3, "needs of the words before are gone"
    page.keyboard.press("Space")
    aller(page, "button[name=nature][value=ORIENTATION]")
    page.keyboard.press("Enter")
    page.locator("#annonces").get_by_text("Passage enregistré").wait_for()
    assert choisi.isdigit()
    assert page.get_by_text(SITUATIONS[-1][0]).count()
