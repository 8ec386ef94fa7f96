"""The relay by hand of three browsers: the sender, the partner on a telephone, the coordinator (T1, T12)."""

from __future__ import annotations

import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.environnement import RACINE
from tests.navigateur.conftest import commande
from tests.navigateur.gestes import EDS, accepter, creer, revenir
from tests.navigateur.verifications import verifier

pytestmark = pytest.mark.navigateur
PCB = "Point conseil budget du pays d'Ancenis"
MISSION_LOCALE = "Mission locale, antenne de Varades"
BESOIN = "Deux factures d'eau qu'elle ne peut pas payer."


def preparer(page, personne, service, *, jours=7):
    """Fill the one screen: who, a date given on the telephone, what leaves; she says yes."""
    page.goto(f"/relais/personnes/{personne}/nouveau/")
    choisir(page, service)
    page.get_by_role("radio", name="Une date donnée par téléphone").check()
    page.get_by_label("Le jour").fill((datetime.now(UTC) + timedelta(days=jours)).date().isoformat())
    page.get_by_label("L'heure").fill("14:30")
    page.get_by_label("Le lieu").fill("12 rue de l'Exemple")
    page.get_by_label("Qui vous a répondu").fill("le secrétariat")
    page.get_by_role("checkbox", name="Le besoin, avec ses mots").check()
    page.get_by_label("Ce qui serait écrit : Le besoin, avec ses mots").fill(BESOIN)
    accepter(page)


def choisir(page, service):
    page.get_by_label("Pour quoi", exact=True).select_option(label="Demander une aide financière")
    page.get_by_label("Service qui recevrait").fill(service)
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("radio", name=re.compile(service)).check()
    page.get_by_role("checkbox", name=re.compile("^La personne le dit")).check()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("heading", name=re.compile("^2. Le rendez-vous chez")).wait_for()


def envoyer(page):
    """Send; return the address and the code, shown once, and the relay."""
    page.get_by_role("button", name="Elle est d'accord : envoyer").click()
    page.get_by_role("heading", name="C'est envoyé").wait_for()
    adresse, code = page.get_by_label("Adresse de la page").input_value(), page.locator("#code").inner_text()
    return adresse, code, page.get_by_role("link", name="Voir le relais").get_attribute("href")


def ouvrir_le_lien(page, adresse, code):
    page.goto(adresse)
    page.get_by_label("Code à 8 chiffres").fill(code)
    page.get_by_role("button", name="Ouvrir").click()
    page.get_by_text(BESOIN).wait_for()


def repondre(page, reponse, **champs):
    page.get_by_role("radio", name=reponse).check()
    if "fait" in champs:
        page.get_by_label("Si vous l'avez reçue : ce qui a été fait").select_option(label=champs["fait"])
    page.get_by_label("Votre nom").fill("Léa Morin")
    page.get_by_label("Votre fonction").fill("conseillère")
    page.get_by_role("button", name="Envoyer ma réponse").click()
    page.get_by_role("heading", name="Merci, c'est noté").wait_for()


@pytest.fixture
def avancer(promenade):
    """Return a function that makes the calendar go on: the relays are as if they were older by so many days."""
    import psycopg

    from premier_accueil.socle.base import Serveur
    from premier_accueil.socle.base.serveur import AMORCE

    serveur = Serveur(Path(promenade["PREMIER_ACCUEIL_DOSSIER"]))

    def avancer(relais: str, jours: int) -> None:
        dates = ("cree_le", "envoye_le", "bouge_le", "echeance", "quand", "repondu_le")
        recules = ", ".join(f"{date} = {date} - make_interval(days => %(jours)s)" for date in dates)
        with psycopg.connect(**serveur.adresse(AMORCE, promenade["PREMIER_ACCUEIL_BASE"])) as lien:
            ordre = f"UPDATE relais_relais SET {recules} WHERE id = %(cle)s"
            assert lien.execute(ordre, {"jours": jours, "cle": int(relais.strip("/").split("/")[-1])}).rowcount == 1

    return avancer


@pytest.fixture
def veiller(promenade):
    """Return a function that runs the hourly task of the product."""

    def veiller() -> str:
        mots = commande("relais", "veiller")
        return subprocess.run(mots, env=promenade, check=True, capture_output=True, text=True, cwd=RACINE).stdout

    return veiller


def test_la_boucle_entiere_d_une_date_au_telephone_au_besoin_repondu(ouvrir, avancer, capturer):
    sociale, partenaire = ouvrir("travailleur-social"), ouvrir(largeur=375, hauteur=812)
    personne, nom = creer(sociale)
    preparer(sociale, personne, PCB)
    verifier(sociale)
    capturer(sociale, "relais")
    adresse, code, relais = envoyer(sociale)
    verifier(sociale)
    assert nom not in adresse
    partenaire.goto(adresse)
    assert nom not in partenaire.content()
    verifier(partenaire)
    partenaire.get_by_label("Code à 8 chiffres").fill("0000 0000")
    partenaire.get_by_role("button", name="Ouvrir").click()
    partenaire.get_by_text("Ce code n'ouvre rien").wait_for()
    ouvrir_le_lien(partenaire, adresse, code)
    assert "le secrétariat" in partenaire.locator("main").inner_text()
    assert code.replace(" ", "") not in partenaire.url
    verifier(partenaire)
    capturer(partenaire, "relais-par-lien")
    repondre(partenaire, "Oui, nous la recevons")
    verifier(partenaire)
    sociale.goto("/relais/?vue=en-cours")
    sociale.locator(f"main a[href='{relais}']").click()
    sociale.get_by_role("heading", name=re.compile("accepté$")).wait_for()
    assert "Léa Morin, conseillère" in sociale.locator("main").inner_text()
    avancer(relais, 9)
    partenaire.goto(adresse)
    repondre(partenaire, "Elle est venue")
    partenaire.goto(adresse)
    repondre(partenaire, "Voici ce qui a été fait", fait="Une aide est accordée")
    sociale.goto("/relais/")
    sociale.locator(f"main a[href='{relais}']").click()
    sociale.get_by_text("Ce qui a été fait : Une aide est accordée").wait_for()
    verifier(sociale)
    clore = sociale.locator("details", has_text="Pourquoi le clore ?")
    if clore.get_attribute("open") is None:
        clore.locator("summary").click()
    assert clore.get_by_label("Pourquoi le clore ?").input_value() == "REPONDU"
    clore.get_by_role("button", name="Clore").click()
    sociale.get_by_role("heading", name=re.compile("clos$")).wait_for()
    partenaire.goto(adresse)
    assert BESOIN not in partenaire.content()
    assert nom not in partenaire.content()


def test_T12_la_boucle_perdue_revient_a_qui_envoie_sous_les_yeux_de_la_coordination(ouvrir, avancer, veiller):
    sociale, coordination = ouvrir("travailleur-social"), ouvrir("coordination")
    personne, nom = creer(sociale)
    preparer(sociale, personne, MISSION_LOCALE)
    _, __, relais = envoyer(sociale)
    avancer(relais, 7)  # holidays included, three working days and fewer than seven
    assert ": Relancer" in veiller()
    coordination.goto("/coordination/relais-en-retard/")
    avant = coordination.locator("tbody tr").count()
    avancer(relais, 9)
    assert ": Constater le silence" in veiller()
    coordination.reload()
    assert coordination.locator("tbody tr").count() == avant + 1
    assert "il y a 16 jours" in coordination.locator("tbody").inner_text()
    assert nom not in coordination.content()
    assert coordination.locator(f"a[href='{relais}']").count() == 0
    assert coordination.request.get(relais).status == 403
    sociale.goto("/relais/")
    ligne = sociale.locator("li.billet", has=sociale.locator(f"a[href='{relais}']"))
    assert "À vous : appeler, ou passer à un autre service" in ligne.inner_text()
    ligne.get_by_role("link").click()
    verifier(sociale)
    sociale.get_by_role("link", name="Passer à un autre service").click()
    sociale.get_by_text(re.compile("^Ce relais prend la suite d'un autre")).wait_for()
    choisir(sociale, EDS)
    assert sociale.get_by_label("Ce qui serait écrit : Le besoin, avec ses mots").input_value() == BESOIN
    sociale.get_by_role("checkbox", name="Le besoin, avec ses mots").check()
    accepter(sociale)
    sociale.get_by_role("radio", name=re.compile("^Pas de date")).check()
    sociale.get_by_role("button", name="Elle est d'accord : envoyer").click()
    sociale.get_by_role("heading", name="C'est envoyé").wait_for()
    sociale.goto(relais)
    sociale.get_by_role("heading", name=re.compile("repris vers un autre service$")).wait_for()
    coordination.reload()
    assert coordination.locator("tbody tr").count() == avant


def test_T1_l_accord_retire_ferme_la_page_que_le_partenaire_a_ouverte(ouvrir):
    sociale, partenaire = ouvrir("travailleur-social"), ouvrir(largeur=375, hauteur=812)
    personne, nom = creer(sociale)
    preparer(sociale, personne, PCB)
    adresse, code, relais = envoyer(sociale)
    ouvrir_le_lien(partenaire, adresse, code)
    autre = partenaire.context.new_page()
    autre.goto(adresse)
    autre.get_by_text(BESOIN).wait_for()
    sociale.goto(relais)
    sociale.get_by_role("link", name="Elle retire son accord").click()
    sociale.get_by_role("button", name="Retirer l'accord").click()
    sociale.get_by_role("heading", name="À dire à la personne").wait_for()
    partenaire.get_by_role("radio", name="Oui, nous la recevons").check()
    partenaire.get_by_label("Votre nom").fill("Léa Morin")
    partenaire.get_by_label("Votre fonction").fill("conseillère")
    partenaire.get_by_role("button", name="Envoyer ma réponse").click()
    autre.reload()
    for onglet in (partenaire, autre):
        onglet.get_by_text(re.compile("retiré son accord")).wait_for()
        for _ in range(2):
            assert BESOIN not in onglet.content()
            assert nom not in onglet.content()
            revenir(onglet)
    autre.goto(adresse)
    verifier(autre)
    sociale.goto(relais)
    sociale.get_by_role("heading", name=re.compile("accord retiré$")).wait_for()
    assert "Accepter" not in sociale.get_by_role("region", name="Historique").inner_text()
