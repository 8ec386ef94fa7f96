"""A sheet from its first line to the counter: written, decided by name, found by its urgency on a phone, read."""

from __future__ import annotations

import re

import pytest

from tests.navigateur.test_agenda_entretien import presser
from tests.navigateur.verifications import verifier

pytestmark = pytest.mark.navigateur
TITRE = "Une coupure d'électricité"


def test_une_fiche_de_la_premiere_ligne_au_guichet(ouvrir, capturer):
    auteur = ouvrir("travailleur-social")
    auteur.goto("/reperes/nouvelle/")
    auteur.get_by_label("Titre", exact=True).fill(TITRE)
    auteur.get_by_label(re.compile("^Conduite à tenir")).fill("1. **Appelez le fournisseur** avec la personne.\n2. Prévenez le travailleur social.")
    auteur.get_by_label(re.compile("^Version pour le grand public")).fill(
        "Le fournisseur ne peut pas couper l'électricité en hiver, et il convient de l'appeler dans les meilleurs délais."
    )
    auteur.get_by_text("Plus simple : il faut").wait_for()  # plain language, while one types
    auteur.get_by_role("checkbox", name=re.compile("^Coupure d'eau")).check()
    verifier(auteur, (375, 1280))
    auteur.get_by_role("button", name="Enregistrer le brouillon").click()
    auteur.get_by_text("Brouillon enregistré").wait_for()
    auteur.get_by_role("link", name=re.compile("^Voir la fiche")).click()
    fiche = re.search(r"/reperes/(\d+)/", auteur.url)[1]
    auteur.get_by_text("Envoyer en relecture", exact=True).first.click()
    auteur.get_by_role("button", name="Envoyer en relecture").click()
    auteur.get_by_text("est en relecture").wait_for()

    comite = ouvrir("coordination")
    comite.goto("/reperes/suivi/")
    comite.get_by_role("link", name=TITRE).click()
    comite.get_by_text("Noter la décision qui valide").first.click()
    comite.get_by_label("Qui a décidé").fill("Comité technique (exemple)")
    comite.get_by_label("Le jour de la décision").fill("2026-01-15")
    comite.get_by_label("Ce qui a été décidé").fill("Adoptée.")
    comite.get_by_role("button", name="Noter la décision qui valide").click()
    comite.get_by_text("Publier", exact=True).first.click()
    comite.get_by_role("checkbox", name=re.compile("^Montrer aussi la version grand public")).check()
    comite.get_by_role("button", name="Publier").click()
    comite.get_by_text("est publiée").wait_for()
    verifier(comite, (375, 1280))

    # At the counter, on a phone, by keyboard: the second stop of any page is "Urgences".
    agent = ouvrir("accueil", largeur=375, hauteur=812)
    agent.goto("/guichet/passages/")
    for attendu in ("Aller au contenu", "Urgences"):
        agent.keyboard.press("Tab")
        assert agent.evaluate("document.activeElement.innerText") == attendu
    with agent.expect_navigation():
        agent.keyboard.press("Enter")
    presser(agent, f"^Fiche : {TITRE}")
    assert f"/reperes/{fiche}/" in agent.url
    verifier(agent, (375,))
    capturer(agent, "fiche-repere-telephone")
    presser(agent, "^J'ai lu cette fiche")
    agent.get_by_text("C'est noté : vous l'avez lue.").wait_for()

    passant = ouvrir(None, largeur=375)
    passant.goto("/fiches/")
    passant.get_by_role("link", name=TITRE).click()
    passant.get_by_text("couper l'électricité en hiver").wait_for()
    assert "fournisseur avec la personne" not in passant.content()
    verifier(passant, (375,))
