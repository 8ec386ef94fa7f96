"""The sharing pages by hand of a real browser: a file, an agreement, its reader, its withdrawal, its traces."""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import count

import pytest
from playwright.sync_api import Error

from tests.navigateur.test_parcours import verifier

pytestmark = pytest.mark.navigateur
EDS = "Espace départemental des solidarités du pays d'Ancenis"
ADRESSE = "7 impasse des Tilleuls"
BESOIN = "Deux mois de loyer de retard, elle cherche une solution."
LARGEURS = pytest.mark.parametrize("largeur", [1280, 375])
numero = count(1)
NOMS = ("Grandjean", "Lefebvre", "Marchand", "Rousselot", "Thibaudeau", "Beauregard", "Villeneuve", "Chastagnier")


def creer(page, *, protegee=False):
    """Open a file by its form; return its number and the name it bears."""
    nom = NOMS[next(numero) % len(NOMS)]
    page.goto("/personnes/nouvelle/")
    page.get_by_label(re.compile("^Prénom")).fill("Solène")
    page.get_by_label(re.compile("^Nom de naissance")).fill(nom)
    page.get_by_label(re.compile("^Année de naissance")).fill("1984")
    page.get_by_label(re.compile("^Adresse")).fill(ADRESSE)
    if protegee:
        page.get_by_label("Elle dit que son adresse doit rester secrète").check()
        page.get_by_label(re.compile("^Si une procédure a besoin")).fill("divorce")
    page.get_by_role("button", name="Ouvrir le dossier").click()
    page.get_by_role("heading", name="Comment la joindre sans risque").wait_for()
    return int(page.url.rstrip("/").rsplit("/", 1)[1]), nom


def choisir(page, personne, structure="solidarités Ancenis"):
    """First step: what for, and to whom."""
    page.goto(f"/partage/personnes/{personne}/accord/")
    page.get_by_label("Pour quoi").select_option(label="Trouver ou garder un logement")
    page.get_by_label("Structure qui recevrait").fill(structure)
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("radio").first.check()
    page.get_by_role("checkbox", name=re.compile("^La personne le dit")).check()


def ecrire(page):
    """Second step: her need, and an address that must not leave."""
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("checkbox", name="Le besoin, avec ses mots").check()
    page.get_by_label("Ce qui serait écrit : Le besoin, avec ses mots").fill(BESOIN)
    page.get_by_role("checkbox", name="Adresse", exact=True).check()
    page.get_by_label("Ce qui serait écrit : Adresse").fill(ADRESSE)


def lire(page):
    """Third step: the preview."""
    page.get_by_role("button", name="Voir ce qui partirait").click()
    page.get_by_role("heading", name="À lire à voix haute").wait_for()


def accepter(page):
    page.get_by_role("radio", name=re.compile("^De vive voix")).check()
    page.get_by_role("checkbox", name="La personne seule avec moi").check()
    page.get_by_role("checkbox", name=re.compile("^Je l'ai demandé à la personne")).check()


def envoyer(page, personne):
    choisir(page, personne)
    ecrire(page)
    lire(page)
    accepter(page)
    page.get_by_role("button", name="Elle est d'accord : envoyer").click()
    page.get_by_role("heading", name="C'est envoyé").wait_for()


def revenir(page):
    """Press Back; a page that was answered to a POST and not kept may be refused by the browser: it shows nothing."""
    with suppress(Error):
        page.go_back()
    page.wait_for_timeout(500)


def recue(page):
    """Open the last communication received; return its address."""
    page.goto("/communications/")
    page.get_by_role("link", name=re.compile("^Communication n°")).first.click()
    if page.get_by_role("button", name="Ouvrir").count():
        page.get_by_role("button", name="Ouvrir").click()
    page.get_by_text(re.compile("Lisible jusqu'au")).wait_for()
    return page.url


def test_une_adresse_protegee_se_retrouve_se_lit_sur_un_seul_ecran_et_ne_part_pas(ouvrir, capturer):
    sociale = ouvrir("travailleur-social")
    personne, nom = creer(sociale, protegee=True)
    assert ADRESSE not in sociale.content()
    sociale.goto("/personnes/")
    sociale.get_by_label("Nom, prénom, année de naissance").fill(
        f"solene {nom.replace('eau', 'o').replace('ch', 'sh')}"
    )
    sociale.get_by_role("button", name="Chercher").click()
    sociale.locator(f"main a[href='/personnes/{personne}/']").click()
    sociale.get_by_role("button", name="Lire l'adresse protégée").click()
    sociale.get_by_text(ADRESSE).wait_for()
    sociale.get_by_role("link", name="Fermer").click()
    sociale.get_by_role("link", name="Demander un accord").wait_for()
    revenir(sociale)
    assert ADRESSE not in sociale.content()
    choisir(sociale, personne)
    ecrire(sociale)
    lire(sociale)
    part = sociale.get_by_role("region", name=re.compile("^Ce qui partira vers"))
    reste = sociale.get_by_role("region", name=re.compile("^Ce qui reste ici"))
    assert BESOIN in part.inner_text()
    assert ADRESSE not in part.inner_text()
    assert "Adresse" in reste.locator("dt").all_inner_texts()
    assert all(raison.strip() for raison in reste.locator("dd").all_inner_texts())
    capturer(sociale, "accord")


def test_T1_le_retrait_ferme_la_page_la_seconde_et_le_retour_en_arriere(ouvrir):
    sociale, eds = ouvrir("travailleur-social"), ouvrir("travailleuse-eds")
    personne, _ = creer(sociale)
    envoyer(sociale, personne)
    sociale.get_by_role("link", name="Imprimer pour la personne").click()
    sociale.get_by_role("heading", name="Qui sait quoi de moi").wait_for()
    assert "Le besoin, avec ses mots" in sociale.locator("tbody").inner_text()
    assert EDS in sociale.locator("tbody").inner_text()
    assert BESOIN not in sociale.content()
    sociale.emulate_media(media="print")
    assert not sociale.locator(".bandeau").is_visible()
    assert not sociale.get_by_text("Avant d'imprimer").is_visible()
    assert sociale.locator("tbody").is_visible()
    sociale.emulate_media(media="screen")
    adresse = recue(eds)
    assert BESOIN in eds.content()
    assert eds.request.get(adresse).headers["cache-control"] == "no-store"
    autre = eds.context.new_page()
    autre.goto(adresse)
    assert BESOIN in autre.content()
    eds.goto("/communications/")
    sociale.goto(f"/partage/personnes/{personne}/")
    sociale.get_by_role("link", name=re.compile("^Retirer l'accord")).click()
    sociale.get_by_role("button", name="Retirer l'accord").click()
    sociale.get_by_role("heading", name="À dire à la personne").wait_for()
    revenir(eds)
    eds.reload()
    autre.reload()
    for onglet in (eds, autre):
        onglet.goto(adresse)
        assert BESOIN not in onglet.content()
        onglet.get_by_text(re.compile("Accès terminé")).wait_for()
        revenir(onglet)
        assert BESOIN not in onglet.content()


def test_le_journal_se_lit_et_se_verifie(ouvrir):
    sociale, dpo = ouvrir("travailleur-social"), ouvrir("dpo")
    personne, nom = creer(sociale)
    dpo.goto(f"/registres/?objet_id={personne}")
    assert "Dominique" in dpo.locator("tbody").inner_text()
    assert nom not in dpo.content()
    dpo.get_by_role("button", name="Vérifier").click()
    dpo.get_by_text("Tout se suit.").wait_for()


def test_l_administration_confie_une_mission(ouvrir):
    page = ouvrir("administration")
    page.goto("/equipe/")
    page.get_by_role("link", name="Confier une mission").click()
    page.get_by_label("Identifiant").fill("nouvelle.collegue")
    page.get_by_label(re.compile("^Nom")).fill("Ariane (exemple)")
    page.get_by_label("Fonction").select_option(label="Agent d'accueil")
    page.get_by_role("button", name="Confier").click()
    page.get_by_text("nouvelle.collegue").wait_for()
    verifier(page)
    page.goto("/equipe/")
    page.get_by_role("rowheader", name="Ariane (exemple)").wait_for()


PAGES = [
    ("travailleur-social", [
        "/personnes/", "/personnes/nouvelle/", "/personnes/ouverture/", "/personnes/rapprochements/",
        "/personnes/signalements/", "/personnes/{p}/", "/personnes/{p}/identite/", "/personnes/{p}/joindre/",
        "/personnes/{p}/adresse/proteger/", "/personnes/{p}/adresse/lever/", "/personnes/{p}/blocages/",
        "/personnes/{p}/foyer/", "/personnes/{p}/mesures/", "/personnes/{p}/rapprocher/", "/partage/personnes/{p}/",
        "/partage/personnes/{p}/qui-sait-quoi/", "/communications/", "/conservation/personnes/{p}/",
        "/conservation/personnes/{p}/donnees/", "/compte/moi/", "/equipe/", "/coordination/volumes/",
    ]),
    ("dpo", ["/registres/", "/registres/?du=pasunedate", "/conservation/", "/conservation/droits/"]),
    ("administration", ["/equipe/", "/equipe/missions/"]),
    ("coordination", ["/coordination/faits/", "/coordination/volumes/", "/coordination/manques/"]),
    ("travailleuse-eds", ["/communications/"]),
    (None, ["/c/inconnu/"]),
]  # fmt: skip


@pytest.fixture(scope="module")
def partagee():
    """Keep the number of the person whose file is walked, once opened."""
    return {}


def preparer(ouvrir, partagee):
    """Open a file with something on every page of it: an address kept apart, a shared need."""
    if not partagee:
        page = ouvrir("travailleur-social")
        partagee["p"], _ = creer(page, protegee=True)
        envoyer(page, partagee["p"])
        page.goto(f"/conservation/personnes/{partagee['p']}/")
        page.get_by_role("radio").first.check()
        page.get_by_role("button", name="Garder la demande").click()
    return partagee["p"]


@LARGEURS
@pytest.mark.parametrize(("compte", "adresses"), PAGES, ids=[str(c) for c, _ in PAGES])
def test_axe_etiquettes_titres_et_largeur_sur_chaque_page_du_partage(ouvrir, partagee, compte, adresses, largeur):
    p = preparer(ouvrir, partagee)
    page = ouvrir(compte, largeur=largeur)
    for adresse in adresses:
        page.goto(adresse.format(p=p))
        verifier(page)


@pytest.mark.parametrize("largeur", [1280, 640, 375])
def test_axe_pendant_l_accord(ouvrir, partagee, largeur):
    """640 px is what a 1280 px screen shows at 200 % zoom."""
    p = preparer(ouvrir, partagee)
    page = ouvrir("travailleur-social", largeur=largeur)
    choisir(page, p)
    verifier(page)
    ecrire(page)
    verifier(page)
    lire(page)
    verifier(page)
    page.get_by_role("button", name="Elle est d'accord : envoyer").click()
    page.locator(".erreur").first.wait_for()
    verifier(page)
    accepter(page)
    page.get_by_role("checkbox", name=re.compile("me donner un lien")).check()
    page.get_by_role("button", name="Elle est d'accord : envoyer").click()
    page.get_by_role("heading", name="C'est envoyé").wait_for()
    verifier(page)
    lien = page.get_by_label(re.compile("^Lien à remettre")).input_value()
    dehors = ouvrir(largeur=largeur)
    dehors.goto(lien)
    verifier(dehors)
    dehors.get_by_role("button", name="Ouvrir").click()
    dehors.get_by_text(BESOIN).wait_for()
    verifier(dehors)
    lectrice = ouvrir("travailleuse-eds", largeur=largeur)
    recue(lectrice)
    verifier(lectrice)
    page.goto(f"/partage/personnes/{p}/")
    page.get_by_role("link", name=re.compile("^Retirer l'accord")).first.click()
    verifier(page)
    page.get_by_role("button", name="Retirer l'accord").click()
    page.get_by_role("heading", name="À dire à la personne").wait_for()
    verifier(page)
    page.goto(f"/personnes/{p}/")
    page.get_by_role("button", name="Lire l'adresse protégée").click()
    page.get_by_role("heading", name="Adresse protégée").wait_for()
    verifier(page)


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
    verifier(page)
    page.keyboard.press("Escape")
    assert not menu.is_visible()
    page.keyboard.press("Enter")
    tabuler(page, "e.textContent === 'Personnes'")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Personnes").wait_for()
    large = ouvrir("travailleur-social")
    assert large.get_by_role("link", name="Annuaire").is_visible()


def test_T18_la_relecture_du_guichet_attend_une_pause_et_n_empeche_rien(ouvrir):
    page = ouvrir("accueil")
    demandes = []
    page.on("request", lambda r: demandes.append(r.url) if "/partage/relire/" in r.url else None)
    page.get_by_label("Que dit la personne ?").press_sequentially("elle est hystérique et alcoolique", delay=30)
    page.locator("#relecture-mots li").first.wait_for()
    assert len(demandes) == 1
    verifier(page)
    page.get_by_role("button", name="Information").click()
    page.locator("#annonces").get_by_text("Passage enregistré").wait_for()


def test_le_dossier_ne_montre_que_ce_ou_l_on_peut_entrer(ouvrir, partagee):
    p = preparer(ouvrir, partagee)
    for compte, voit in (("travailleur-social", True), ("accueil", False)):
        page = ouvrir(compte)
        page.goto(f"/personnes/{p}/")
        assert (page.get_by_role("link", name="Demander un accord").count() == 1) is voit
        for lien in page.locator("main a").all():
            assert page.request.get(lien.get_attribute("href").split("#")[0]).ok
