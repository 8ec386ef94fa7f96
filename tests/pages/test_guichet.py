"""The counter's pages, asked as a browser asks them."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from premier_accueil.accueil.models import FeuilleDeRoute, Passage
from premier_accueil.socle.models import Acces
from tests import fabriques as f

pytestmark = pytest.mark.django_db


def saisir(**champs):
    return {"demande_id": str(uuid4()), "nature": "INFORMATION", "commune": "Loireauxence"} | champs


@pytest.fixture
def garage(lieu):
    return f.service(f.structure("Garage du Val", "ASSOCIATION"))


def test_la_page_est_prete_pour_la_personne_suivante(guichet, lieu):
    page = guichet.get("/guichet/").content.decode()
    assert 'value="Loireauxence"' in page
    assert "Pôle social" in page
    assert page.count("required") == 0


def test_un_clic_suffit_pour_une_visite_simple(guichet, lieu):
    reponse = guichet.post("/guichet/accueillir/", saisir(), follow=True)
    assert "Passage enregistré" in reponse.content.decode()
    assert Passage.objects.get().commune.nom == "Loireauxence"


@pytest.mark.parametrize("pret", [False, True])
def test_un_serveur_qui_demarre_le_dit(guichet, garage, monkeypatch, pret):
    monkeypatch.setattr("premier_accueil.pages.guichet.suggestions.pret", lambda: pret)
    page = guichet.post("/guichet/suggestions/", saisir(mots="voiture en panne")).content.decode()
    assert ("Le logiciel vient de démarrer" in page) is not pret


def test_les_suggestions_donnent_le_service_et_sa_raison(guichet, garage):
    page = guichet.post("/guichet/suggestions/", saisir(mots="voiture en panne")).content.decode()
    assert "Garage solidaire" in page
    assert "voiture en panne" in page
    assert f'name="besoins" value="{f.REPARER}" checked' in page


def test_un_besoin_decoche_reste_decoche_pendant_qu_on_ecrit(guichet, garage):
    page = guichet.post(
        "/guichet/suggestions/", saisir(mots="voiture en panne svp", besoins_proposes=[f.REPARER])
    ).content.decode()
    assert f'value="{f.REPARER}" checked' not in page


def test_un_besoin_entendu_s_en_va_avec_ses_mots_celui_de_l_agent_reste(guichet, garage):
    """What was ticked by itself is not taken for a choice: corrected words leave nothing behind."""
    entendu = guichet.post("/guichet/suggestions/", saisir(mots="voiture en panne")).content.decode()
    assert f'name="besoins_proposes" value="{f.REPARER}"' in entendu
    autres = "plus rien à manger à la maison"
    coches = saisir(mots=autres, besoins=[f.REPARER], besoins_proposes=[f.REPARER])
    assert f'value="{f.REPARER}" checked' not in guichet.post("/guichet/suggestions/", coches).content.decode()
    encore = saisir(mots="ma voiture est en panne, svp", besoins=[f.REPARER], besoins_proposes=[f.REPARER])
    assert f'value="{f.REPARER}" checked' in guichet.post("/guichet/suggestions/", encore).content.decode()
    choisi = guichet.post("/guichet/suggestions/", saisir(mots=autres, besoins=[f.REPARER])).content.decode()
    assert f'name="besoins" value="{f.REPARER}" checked' in choisi
    assert f'name="besoins_proposes" value="{f.REPARER}"' not in choisi


def test_l_urgence_passe_devant_la_liste(guichet, garage):
    page = guichet.post(
        "/guichet/suggestions/", saisir(mots="mon mari me frappe, j'ai peur, voiture en panne")
    ).content.decode()
    assert page.index('class="urgence"') < page.index("<ol")
    assert "3919" in page


def test_un_sac_de_courrier_est_une_entree(guichet, garage):
    page = guichet.post("/guichet/suggestions/", saisir(courriers=["ENERGIE", "COMMISSAIRE"])).content.decode()
    assert 'name="besoins"' in page


def test_une_commune_inconnue_garde_la_saisie_et_dit_quoi_faire(guichet):
    reponse = guichet.post("/guichet/accueillir/", saisir(mots="mes mots", nom="Ada", commune="Zzyzx"))
    page = reponse.content.decode()
    assert reponse.status_code == 400
    assert "Commune inconnue. Corrigez-la, ou laissez ce champ vide." in page
    assert "mes mots" in page
    assert 'value="Ada"' in page
    assert not Passage.objects.exists()


def test_orienter_sans_choisir_garde_la_saisie(guichet, garage):
    reponse = guichet.post("/guichet/accueillir/", saisir(nature="ORIENTATION", mots="voiture en panne"))
    assert reponse.status_code == 400
    assert "Choisissez au moins un service" in reponse.content.decode()
    assert "voiture en panne" in reponse.content.decode()


def test_les_mots_ne_voyagent_jamais_dans_une_adresse(guichet, garage, caplog):
    mots = "motif tres secret"
    guichet.post("/guichet/suggestions/", saisir(mots=mots))
    reponse = guichet.post("/guichet/accueillir/", saisir(mots=mots))
    assert "secret" not in reponse["Location"]
    assert guichet.get("/guichet/suggestions/", {"mots": mots}).status_code == 405
    assert guichet.get("/guichet/accueillir/", {"mots": mots}).status_code == 405
    assert "secret" not in caplog.text


def test_deux_fois_le_meme_envoi_ne_fait_qu_un_passage(guichet):
    envoi = saisir(mots="bonjour")
    premier = guichet.post("/guichet/accueillir/", envoi)
    second = guichet.post("/guichet/accueillir/", envoi, follow=True)
    assert premier["Location"] in second.redirect_chain[0][0]
    assert "déjà enregistré" in second.content.decode()
    assert Passage.objects.count() == 1


@pytest.mark.parametrize(
    "champs",
    [
        {"mots": "a" * 100_000}, {"mots": "\x00\u202enoir"}, {"nom": "x" * 5000}, {"commune": "%_'\"; DROP TABLE"},
        {"services": ["999999999999", "abc", "-1"]}, {"besoins": ["inconnu"]}, {"canal": "PIGEON"}, {"demande_id": "pas-un-uuid"},
        {"nature": "TOUT"}, {"mode": "fusée"}, {"mots": "🚗 ضائع 失业"}, {"courriers": ["X"] * 300},
    ],
)  # fmt: skip
def test_aucune_saisie_ne_fait_tomber_la_page(guichet, garage, champs):
    for adresse in ("/guichet/suggestions/", "/guichet/accueillir/", "/guichet/communes/"):
        assert guichet.post(adresse, saisir() | champs).status_code < 500


def test_la_feuille_de_route_du_guichet_au_pdf(guichet, garage, client):
    guichet.post("/guichet/accueillir/", saisir(nature="ORIENTATION", mots="voiture en panne", services=[garage.pk]))
    passage = Passage.objects.get()
    guichet.post(f"/feuille/passage/{passage.pk}/edition/")
    feuille = FeuilleDeRoute.objects.get()
    etape = feuille.contenu["etapes"][0]
    assert (etape["nom"], etape["papiers"]) == ("Garage solidaire", ["Carte grise"])
    assert "estimation" in etape["trajet"]
    for suffixe in ("", "?taille=16"):
        pdf = guichet.get(f"/feuille/passage/{passage.pk}/feuille-de-route.pdf{suffixe}")
        assert pdf["Content-Type"] == "application/pdf"
        assert pdf.content.startswith(b"%PDF")
    page = guichet.get(f"/feuille/passage/{passage.pk}/").content.decode()
    assert "Texte du SMS" in page
    # The person, elsewhere, without account: the reference opens nothing without the code.
    assert "Garage" not in client.get(f"/feuille/{feuille.reference}/").content.decode()
    refus = client.post("/feuille/", {"reference": feuille.reference, "code": "000001"})
    assert (refus.status_code, "Garage" in refus.content.decode()) == (400, False)
    ouverte = client.post("/feuille/", {"reference": feuille.reference, "code": feuille.code})
    assert "Garage solidaire" in ouverte.content.decode()
    assert Acces.objects.filter(action="ouvrir_feuille", compte_id=None).count() == 1


def test_dix_codes_faux_ferment_la_feuille_jusqu_a_ce_que_l_accueil_la_refasse(guichet, client):
    guichet.post("/guichet/accueillir/", saisir())
    passage = Passage.objects.get()
    guichet.post(f"/feuille/passage/{passage.pk}/edition/")
    feuille = FeuilleDeRoute.objects.get()
    faux = "000000" if feuille.code != "000000" else "111111"
    bon = {"reference": feuille.reference, "code": feuille.code}
    for _ in range(10):
        assert client.post("/feuille/", {"reference": feuille.reference, "code": faux}).status_code == 400
    assert client.post("/feuille/", bon).status_code == 400
    guichet.post(f"/feuille/passage/{passage.pk}/edition/")
    assert client.post("/feuille/", bon).status_code == 200


def test_une_feuille_expiree_ou_d_un_passage_annule_ne_s_ouvre_plus(guichet, client, monkeypatch):
    guichet.post("/guichet/accueillir/", saisir())
    passage = Passage.objects.get()
    guichet.post(f"/feuille/passage/{passage.pk}/edition/")
    feuille = FeuilleDeRoute.objects.get()
    guichet.post(f"/guichet/passages/{passage.pk}/annulation/")
    assert client.post("/feuille/", {"reference": feuille.reference, "code": feuille.code}).status_code == 400


@pytest.mark.parametrize("adresse", ["/guichet/", "/guichet/passages/", "/file/", "/annuaire/", "/urgences/"])
def test_les_pages_vides_disent_quoi_faire(guichet, adresse):
    assert guichet.get(adresse).status_code == 200


def test_le_nombre_de_requetes_du_guichet_est_constant(guichet, garage):
    def compter():
        with CaptureQueriesContext(connection) as prises:
            guichet.post("/guichet/suggestions/", saisir(mots="voiture en panne"))
        return len(prises)

    compter()
    avec_un = compter()
    for n in range(15):
        f.service(f.structure(f"Garage {n}", "ASSOCIATION"), f"Garage {n}")
    compter()
    assert compter() == avec_un


def test_T3_la_feuille_d_une_femme_qui_fuit_ne_dit_ni_le_theme_ni_l_adresse(guichet):
    refuge = f.service(
        f.structure("SOS Femmes battues", "ASSOCIATION"), "Hébergement violences conjugales",
        ("famille--surmonter-conflits-separation-violence",), telephone="3919",
    )  # fmt: skip
    guichet.post("/guichet/accueillir/", saisir(nature="ORIENTATION", services=[refuge.pk]))
    passage = Passage.objects.get()
    guichet.post(f"/feuille/passage/{passage.pk}/edition/")
    agent = guichet.get(f"/feuille/passage/{passage.pk}/").content.decode()
    feuille = agent[agent.index("feuille-web") : agent.index("</article>")] + agent[agent.index('id="sms"') :]
    for mot in ("violence", "Femmes", "conjugale", "3919", "place de la Mairie</p>"):
        assert mot not in feuille
    assert "Le numéro vous a été dit" in feuille
    assert "mots neutres" in agent
