"""What hands do on the sharing pages: open a file, ask an agreement, read what was received."""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import count

from playwright.sync_api import Error

EDS = "Espace départemental des solidarités du pays d'Ancenis"
ADRESSE = "7 impasse des Tilleuls"
BESOIN = "Deux mois de loyer de retard, elle cherche une solution."
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
