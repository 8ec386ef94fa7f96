"""A day of Saint-Étienne's counter (S4): twenty arrivals, half received at once, half back with their papers."""

from __future__ import annotations

import re

import pytest

from tests.navigateur.verifications import verifier

pytestmark = pytest.mark.navigateur
ARRIVEES, AVEC_PAPIERS = 20, 10
VIOLENCE = "il me frappe, je suis partie cette nuit"


def appeler(page, etape):
    page.goto(f"/file/?etape={etape}")
    page.get_by_role("button", name="Appeler la personne suivante").click()
    page.locator("li.appele").first.wait_for()


def recevoir(page, *, mots="", nom="", passe=False):
    """Receive the called ticket; return the address of its passage."""
    appeler(page, "ACCUEIL")
    page.get_by_role("link", name=re.compile("^Recevoir le ticket")).first.click()
    if mots:
        page.get_by_label("Que dit la personne ?").fill(mots)
    if nom:
        page.get_by_label(re.compile("^Nom")).fill(nom)
    page.get_by_role("button", name="Passer au travailleur social" if passe else "Information", exact=True).click()
    page.wait_for_url(re.compile(r"/guichet/passages/\d+/"))
    return page.url


def demander_des_papiers(page, passage):
    """Give a slip for the solidarity fund of housing; return its address."""
    page.goto(passage)
    page.get_by_role("link", name="Il manque des papiers").click()
    page.locator("a[href$='/FSL/']").click()
    page.get_by_role("button", name="Faire le bulletin").click()
    page.get_by_role("heading", name="Lui remettre").wait_for()
    return page.url


def revenir(page, bulletin):
    page.goto(bulletin)
    page.get_by_role("button", name="Tout est là").click()
    page.get_by_role("heading", name=re.compile("^Tout est là")).wait_for()


def colonnes(page):
    page.goto("/file/attentes/")
    lignes = page.locator("table tbody tr")
    return {
        ligne.locator("th").inner_text(): {
            case.get_attribute("data-titre"): case.inner_text() for case in ligne.locator("td").all()
        }
        for ligne in lignes.all()
    }


def test_s4_une_journee_de_vingt_arrivees(ouvrir):
    accueil, social = ouvrir("accueil"), ouvrir("travailleur-social")
    avant = colonnes(accueil)
    accueil.goto("/file/?etape=ACCUEIL")
    for _ in range(ARRIVEES):
        accueil.get_by_role("button", name="Donner un ticket").click()
        accueil.locator("#annonces").get_by_text(re.compile("Ticket")).first.wait_for()
    passages = []
    for rang in range(ARRIVEES):
        mots, nom = ("", "") if rang == 1 else (VIOLENCE, "") if rang == 2 else ("loyer impayé", "Ada (exemple)")
        passages.append(recevoir(accueil, mots=mots, nom=nom, passe=rang >= AVEC_PAPIERS))
    accueil.goto(passages[1])
    assert accueil.get_by_text("Personne anonyme").is_visible()
    bulletins = [demander_des_papiers(accueil, passage) for passage in passages[:AVEC_PAPIERS]]
    verifier(accueil)

    # One of them prefers another place of the same structure: what is ticked there is seen here.
    accueil.goto("/guichet/")
    ailleurs = accueil.locator("form.lieux select[name=site] option").nth(1)
    autre = ailleurs.get_attribute("value")
    accueil.locator("form.lieux select[name=site]").select_option(autre)
    accueil.locator("form.lieux button").first.click()
    revenir(accueil, bulletins[0])
    accueil.goto("/guichet/")
    accueil.locator("form.lieux select[name=site]").select_option(index=0)
    accueil.locator("form.lieux button").first.click()
    for bulletin in bulletins[1:]:
        accueil.goto(bulletin)
        accueil.get_by_role("button", name=re.compile("^Ticket : travailleur social")).click()
        revenir(accueil, bulletin)
    accueil.goto(bulletins[0])
    assert accueil.get_by_text(re.compile("Vu par .+, à Mairie annexe")).first.is_visible()

    for _ in range(ARRIVEES - 2):
        appeler(social, "TRAVAIL_SOCIAL")
        social.get_by_role("button", name=re.compile("^Reçu")).first.click()
        social.get_by_text("Personne n'est appelé.").wait_for()
    social.goto("/file/?etape=TRAVAIL_SOCIAL")
    social.get_by_role("button", name=re.compile("^Parti")).first.click()
    social.get_by_text("Personne n'attend.").wait_for()

    apres = colonnes(accueil)
    verifier(accueil)

    def ajoutes(etape, colonne):
        return int(apres[etape][colonne]) - int(avant.get(etape, {}).get(colonne, "0"))

    assert ajoutes("Accueil", "Mesurées") == ARRIVEES
    assert ajoutes("Travailleur social", "Mesurées") == ARRIVEES - 2
    assert ajoutes("Travailleur social", "Partis sans être reçus") == 1
    assert ajoutes("Accueil", "Attendent") == ajoutes("Travailleur social", "Attendent") == 0
    assert "0 min" not in apres["Accueil"]["Non mesurées"]
