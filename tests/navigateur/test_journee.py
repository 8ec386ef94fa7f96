"""A day of Saint-Étienne's counter (S4): twenty arrivals, half received at once, half back with their papers."""

from __future__ import annotations

import re

import pytest

from tests.navigateur.verifications import verifier

pytestmark = pytest.mark.navigateur
ARRIVEES, AVEC_PAPIERS = 20, 10
VIOLENCE = "il me frappe, je suis partie cette nuit"
# What the browser sends when somebody presses that button of that page; the page itself is not drawn each time.
PRESSER = """async ([adresse, bouton, champs]) => {
  const page = new DOMParser().parseFromString(await (await fetch(adresse)).text(), 'text/html');
  const presse = page.querySelector(bouton);
  if (!presse) return [0, bouton, page.body.innerText.slice(0, 300)];
  const envoi = new FormData(presse.form);
  if (presse.name) envoi.set(presse.name, presse.value);
  for (const [nom, valeur] of Object.entries(champs)) envoi.set(nom, valeur);
  const vers = presse.getAttribute('formaction') || presse.form.getAttribute('action') || adresse;
  const reponse = await fetch(vers, {method: 'POST', body: new URLSearchParams(envoi)});
  return [reponse.status, new URL(reponse.url).pathname, await reponse.text()];
}"""


def presser(page, adresse, bouton, **champs):
    """Press a button of a page as its browser would; return where it leads and what is answered."""
    statut, vers, texte = page.evaluate(PRESSER, [adresse, bouton, champs])
    assert statut == 200, (adresse, statut, vers, texte[:300])
    return vers, texte


def recevoir(page, *, passe, **champs):
    """Call the next person and receive her; return the address of her passage."""
    _, file = presser(page, "/file/?etape=ACCUEIL", "form[action='/file/appel/'] button")
    ticket = re.search(r"/guichet/\?ticket=\d+", file)[0]
    nature = "TRAVAILLEUR_SOCIAL" if passe else "INFORMATION"
    vers, _ = presser(page, ticket, f"button[name=nature][value={nature}]", **champs)
    assert re.fullmatch(r"/guichet/passages/\d+/", vers), vers
    return vers


def demander_des_papiers(page, passage):
    """Give a slip for the solidarity fund of housing; return its address."""
    page.goto(passage)
    page.get_by_role("link", name="Il manque des papiers").click()
    page.locator("a[href$='/FSL/']").click()
    page.get_by_role("button", name="Faire le bulletin").click()
    page.get_by_role("heading", name="Lui remettre").wait_for()
    return page.url


def etre_a(page, *, rang):
    """Work at another place of the structure."""
    page.goto("/guichet/")
    page.locator("form.lieux select[name=site]").select_option(index=rang)
    page.locator("form.lieux button").click()
    page.wait_for_load_state()


def mesures(page):
    jour = page.evaluate("new Date().toLocaleDateString('sv')")
    page.goto(f"/file/attentes/?du={jour}&au={jour}")
    return {
        ligne.locator("th").inner_text(): {
            case.get_attribute("data-titre"): case.inner_text() for case in ligne.locator("td").all()
        }
        for ligne in page.locator("table tbody tr").all()
    }


def test_s4_une_journee_de_vingt_arrivees(ouvrir):
    accueil, social = ouvrir("accueil"), ouvrir("travailleur-social")
    accueil.goto("/file/?etape=ACCUEIL")
    for _ in range(ARRIVEES):
        presser(accueil, "/file/?etape=ACCUEIL", "form[action='/file/ticket/'] button")
    passages = []
    for rang in range(ARRIVEES):
        dits = {} if rang == 1 else {"mots": VIOLENCE} if rang == 2 else {"mots": "loyer impayé", "nom": "Ada (exemple)"}
        passages.append(recevoir(accueil, passe=rang >= AVEC_PAPIERS, **dits))
    accueil.goto(passages[1])
    assert accueil.get_by_text("Personne anonyme").is_visible()
    bulletins = [demander_des_papiers(accueil, passage) for passage in passages[:AVEC_PAPIERS]]
    verifier(accueil)

    # One of them prefers another place of the same structure: what is ticked there is seen here.
    etre_a(accueil, rang=1)
    presser(accueil, bulletins[0], "form[action$='/tout/'] button")
    etre_a(accueil, rang=0)
    for bulletin in bulletins[1:]:
        presser(accueil, bulletin, "button[name=etape][value=TRAVAIL_SOCIAL]")
        presser(accueil, bulletin, "form[action$='/tout/'] button")
    accueil.goto(bulletins[0])
    assert accueil.get_by_text(re.compile("Vu par .+, à Mairie annexe")).first.is_visible()

    social.goto("/file/?etape=TRAVAIL_SOCIAL")
    for _ in range(ARRIVEES - 2):
        presser(social, "/file/?etape=TRAVAIL_SOCIAL", "form[action='/file/appel/'] button")
        presser(social, "/file/?etape=TRAVAIL_SOCIAL", "button[formaction$='/terminer/']")
    social.goto("/file/?etape=TRAVAIL_SOCIAL")
    social.get_by_role("button", name=re.compile("^Parti")).first.click()
    social.get_by_text("Personne n'attend.").wait_for()

    vues = mesures(accueil)
    verifier(accueil)
    assert vues["Accueil"]["Mesurées"] == str(ARRIVEES)
    assert vues["Travailleur social"]["Mesurées"] == str(ARRIVEES - 2)
    assert vues["Travailleur social"]["Partis sans être reçus"] == "1"
    assert vues["Accueil"]["Attendent"] == vues["Travailleur social"]["Attendent"] == "0"
