"""The pages of démarches and domiciliations, asked as a browser asks them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest

from premier_accueil.accueil import actions as accueil
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.entretien.models import ContactDeDomiciliation, Demarche, Domiciliation, GesteDeDemarche
from premier_accueil.entretien.regles.demarches import PROCEDURES
from premier_accueil.personnes.models import Personne
from premier_accueil.socle.cloison import situer
from tests import fabriques as f
from tests.entretien import des_demarches as d
from tests.pages.conftest import connecte
from tests.personnes import situations as p


@pytest.fixture
def agente(lieu):
    return f.agent(lieu.structure, Fonction.TRAVAIL_SOCIAL)


@pytest.fixture
def client(agente):
    return connecte(agente)


def texte(page) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def champs(page) -> dict[str, str]:
    """Return the hidden values of the last form of a page."""
    caches = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode())
    return {nom: valeur for nom, valeur in caches if nom != "csrfmiddlewaretoken"}


def test_une_demarche_en_deux_clics_depuis_le_dossier(client, agente):
    personne = p.personne(agente)
    dossier = texte(client.get(f"/personnes/{personne}/"))
    assert f"/demarches/nouvelle/personnes/{personne}/" in dossier
    page = client.get(f"/demarches/nouvelle/personnes/{personne}/")
    assert all(x.libelle in texte(page).replace("&#x27;", "'") for x in PROCEDURES.values())
    envoi = {**champs(page), "procedure": "RSA"}
    for attendu in ("Démarche commencée", "déjà enregistré"):
        assert attendu in texte(client.post(f"/demarches/nouvelle/personnes/{personne}/", envoi, follow=True)).replace("&#x27;", "'")
    assert Demarche.objects.get().personne_id == personne


def test_chercher_une_procedure(client):
    page = texte(client.get("/demarches/nouvelle/?texte=loyer"))
    assert "FSL" in page
    assert "Naturalisation" not in page
    assert "Aucune démarche ne porte ces mots" in texte(client.get("/demarches/nouvelle/?texte=xyzzy"))


def test_une_procedure_inconnue_garde_ce_qui_est_tape(client):
    page = client.post("/demarches/nouvelle/", {"demande_id": str(uuid4()), "procedure": "XX", "objet": "le loyer de mai"})
    assert page.status_code == 400
    assert "le loyer de mai" in texte(page)
    assert not Demarche.objects.exists()


def test_le_parcours_entier_d_un_refus_par_silence(client, agente, monkeypatch):
    """Filed, received, left without an answer, contested, left again, before the judge: each date said in French."""
    cle = d.ouverte(agente)
    adresse = f"/demarches/{cle}/"
    assert "aucun délai ne court" in texte(client.get(adresse))

    def faire(nom: str, **dit: str):
        page = client.get(f"{adresse}{nom}/")
        assert page.status_code == 200
        return texte(client.post(f"{adresse}{nom}/", {**champs(page), **dit}, follow=True)).replace("&#x27;", "'")

    assert "Sans réponse le 23 janvier 2027, c'est un refus" in faire("deposer", aupres="CAF", jour="2026-11-23")
    page = faire("accuser", jour="2026-11-23", reference="RSA-44")
    assert "RSA-44" in page
    assert "jusqu'au 23 mars 2027 pour contester, auprès de : président du conseil départemental" in page
    assert "constater le silence" not in page

    def plus_tard(jours: int):
        monkeypatch.setattr("django.utils.timezone.now", lambda: f.LUNDI_10H + timedelta(days=jours))

    plus_tard(70)
    connecte_encore(client, agente)
    assert "refusée par le silence" in faire("constater_le_silence")
    assert "Ce recours est obligatoire" in texte(client.get(adresse))
    page = faire("contester", voie="PRESIDENT_DU_DEPARTEMENT_RSA", jour="2027-02-01")
    assert "Sans réponse le 1er avril 2027, le recours est rejeté" in page
    plus_tard(140)
    connecte_encore(client, agente)
    faire("constater_le_silence")
    page = faire("contester", voie="JUGE_ADMINISTRATIF", jour="2027-04-10")
    assert "Aucune date ne vaut réponse" in page
    faire("decider", decision="ACCORDEE", jour="2027-04-11")
    assert "close" in faire("clore", cloture="OBTENUE")
    assert Demarche.objects.get().etat == "CLOSE"


def connecte_encore(client, agente):
    from premier_accueil.acteurs.models import Compte

    client.force_login(Compte.objects.get(pk=agente.compte_id))


def test_une_saisie_refusee_est_gardee(client, agente):
    cle = d.deposee(agente)
    page = client.get(f"/demarches/{cle}/demander_des_pieces/")
    envoi = {**champs(page), "pieces": "Avis d'imposition", "jour": "2027-06-01"}
    page = client.post(f"/demarches/{cle}/demander_des_pieces/", envoi)
    assert page.status_code == 400
    dit = texte(page).replace("&#x27;", "'")
    assert "dans le futur" in dit
    assert "Avis d'imposition" in dit


def test_deux_personnes_en_meme_temps_voient_le_conflit(client, agente, clients):
    cle = d.deposee(agente)
    premiere = champs(client.get(f"/demarches/{cle}/accuser/"))
    collegue = clients("ACCUEIL")
    seconde = champs(collegue.get(f"/demarches/{cle}/accuser/"))
    client.post(f"/demarches/{cle}/accuser/", {**premiere, "jour": "2026-11-23", "reference": "UN"})
    page = collegue.post(f"/demarches/{cle}/accuser/", {**seconde, "jour": "2026-11-23", "reference": "DEUX"})
    assert page.status_code == 400
    assert "pendant votre saisie" in texte(page)
    assert "DEUX" in texte(page)
    situer(structure=agente.structure_id)
    assert Demarche.objects.get().reference == "UN"


def test_annuler_le_dernier_geste_depuis_la_page(client, agente):
    cle = d.deposee(agente)
    assert "Annuler : elle est déposée" in texte(client.get(f"/demarches/{cle}/"))
    assert "Geste annulé" in texte(client.post(f"/demarches/{cle}/annulation/", follow=True))
    assert "rien à annuler" in texte(client.post(f"/demarches/{cle}/annulation/", follow=True))
    situer(structure=agente.structure_id)
    assert GesteDeDemarche.objects.get().annule_le is not None


def test_mauvaise_porte_la_personne_est_a_prevenir(client, agente):
    """CRPA L.114-2: forwarded, and the list says that she must be told, until somebody did."""
    cle = d.deposee(agente)
    page = client.get(f"/demarches/{cle}/transmettre/")
    client.post(f"/demarches/{cle}/transmettre/", {**champs(page), "aupres": "MSA", "jour": "2026-11-23"})
    assert "personne à prévenir" in texte(client.get("/demarches/"))
    client.post(f"/demarches/{cle}/prevenue/")
    assert "personne à prévenir" not in texte(client.get("/demarches/"))
    assert "la personne est prévenue" in texte(client.get(f"/demarches/{cle}/"))


def test_anonyme_depuis_un_passage_puis_rattachee(client, agente, lieu):
    recu = accueil.accueillir(f.demande(mots="CAF"), role=agente, site_id=lieu.pk, a=f.LUNDI_10H)
    assert f"/demarches/nouvelle/passages/{recu.passage_id}/" in texte(client.get(f"/guichet/passages/{recu.passage_id}/"))
    page = client.get(f"/demarches/nouvelle/passages/{recu.passage_id}/")
    page = client.post(f"/demarches/nouvelle/passages/{recu.passage_id}/", {**champs(page), "procedure": "APL"}, follow=True)
    assert "Personne anonyme" in texte(page)
    personne = p.personne(agente)
    cle = Demarche.objects.get().pk
    page = client.post(f"/demarches/{cle}/personne/", {"texte": "Martin"})
    assert "Louise Martin" in texte(page)
    client.post(f"/demarches/{cle}/personne/", {"texte": "Martin", "avec": personne})
    situer(structure=agente.structure_id)
    assert Demarche.objects.get().personne_id == personne
    assert "Aide au logement" in texte(client.get(f"/demarches/personnes/{personne}/"))


def test_t22_la_page_pour_la_personne_est_neutre(client, agente):
    """Neither her name nor the structure's nor the agent's; her paper says "vous" and never "vous avez droit"."""
    personne = p.personne(agente)
    cle = d.deposee(agente, personne_id=personne)
    page = client.get(f"/demarches/{cle}/feuille/")
    dit = texte(page).replace("&#x27;", "'")
    for mot in ("Martin", "Louise", agente.structure, agente.compte, "CCAS", "social"):
        assert mot not in dit, mot
    assert "Vous aurez alors jusqu'au 23 mars 2027" in dit
    assert "avez droit" not in dit
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize("vue", ["semaine", "en-cours", "closes", "xx", ""])
@pytest.mark.parametrize("page", ["1", "9999", "-1", "²", "x"])
def test_les_listes_repondent_toujours(client, vue, page):
    for liste in ("/demarches/", "/demarches/domiciliations/"):
        assert client.get(f"{liste}?vue={vue}&page={page}").status_code == 200


def test_quinze_par_page(client, agente):
    for _ in range(17):
        d.ouverte(agente)
    page = client.get("/demarches/?vue=en-cours")
    assert texte(page).count('class="billet"') == 15
    assert "Page 1 sur 2" in texte(page)
    assert texte(client.get("/demarches/?vue=en-cours&page=2")).count('class="billet"') == 2


# ---- domiciliation


def test_une_domiciliation_de_la_demande_au_renouvellement(client, agente, monkeypatch):
    personne = p.personne(agente)
    page = client.get(f"/demarches/domiciliations/personnes/{personne}/")
    envoi = {**champs(page), "jour": "2026-11-23"}
    for _ in range(2):
        page = client.post(f"/demarches/domiciliations/personnes/{personne}/", envoi, follow=True)
    dit = texte(page)
    assert "Réponse due le 23 janvier 2027" in dit
    assert "pas encore proposé" in dit, "S1: each request offers support"
    assert "accorder" not in dit.lower().split("accompagnement")[0].replace("accordée", ""), "no decision before the interview"
    cle = Domiciliation.objects.get().pk
    adresse = f"/demarches/domiciliations/{cle}/"

    def faire(nom: str, **envoi: str):
        return texte(client.post(f"{adresse}{nom}/", {**champs(client.get(f"{adresse}{nom}/")), **envoi}, follow=True))

    faire("soutien", soutien="SOUHAITE", referent_souhaite="Nadia")
    faire("entretenir", jour="2026-11-23")
    dit = faire("accorder", jour="2026-11-23")
    assert "Du 23 novembre 2026 au 23 novembre 2027" in dit
    assert "souhaite être accompagnée</strong>, avec Nadia" in dit
    clic = champs(client.get(adresse))
    for _ in range(2):
        client.post(f"{adresse}contact/", {**clic, "genre": "APPEL"})
    situer(structure=agente.structure_id)
    assert ContactDeDomiciliation.objects.get().genre == "APPEL"
    page = client.post(f"{adresse}renouvellement/", {"demande_id": str(uuid4())}, follow=True)
    assert "renouvellement" in texte(page)
    assert "déjà demandé" in texte(client.post(f"{adresse}renouvellement/", {"demande_id": str(uuid4())}, follow=True))


def test_un_refus_est_motive_ecrit_et_oriente(client, agente):
    """CASF L.264-4: without a reason, a written decision and an orientation, nothing is recorded, and it says why."""
    cle = d.demandee(agente, p.personne(agente))
    d.decider(agente, cle, "entretenir")
    adresse = f"/demarches/domiciliations/{cle}/refuser/"
    base = {**champs(client.get(adresse)), "jour": "2026-11-23"}
    page = client.post(adresse, {**base, "decision_ecrite": "Vous vivez à Nantes."})
    assert page.status_code == 400
    assert "toujours motivé" in texte(page)
    assert "Vous vivez à Nantes." in texte(page)
    base |= {"motif": "SANS_LIEN", "decision_ecrite": "Vous vivez à Nantes."}
    assert "oriente toujours" in texte(client.post(adresse, base))
    page = client.post(adresse, {**base, "orientee_vers": "CCAS de Nantes, 02 40 00 00 00"}, follow=True)
    assert "CCAS de Nantes" in texte(page)
    situer(structure=agente.structure_id)
    assert Domiciliation.objects.get().etat == "REFUSEE"


def test_t11_trois_mois_sans_signe_la_liste_propose_personne_ne_radie_tout_seul(client, agente, monkeypatch):
    personne = p.personne(agente)
    cle = d.accordee(agente, personne, le=date(2026, 8, 1))
    page = texte(client.get("/demarches/domiciliations/?vue=sans-nouvelles"))
    assert "Sans visite ni appel depuis le 1 août 2026" in page
    assert "Rien ne s&#x27;arrête tout seul" in page or "Rien ne s'arrête tout seul" in page
    situer(structure=agente.structure_id)
    assert Domiciliation.objects.get().etat == "ACCORDEE"
    absence = f"/demarches/domiciliations/{cle}/absence/"
    client.post(absence, {**champs(client.get(absence)), "motif": "SANTE", "du": "2026-09-01"})
    assert "Louise Martin" not in texte(client.get("/demarches/domiciliations/?vue=sans-nouvelles"))
    radier = f"/demarches/domiciliations/{cle}/radier/"
    page = client.post(
        radier, {**champs(client.get(radier)), "motif": "ABSENCE", "decision_ecrite": "Absente.", "jour": "2026-11-23"}
    )
    assert page.status_code == 400
    assert "absence est expliquée" in texte(page)


def test_un_contact_de_domiciliation_est_un_contact_avec_la_personne(client, agente):
    personne = p.personne(agente)
    cle = d.accordee(agente, personne, le=date(2026, 8, 1))
    situer(structure=agente.structure_id)
    Personne.objects.filter(pk=personne).update(dernier_contact_le=f.LUNDI_10H - timedelta(days=200))
    client.post(f"/demarches/domiciliations/{cle}/contact/", {"genre": "COURRIER", "demande_id": "abîmé"})
    assert Personne.objects.get(pk=personne).dernier_contact_le == f.LUNDI_10H
    assert "retiré son courrier" in texte(client.get(f"/demarches/domiciliations/{cle}/"))


def test_t4_t7_introuvable_pour_qui_ne_doit_pas_voir(client, agente, clients):
    personne = p.personne(agente)
    demarche, domiciliation = d.deposee(agente, personne_id=personne), d.accordee(agente, personne)
    from premier_accueil.acteurs.models import Structure

    bloque = f.agent(Structure.objects.get(pk=agente.structure_id), Fonction.TRAVAIL_SOCIAL)
    p.se_placer(agente)
    p.bloquer(personne, bloque, agente)
    autre = f.agent(f.site(f.structure("Ailleurs")).structure, Fonction.TRAVAIL_SOCIAL)
    for qui in (bloque, autre):
        c = connecte(qui)
        for adresse in (
            f"/demarches/{demarche}/", f"/demarches/{demarche}/feuille/", f"/demarches/{demarche}/clore/",
            f"/demarches/personnes/{personne}/", f"/demarches/domiciliations/{domiciliation}/",
            f"/demarches/domiciliations/personnes/{personne}/", f"/demarches/nouvelle/personnes/{personne}/",
        ):
            assert c.get(adresse).status_code == 404, adresse
        assert "Martin" not in texte(c.get("/demarches/?vue=en-cours"))
        assert "Martin" not in texte(c.get("/demarches/domiciliations/?vue=en-cours"))
