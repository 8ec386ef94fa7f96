"""The sharing pages by hand of a real browser: a file, an agreement, its reader, its withdrawal, its traces."""

from __future__ import annotations

import re

import pytest

from tests.navigateur.gestes import (
    ADRESSE,
    BESOIN,
    EDS,
    choisir,
    creer,
    ecrire,
    envoyer,
    lire,
    preparer,
    recue,
    revenir,
)
from tests.navigateur.verifications import verifier

pytestmark = pytest.mark.navigateur


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
