"""The pages of sharing, asked as a browser asks them."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.partage.models import Accord, Communication, ElementCommunique
from premier_accueil.partage.regles import FIN_D_ACCES
from premier_accueil.socle.cloison import situer
from premier_accueil.socle.models import Acces
from tests import fabriques as f
from tests.pages.conftest import connecte
from tests.partage.situations import TEXTES, monde

pytestmark = pytest.mark.django_db


@pytest.fixture
def m():
    return monde()


@pytest.fixture
def nous(m) -> Client:
    return connecte(m.nous)


@pytest.fixture
def lui(m) -> Client:
    return connecte(m.lui)


def page(reponse, code=200) -> str:
    assert reponse.status_code == code
    return reponse.content.decode()


def saisir(m, etape="envoyer", **champs):
    return {
        "etape": etape, "demande_id": str(uuid4()), "but": "ACCOMPAGNEMENT", "base": "ACCORD", "cherche": "EDS",
        "destinataire": m.eux.pk, "fonction": "TRAVAIL_SOCIAL", "jours": "90", "suivie_ensemble": "on",
        "elements": list(TEXTES), "obtention": "ORAL_DEVANT", "presents": ["SEULE"], "demande_a_la_personne": "on",
        **{f"texte_{code}": texte for code, texte in TEXTES.items()},
    } | champs  # fmt: skip


def adresse(m) -> str:
    return f"/partage/personnes/{m.personne.pk}/accord/"


def envoyer(nous, m, **champs) -> str:
    return page(nous.post(adresse(m), saisir(m, **champs)))


def recue(m) -> int:
    m.chez_eux()
    return Communication.objects.order_by("-pk").values_list("pk", flat=True)[0]


def test_du_choix_a_l_envoi_a_la_lecture_au_retrait(m, nous, lui):
    assert "Demander un accord" in page(nous.get(f"/partage/personnes/{m.personne.pk}/"))
    assert "étape 1 sur 3" in page(nous.get(adresse(m)))
    choix = page(nous.post(adresse(m), {"etape": "chercher", "demande_id": str(uuid4()), "cherche": "ancenis"}))
    assert "EDS d&#x27;Ancenis" in choix
    ecriture = page(nous.post(adresse(m), saisir(m, "ecrire", elements=[], texte_IDENTITE="Ada Lovelace")))
    assert "Ada Lovelace" in ecriture
    assert 'data-relire="texte_BESOIN"' in ecriture
    assert "checked" not in ecriture[ecriture.index("<form method") :].replace('"suivie_ensemble"', "")
    lecture = page(nous.post(adresse(m), saisir(m, "lire")))
    assert "Ce qui partira vers EDS d&#x27;Ancenis" in lecture
    assert "Êtes-vous d&#x27;accord ?" in lecture
    assert not Accord.objects.exists()
    assert "C'est envoyé" in envoyer(nous, m)
    cle = recue(m)
    assert "À lire" in page(lui.get("/communications/"))
    assert TEXTES["BESOIN"] not in page(lui.get(f"/communications/{cle}/"))
    assert TEXTES["BESOIN"] in page(lui.post(f"/communications/{cle}/ouverture/", follow=True))
    m.chez_nous()
    accord = Accord.objects.get()
    assert "Retirer l'accord donné pour" in page(nous.get(f"/partage/accords/{accord.pk}/retrait/"))
    dit = page(nous.post(f"/partage/accords/{accord.pk}/retrait/", follow=True))
    assert "À dire à la personne" in dit
    assert "Cela avait été lu par Sam" in dit


def test_ce_qui_reste_dit_pourquoi(m, nous):
    lecture = page(nous.post(adresse(m), saisir(m, "lire", but="LOGEMENT")))
    reste = lecture[lecture.index("Ce qui reste ici") : lecture.index("À lire à voix haute")]
    assert "Cela ne fait pas avancer ce but." in reste
    assert TEXTES["SANTE"] not in reste


def test_un_double_clic_n_envoie_qu_une_fois(m, nous):
    envoi = saisir(m, lien="on")
    premier, second = page(nous.post(adresse(m), envoi)), page(nous.post(adresse(m), envoi))
    assert "/c/" in premier
    assert "C'était déjà envoyé" in second
    assert "/c/" not in second
    m.chez_nous()
    assert Communication.objects.count() == 1


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"presents": []}, "Dites qui était là"), ({"presents": ["ENFANT"]}, "Un enfant ne traduit jamais"),
        ({"demande_a_la_personne": ""}, "à la personne elle-même"), ({"obtention": ""}, "comment l&#x27;accord a été donné"),
        ({"texte_BESOIN": "il la frappe", "presents": ["CONJOINT"]}, "seul à seul"),
    ],
)  # fmt: skip
def test_un_refus_garde_la_saisie_et_dit_quoi_faire(m, nous, champs, dit):
    lu = page(nous.post(adresse(m), saisir(m) | champs), 400)
    assert dit in lu
    assert "votre saisie est gardée" in lu
    assert TEXTES["BUDGET"] in lu
    m.chez_nous()
    assert not Accord.objects.exists()


def test_une_structure_non_engagee_se_dit_avant_de_demander(m, nous):
    autre = f.structure("Garage solidaire", "ASSOCIATION")
    assert "rien ne partirait" in page(nous.post(adresse(m), {"etape": "chercher", "cherche": "garage"}))
    lecture = page(nous.post(adresse(m), saisir(m, "lire", destinataire=autre.pk, fonction="PARTENAIRE")))
    assert "Cette structure n&#x27;est pas engagée dans le réseau." in lecture
    assert "Elle est d'accord : envoyer" not in lecture


def test_t1_tout_refuse_apres_le_retrait_page_lien_liste(m, nous, lui, client):
    secret = re.search(r"/c/([\w-]+)/", envoyer(nous, m, lien="on"))[1]
    cle = recue(m)
    lui.post(f"/communications/{cle}/ouverture/")
    assert TEXTES["BUDGET"] in page(lui.get(f"/communications/{cle}/"))
    assert TEXTES["BUDGET"] in page(client.post(f"/c/{secret}/"))
    m.chez_nous()
    nous.post(f"/partage/accords/{Accord.objects.get().pk}/retrait/")
    fermee = FIN_D_ACCES.replace("'", "&#x27;")
    for reponse in (
        lui.get(f"/communications/{cle}/"), lui.get("/communications/"), client.post(f"/c/{secret}/"),
        lui.post(f"/communications/{cle}/ouverture/", follow=True),
    ):  # fmt: skip
        lu = page(reponse)
        assert fermee in lu
        assert "23 novembre 2026" in lu
        assert not [t for t in TEXTES.values() if t in lu]


def test_t1_la_page_ne_se_garde_dans_aucun_cache(m, nous, lui, client):
    secret = re.search(r"/c/([\w-]+)/", envoyer(nous, m, lien="on"))[1]
    for reponse in (client.get(f"/c/{secret}/"), client.post(f"/c/{secret}/"), lui.get(f"/communications/{recue(m)}/")):
        assert "no-store" in reponse["Cache-Control"]
    assert client.post(f"/c/{secret}/")["Referrer-Policy"] == "no-referrer"


def test_t22_la_page_du_lien_et_l_imprime_gardent_des_mots_neutres(m, nous, client):
    secret = re.search(r"/c/([\w-]+)/", envoyer(nous, m, lien="on"))[1]
    avant = page(client.get(f"/c/{secret}/"))
    for mot in ("Ancenis", "CCAS", "accord", "Lovelace", "social", *TEXTES.values()):
        assert mot not in avant[avant.index("<main") : avant.index("</main")]
    assert "<title>Document – Premier Accueil</title>" in avant
    registre = page(nous.get(f"/partage/personnes/{m.personne.pk}/qui-sait-quoi/"))
    assert "<title>Mes documents – Premier Accueil</title>" in registre
    assert "Lovelace" not in registre
    assert "EDS d&#x27;Ancenis" in registre
    assert not [t for t in TEXTES.values() if t in registre]


def test_un_lien_ouvert_sans_compte_se_note_et_l_expediteur_le_voit(m, nous, client):
    secret = re.search(r"/c/([\w-]+)/", envoyer(nous, m, lien="on"))[1]
    client.get(f"/c/{secret}/")
    assert "Pas encore lu là-bas" in page(nous.get(f"/partage/personnes/{m.personne.pk}/"))
    lu = page(client.post(f"/c/{secret}/"))
    assert TEXTES["BUDGET"] in lu
    assert TEXTES["SANTE"] not in lu
    assert "Lu là-bas le 23 novembre 2026" in page(nous.get(f"/partage/personnes/{m.personne.pk}/"))
    situer(structure=m.eux.pk)
    assert Acces.objects.filter(action="ouvrir_le_lien", compte_id=None).count() == 1


@pytest.mark.parametrize("secret", ["x", "a" * 43, "a" * 300])
def test_un_lien_inconnu_ne_dit_rien(client, secret):
    assert client.post(f"/c/{secret}/").status_code == 404
    assert "Un document vous attend" in page(client.get(f"/c/{secret}/"))


def test_un_lien_ne_montre_rien_a_une_personne_qui_le_regarde_par_get(m, nous, client):
    secret = re.search(r"/c/([\w-]+)/", envoyer(nous, m, lien="on"))[1]
    assert TEXTES["BUDGET"] not in page(client.get(f"/c/{secret}/"))


def test_t4_t7_ailleurs_rien_n_existe(m, nous):
    envoyer(nous, m)
    m.chez_nous()
    accord = Accord.objects.get().pk
    cle = recue(m)
    etranger = connecte(f.agent(f.structure("Autre", "CCAS"), Fonction.TRAVAIL_SOCIAL))
    for chemin in (
        f"/partage/personnes/{m.personne.pk}/", adresse(m), f"/partage/personnes/{m.personne.pk}/qui-sait-quoi/",
        f"/partage/accords/{accord}/", f"/partage/accords/{accord}/retrait/", f"/communications/{cle}/",
    ):  # fmt: skip
        assert etranger.get(chemin).status_code == 404
    assert etranger.post(f"/partage/accords/{accord}/retrait/").status_code == 404
    assert etranger.post(f"/communications/{cle}/ouverture/").status_code == 404
    assert nous.get(f"/communications/{cle}/").status_code == 404  # the sender reads in its own pages


@pytest.mark.parametrize("fonction", [fo for fo in Fonction if fo is not Fonction.TRAVAIL_SOCIAL])
def test_t10_seul_qui_communique_entre(m, fonction):
    client = connecte(f.agent(m.ici, fonction))
    assert client.get(f"/partage/personnes/{m.personne.pk}/").status_code == 403
    lit = fonction in {Fonction.PARTENAIRE, Fonction.REFERENT_METIER}
    assert client.get("/communications/").status_code == (200 if lit else 403)


def test_t18_la_relecture_propose_ne_garde_rien_et_n_empeche_rien(m, nous, caplog):
    avant = Acces.objects.count()
    lu = page(nous.post("/partage/relire/", {"champ": "texte_NOTE", "texte_NOTE": "Encore un cas soc"}))
    assert "Écrivez ce que vous avez vu ou entendu" in lu
    assert "vous pouvez enregistrer tel quel" in lu
    assert page(nous.post("/partage/relire/", {"champ": "mots", "mots": "Ma voiture est en panne"})).strip() == ""
    assert (Acces.objects.count(), caplog.text) == (avant, "")
    assert nous.get("/partage/relire/").status_code == 405
    lecture = page(nous.post(adresse(m), saisir(m, "lire", texte_BESOIN="Se plaint sans arrêt")))
    assert "Relecture : la personne peut lire tout ceci" in lecture
    assert "C'est envoyé" in envoyer(nous, m, texte_BESOIN="Se plaint sans arrêt")


@pytest.mark.parametrize(
    "champs",
    [
        {"but": "TOUT"}, {"destinataire": "-1"}, {"destinataire": "9" * 30}, {"destinataire": "987654321"},
        {"destinataire": "abc"}, {"fonction": "ROI"}, {"base": "REQUISITION"}, {"jours": "99999"}, {"jours": "x"},
        {"demande_id": "non"}, {"elements": ["INCONNU"]}, {"presents": ["CHIEN"]}, {"texte_BESOIN": "\x00\u202enoir"},
        {"texte_BESOIN": "a" * 100_000}, {"etape": "voler"}, {"cherche": "%_'\"; DROP TABLE" * 40}, {"obtention": "TORTURE"},
    ],
)  # fmt: skip
def test_aucune_saisie_ne_fait_tomber_la_page(m, nous, champs):
    for etape in ("chercher", "ecrire", "lire", "envoyer"):
        reponse = nous.post(adresse(m), saisir(m, etape) | champs)
        assert reponse.status_code in {200, 400}
    assert nous.post("/partage/relire/", {"champ": "x" * 999}).status_code == 200


def test_les_mots_ne_voyagent_jamais_dans_une_adresse(m, nous, lui):
    envoyer(nous, m)
    for adresse_ in (reverse("partage:communications"), reverse("partage:communication", args=[recue(m)])):
        assert "loyer" not in adresse_
    assert nous.get(adresse(m), saisir(m)).status_code == 200
    m.chez_nous()
    assert Accord.objects.count() == 1


def test_le_nombre_de_requetes_est_constant(m, nous, lui):
    def compter(client, chemin):
        with CaptureQueriesContext(connection) as prises:
            client.get(chemin)
        return len(prises)

    listes = [(nous, f"/partage/personnes/{m.personne.pk}/"), (lui, "/communications/")]
    envoyer(nous, m)
    [compter(*liste) for liste in listes]
    avec_un = [compter(*liste) for liste in listes]
    for _ in range(6):
        envoyer(nous, m)
    # One fewer when the head of the journal is where this process left it.
    assert all(apres <= avant for apres, avant in zip([compter(*x) for x in listes], avec_un, strict=True))


def test_un_accord_qui_finit_se_voit_des_deux_cotes(m, nous, lui, monkeypatch):
    envoyer(nous, m, jours="30")
    cle = recue(m)
    lui.post(f"/communications/{cle}/ouverture/")
    monkeypatch.setattr("django.utils.timezone.now", lambda: f.LUNDI_10H + timedelta(days=31))
    nous, lui = connecte(m.nous), connecte(m.lui)
    assert "Terminé" in page(nous.get(f"/partage/personnes/{m.personne.pk}/"))
    assert "arrivé à sa fin" in page(lui.get(f"/communications/{cle}/"))
    m.chez_eux()
    assert ElementCommunique.objects.exists()
