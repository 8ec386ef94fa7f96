"""An appointment by keyboard, an interview that loses the network: begun at the desk, ended on a phone (375 px)."""

from __future__ import annotations

import re

import pytest

from tests.navigateur.verifications import verifier

pytestmark = pytest.mark.navigateur
TELEPHONE = {"width": 375, "height": 812}
AU_PLUS = 40
OU = "() => document.activeElement ? (document.activeElement.innerText || document.activeElement.value || '') : ''"


def aller_au_clavier(page, motif):
    """Skip the menu of a page just open, then press Tab until what is focused reads like this, and is seen."""
    if page.evaluate("document.activeElement === document.body"):
        page.keyboard.press("Tab")
        assert "contenu" in page.evaluate(OU)
        page.keyboard.press("Enter")
    for _ in range(AU_PLUS):
        page.keyboard.press("Tab")
        if re.search(motif, page.evaluate(OU)):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none" or page.evaluate(
                "getComputedStyle(document.activeElement).boxShadow"
            ) != "none"
            return
    raise AssertionError(f"no focus on {motif} in {page.url}")


def presser(page, motif):
    """Reach a button or a link by keyboard, and press Enter."""
    aller_au_clavier(page, motif)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_prendre_deplacer_annuler_au_clavier(ouvrir, capturer):
    page = ouvrir("travailleur-social")
    page.goto("/agenda/prendre/")
    # Her own slots: elsewhere the name would ask for an agreement, and which slot comes first depends on the hour.
    moi = page.locator("select[name=agent] option", has_text="Dominique").get_attribute("value")
    page.goto(f"/agenda/prendre/?agent={moi}")
    presser(page, r"^\d\d:\d\d – \d\d:\d\d le |^\d\d:\d\d")
    assert "/confirmer/" in page.url
    verifier(page, (375,))
    page.get_by_label(re.compile("^Nom ou prénom")).focus()
    page.keyboard.type("Ada (exemple)")
    presser(page, "^Prendre ce rendez-vous")
    page.get_by_text("Rendez-vous pris").wait_for()
    avant = page.locator("h1 small").inner_text()
    page.set_viewport_size(TELEPHONE)
    capturer(page, "rendez-vous-telephone")
    presser(page, "^Déplacer")
    presser(page, r"^\d\d:\d\d – \d\d:\d\d le |^\d\d:\d\d")
    page.get_by_text("Rendez-vous déplacé").wait_for()
    assert page.locator("h1 small").inner_text() != avant
    presser(page, "^Annuler : la personne")
    page.get_by_text("Le créneau est de nouveau libre").wait_for()
    assert page.get_by_text("annulé par la personne").is_visible()


def commencer(page):
    """Begin an interview with somebody whose name nobody asks; return its address."""
    page.goto("/entretien/nouveau/")
    page.get_by_role("button", name="Commencer").click()
    page.get_by_label("Note de travail").wait_for()
    return page.url


def test_ce_qui_est_ecrit_avant_que_la_page_soit_prete_est_enregistre(ouvrir):
    """On a slow line the words came before the file that saves them, and were taken for already saved."""
    page = ouvrir("travailleur-social")
    ou, en_route = commencer(page), []
    page.route("**/entretien*.js", lambda demande: en_route.append(demande))  # noqa: PLW0108 - it marks what it is given
    page.goto(ou, wait_until="commit")
    page.get_by_label("Note de travail").fill("Écrit tout de suite.")
    page.clock.install()
    en_route[0].continue_()
    page.wait_for_load_state()
    page.clock.run_for(3_100)
    page.locator("#etat-garde").get_by_text(re.compile("^Enregistré à")).wait_for()


def test_un_entretien_perd_le_reseau_revient_et_montre_le_conflit(ouvrir, capturer):
    page = ouvrir("travailleur-social")
    page.clock.install()
    ou = commencer(page)
    note, garde, reseau = page.get_by_label("Note de travail"), page.locator("#etat-garde"), page.locator("#etat-reseau")
    note.fill("Avant la coupure.")
    page.clock.run_for(3_100)
    garde.get_by_text(re.compile("^Enregistré à")).wait_for()

    page.set_viewport_size(TELEPHONE)
    page.context.set_offline(True)
    note.fill("Avant la coupure. Pendant la coupure.")
    page.clock.run_for(3_100)
    reseau.get_by_text("Pas de connexion").wait_for()
    capturer(page, "entretien-sans-reseau-telephone")
    page.context.set_offline(False)
    reseau.wait_for(state="hidden")

    ailleurs = page.context.new_page()
    ailleurs.goto(ou)
    assert ailleurs.get_by_label("Note de travail").input_value() == "Avant la coupure. Pendant la coupure."
    ailleurs.get_by_label("Résumé à partager ou à recopier").fill("Écrit dans l'autre onglet.")
    ailleurs.get_by_role("button", name="Enregistrer", exact=True).click()
    ailleurs.get_by_text("Entretien enregistré.").wait_for()
    note.fill("Le mien, plus tard.")
    page.clock.run_for(3_100)
    reseau.get_by_text("Quelqu'un a écrit dans cet entretien").wait_for()
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.get_by_role("heading", name="Quelqu'un a écrit dans cet entretien pendant votre saisie").wait_for()
    conflit = page.locator("section[aria-labelledby='t-conflit']").inner_text()
    assert "Écrit dans l'autre onglet." in conflit and "Le mien, plus tard." in conflit
    assert note.input_value() == "Le mien, plus tard."
    verifier(page, (375,))
    page.get_by_label("Résumé à partager ou à recopier").fill("Écrit dans l'autre onglet.")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.get_by_text("Entretien enregistré.").wait_for()
