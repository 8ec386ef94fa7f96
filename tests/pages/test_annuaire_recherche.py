"""The directory's pages for professionals: the search and its map, who coordinates, sectors, what partners undertake."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.annuaire.models import (
    ActionCollective,
    Initiative,
    ReferentDeTerritoire,
    ReferentThematique,
    Secteur,
    Service,
    TeteDeReseau,
)
from premier_accueil.territoire.models import Commune
from tests import fabriques as f
from tests.annuaire.fabriques import carre

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lundi(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: f.LUNDI_10H)


@pytest.fixture
def chez(db):
    Commune.objects.filter(pk=f.commune().pk).update(contour=carre(-1.1, 47.3, -0.9, 47.5))
    return f.structure("CCAS de Loireauxence", assure_premier_accueil=True)


@pytest.fixture
def agent(client, chez):
    return entrer(client, chez, Fonction.ACCUEIL)


def entrer(client, structure, fonction):
    from premier_accueil.acteurs.models import Compte

    role = f.agent(structure, fonction)
    client.force_login(Compte.objects.get(pk=role.compte_id))
    return role


def chercher(client, **champs):
    return client.post(reverse("annuaire:recherche"), champs)


def test_la_recherche_garde_tout_montre_la_carte_et_tourne_les_pages(client, agent, chez):
    lieu = f.site(chez, "Pôle", fauteuil=True)
    for n in range(14):
        f.service(chez, f"Guichet {n:02}", site=lieu, horaires="Mo-Fr 08:00-12:00" if n else "")
    reponse = chercher(client, texte="guichet", commune="Loireauxence", emploi=["AVANT_9H"], acces=["fauteuil"], heure="11:00")
    page = reponse.content.decode()
    assert "14 services" in page
    assert "à 30 km de Loireauxence" in page
    assert 'value="guichet"' in page
    assert re.search(r'value="fauteuil"[^>]* checked', page)
    assert "Dont 1 à vérifier" in page  # hours unknown: never a "no"
    assert page.count('class="service"') == 12
    carte = json.loads(re.search(r'id="carte-donnees" type="application/json">(.*?)</script>', page)[1])
    assert [p["numero"] for p in carte["points"]] == list(range(1, 13))
    assert carte["tuiles"] == ""
    dessin = client.get(carte["contours"][0]).json()
    assert dessin["features"][0]["properties"]["nom"] == "Loireauxence"
    assert dessin["features"][0]["geometry"]["coordinates"][0][0][0] == [-1.1, 47.3]
    suite = chercher(client, texte="guichet", commune="Loireauxence", emploi=["AVANT_9H"], page="2").content.decode()
    assert 'start="13"' in suite
    assert suite.count('class="service"') == 2
    # What is typed by hand never breaks the page.
    for page_dite in ("-1", "999999999", "x", "٣"):
        assert chercher(client, texte="guichet", page=page_dite).status_code == 200


def test_une_recherche_vide_de_reponses_dit_quoi_relacher(client, agent, chez):
    f.service(chez, "Réparation solidaire")
    demande = {"texte": "réparation", "commune": "Loireauxence", "hors_ccas": "on", "jour": "2026-11-23", "heure": "23:00"}
    page = chercher(client, **demande).content.decode()
    assert "Rien ne correspond" in page
    assert 'name="sans" value="ouvert_a"' in page
    sans_heure = chercher(client, **demande, sans="ouvert_a").content.decode()
    assert "Rien ne correspond" in sans_heure  # the CCAS door is still set aside
    demande.pop("hors_ccas")
    assert "Réparation solidaire" in chercher(client, **demande, sans="ouvert_a").content.decode()


def test_ce_qui_ne_va_pas_est_dit_sans_rien_perdre(client, agent, chez):
    inconnue = chercher(client, texte="garage", commune="Xyzzyville")
    assert inconnue.status_code == 400
    assert "Nous ne connaissons pas cette commune" in inconnue.content.decode()
    assert 'value="garage"' in inconnue.content.decode()
    sans_heure = chercher(client, jour="2026-11-23").content.decode()
    assert "Donnez aussi l&#x27;heure" in sans_heure
    assert chercher(client, theme="inventé").status_code == 400
    assert chercher(client, jour="0001-01-01", heure="10:00").status_code == 400


def test_t15_une_fiche_vieille_et_des_horaires_en_mots_se_voient_dans_les_resultats(client, agent, chez):
    vieux = f.service(chez, "Vieux guichet", date_maj=date(2019, 7, 1), horaires="")
    vieux.permanences.update(horaires_texte="un lundi sur deux le matin")
    page = chercher(client, texte="guichet").content.decode()
    assert "À confirmer — appelez" in page
    assert "Écrit ainsi : un lundi sur deux le matin" in page


def test_tetes_de_reseau_referents_et_themes_sans_personne(client, chez):
    entrer(client, chez, Fonction.COORDINATION)
    famille = {"theme": "mobilite", "structure": chez.pk, "du": "2026-11-01", "source": "comité du 1er novembre"}
    assert client.post(reverse("annuaire:tete"), famille).status_code == 302
    assert client.post(reverse("annuaire:tete"), famille).status_code == 302  # double click
    assert TeteDeReseau.objects.count() == 1
    autre = f.structure("Association Roule", assure_premier_accueil=True)
    suivante = famille | {"structure": autre.pk, "du": "2026-11-20"}
    assert client.post(reverse("annuaire:tete"), suivante).status_code == 302
    assert TeteDeReseau.objects.get(structure=chez).au == date(2026, 11, 19)  # what held before stays readable
    assert client.post(reverse("annuaire:tete"), famille | {"du": "2026-11-05"}).status_code == 400

    qui = {"nom": "Sam Exemple", "structure": chez.pk, "telephone": "02 40 00 00 01", "diffusion": "RESEAU"}
    injoignable = client.post(reverse("annuaire:referent"), qui | {"telephone": "", "themes": ["mobilite"]})
    assert "sinon personne ne peut" in injoignable.content.decode()
    assert client.post(reverse("annuaire:referent"), qui | {"themes": ["mobilite"]}).status_code == 302
    la = qui | {"nom": "Lou Exemple", "territoire": "Quartier du Port", "communes": "Loireauxence", "missions": ["DIFFUSER"]}
    assert client.post(reverse("annuaire:referent_de_territoire"), la).status_code == 302
    assert ReferentDeTerritoire.objects.get().communes == ["44213"]
    page = client.get(reverse("annuaire:reseau")).content.decode()
    assert "Association Roule" in page
    assert "personne" in page
    assert "Quartier du Port" in page

    # Named beside what is found, and no more once it is over.
    f.service(chez, "Garage")
    trouves = {"theme": f.REPARER, "commune": "Loireauxence"}
    beside = chercher(client, **trouves).content.decode()
    assert "Sam Exemple" in beside
    assert "Lou Exemple" in beside
    finir = {"genre": "theme", "cle": ReferentThematique.objects.get().pk}
    client.post(reverse("annuaire:finir"), finir)
    ReferentThematique.objects.update(du=date(2026, 11, 1), au=date(2026, 11, 22))
    assert "Sam Exemple" not in chercher(client, **trouves).content.decode()
    assert client.post(reverse("annuaire:finir"), {"genre": "tete", "cle": "9" * 40}).status_code == 302


def test_un_secteur_se_change_sans_effacer_ce_qui_valait(client, chez):
    entrer(client, chez, Fonction.COORDINATION)
    eds = f.structure("EDS d'Ancenis", "EDS", assure_premier_accueil=True)
    un = {"commune": "Loireauxence", "voie": "", "structure": chez.pk, "du": "2026-01-01", "source": "tableau 2026"}
    assert client.post(reverse("annuaire:secteur"), un).status_code == 302
    assert client.post(reverse("annuaire:secteur"), un | {"structure": eds.pk, "du": "2026-12-01"}).status_code == 302
    assert client.post(reverse("annuaire:secteur"), un | {"voie": "rue du Port", "structure": eds.pk}).status_code == 302
    assert {(s.voie, s.au) for s in Secteur.objects.order_by("pk")} == {
        ("", date(2026, 11, 30)), ("", None), ("rue du Port", None),
    }  # fmt: skip
    page = client.get(reverse("annuaire:secteurs")).content.decode()
    assert "toute la commune" in page
    assert "jusqu'au 30 novembre 2026" in page
    lapsus = client.post(reverse("annuaire:secteur"), un | {"du": "0001-01-01"})
    assert "Vérifiez l&#x27;année" in lapsus.content.decode()
    entrer(client, chez, Fonction.ACCUEIL)
    assert client.post(reverse("annuaire:secteur"), un).status_code == 403
    assert "Changer un secteur" not in client.get(reverse("annuaire:secteurs")).content.decode()


def test_initiatives_et_actions_collectives(client, agent, chez):
    dite = {"nom": "Jardin partagé", "actions": "Un jardin ouvert le samedi.", "valeurs": "L'entraide", "publics": ["familles"]}
    for _ in range(2):  # double click
        assert client.post(reverse("annuaire:nouvelle_initiative"), dite).status_code == 302
    une = Initiative.objects.get()
    page = client.get(reverse("annuaire:initiative", args=[une.pk])).content.decode()
    assert "L&#x27;entraide" in page
    assert "Corriger ou retirer" in page

    formulaire = client.get(reverse("annuaire:nouvelle_action")).content.decode()
    demande_id = re.search(r'name="demande_id" value="([^"]+)"', formulaire)[1]
    action = {
        "demande_id": demande_id, "nom": "Café des parents", "jour": "2026-12-02", "debut": "14:00", "fin": "16:00",
        "lieu": "Salle des fêtes", "commune": "Loireauxence", "venir": "Entrée libre",
    }  # fmt: skip
    assert "avant l&#x27;heure de début" in client.post(
        reverse("annuaire:nouvelle_action"), action | {"fin": "13:00"}
    ).content.decode()
    assert "déjà passé" in client.post(
        reverse("annuaire:nouvelle_action"), action | {"jour": "2026-11-02"}
    ).content.decode()
    for _ in range(2):
        assert client.post(reverse("annuaire:nouvelle_action"), action).status_code == 302
    faite = ActionCollective.objects.get()
    assert "Café des parents" in client.get(reverse("annuaire:actions_collectives")).content.decode()
    assert client.post(reverse("annuaire:action_collective", args=[faite.pk]), {"geste": "annuler"}).status_code == 302
    assert "Annulée" in client.get(reverse("annuaire:actions_collectives")).content.decode()

    # Another structure sees, and writes nothing.
    entrer(client, f.structure("Voisins"), Fonction.ACCUEIL)
    vue = client.get(reverse("annuaire:initiative", args=[une.pk])).content.decode()
    assert "Jardin partagé" in vue
    assert "Corriger ou retirer" not in vue
    assert client.post(reverse("annuaire:initiative", args=[une.pk]), dite | {"nom": "Pris"}).status_code == 404
    assert Initiative.objects.get().nom == "Jardin partagé"
    # Past ones leave the list by themselves.
    ActionCollective.objects.update(debut=f.LUNDI_10H - timedelta(days=2), fin=f.LUNDI_10H - timedelta(days=1))
    assert "Café des parents" not in client.get(reverse("annuaire:actions_collectives")).content.decode()


def test_la_page_d_un_service_dit_ce_que_l_on_sait_du_lieu(client, agent, chez):
    service = f.service(chez, "Guichet", site=f.site(chez, "Pôle", fauteuil=False, bureau_confidentiel=True))
    Service.objects.filter(pk=service.pk).update(langues=["fsl"], places=12, places_libres=3, places_dites_le=date(2026, 11, 20))
    page = client.get(reverse("annuaire:service", args=[service.pk])).content.decode()
    assert "langue des signes française" in page
    assert "3 places libres sur 12" in page
    assert "dit le 20 novembre 2026" in page
    assert "bureau fermé pour parler à part" in page
    assert "boucle magnétique" not in page  # unknown stays unsaid
    Service.objects.filter(pk=service.pk).update(places_dites_le=None)
    assert "places libres" not in client.get(reverse("annuaire:service", args=[service.pk])).content.decode()


def test_les_tuiles_ouvrent_leur_hote_et_lui_seul():
    from premier_accueil.config.settings import hotes_de_tuiles

    assert hotes_de_tuiles("") == []
    assert hotes_de_tuiles("https://{s}.tuiles.example/{z}/{x}/{y}.png") == ["https://*.tuiles.example"]
    assert hotes_de_tuiles("/tuiles/{z}/{x}/{y}.png") == []
