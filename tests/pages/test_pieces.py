"""The pages of papers, asked as a browser asks them."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from premier_accueil.accueil.feuille import bulletin as bulletin_imprime
from premier_accueil.accueil.models import Attente, BulletinDePieces, Passage, PieceManquante
from premier_accueil.accueil.regles.pieces import listes
from premier_accueil.socle.models import Acces
from tests import fabriques as f
from tests.accueil.test_feuille_rendu import clair, pages
from tests.pages.conftest import connecte

pytestmark = pytest.mark.django_db
FICHIER = b"%PDF-1.7 copie de la carte"


def recevoir(guichet, **champs) -> Passage:
    guichet.post("/guichet/accueillir/", {"demande_id": str(uuid4()), "nature": "INFORMATION"} | champs)
    return Passage.objects.order_by("-pk")[0]


def faire(guichet, procedure="RSA", passage=None, **champs) -> BulletinDePieces:
    adresse = f"/pieces/passage/{passage.pk}/{procedure}/" if passage else f"/pieces/demarches/{procedure}/"
    reponse = guichet.post(adresse, {"demande_id": str(uuid4())} | champs)
    assert reponse.status_code == 302, reponse.content.decode()
    return BulletinDePieces.objects.get(pk=reponse["Location"].strip("/").rsplit("/", 1)[-1])


def page(client, adresse) -> str:
    return unescape(client.get(adresse).content.decode())


def poster(client, adresse, **champs) -> str:
    """Return the page where a form leads."""
    return unescape(client.post(adresse, champs, follow=True).content.decode())


@pytest.fixture
def demain(monkeypatch, role):
    """Return who goes to the next day and signs in again."""

    def aller():
        monkeypatch.setattr("django.utils.timezone.now", lambda: f.LUNDI_10H + timedelta(days=1))
        return connecte(role)

    return aller


def test_deux_clics_depuis_le_menu_ou_le_passage(guichet, lieu):
    passage = recevoir(guichet)
    assert f'href="/pieces/passage/{passage.pk}/"' in page(guichet, f"/guichet/passages/{passage.pk}/")
    assert f'href="/pieces/passage/{passage.pk}/APA/"' in page(guichet, f"/pieces/passage/{passage.pk}/")
    assert 'href="/pieces/demarches/APA/"' in page(guichet, "/pieces/")
    bulletin = faire(guichet, "APA", passage)
    assert (bulletin.passage_id, bulletin.site_id, bulletin.retour_id) == (passage.pk, lieu.pk, lieu.pk)
    assert f"/pieces/{bulletin.pk}/" in page(guichet, f"/pieces/passage/{passage.pk}/")


def test_T13_un_papier_qui_manque_ne_renvoie_personne(guichet, lieu):
    """Nothing is there, an indispensable paper least of all: she is received, answered, passed on; the page says so."""
    passage = recevoir(guichet, nature="TRAVAILLEUR_SOCIAL", mots="allocation handicap")
    bulletin = faire(guichet, "AAH_MDPH", passage)
    vue = page(guichet, f"/pieces/{bulletin.pk}/")
    assert "La personne est reçue aujourd'hui comme les autres" in vue
    assert "Seul l'examen de sa demande attend" in vue
    assert "Certificat médical" in vue
    ticket = Attente.objects.get(passage=passage)
    assert ticket.etat == "EN_ATTENTE"
    passage.refresh_from_db()
    assert (passage.clos_le, passage.annule_le) == (None, None)
    appel = poster(guichet, "/file/appel/", etape="TRAVAIL_SOCIAL", bureau="2")
    assert f"ticket {ticket.numero}" in appel
    guichet.post(f"/guichet/passages/{passage.pk}/reponse/", {"nature": "CONSEIL"})
    assert passage.reponses.filter(nature="CONSEIL").exists()


def test_T13_sans_papier_indispensable_la_demande_avance(guichet):
    vue = page(guichet, f"/pieces/{faire(guichet, 'RSA').pk}/")
    assert "sa demande avance sans attendre ces papiers" in vue
    assert "Seul l'examen" not in vue


def test_T13_aucune_page_ne_dit_refus(guichet):
    for procedure in listes().procedures:
        vue = page(guichet, f"/pieces/demarches/{procedure}/") + page(guichet, f"/pieces/{faire(guichet, procedure).pk}/")
        assert not re.search(r"refus(?:é|er|ons)|irrecevable|dossier incomplet|ne (?:peut|pouvons) pas .{0,20}recevoir", vue)


def test_ce_qu_une_administration_detient_est_montre_et_ne_se_coche_pas(guichet):
    for procedure in listes().procedures.values():
        vue = page(guichet, f"/pieces/demarches/{procedure.code}/")
        assert ("Nous n'avons pas le droit de vous la demander" in vue) is bool(procedure.interdits)
        for papier in procedure.interdits:
            assert f'name="papier_{papier.code}"' not in vue
    forcee = faire(guichet, "RSA", papier_REVENUS="RAPPORTER", papier_CHOMAGE="RAPPORTER")
    assert not forcee.pieces.filter(code__in=["REVENUS", "CHOMAGE"]).exists()


def test_chaque_papier_montre_le_texte_qui_l_exige(guichet):
    vue = page(guichet, "/pieces/demarches/LOGEMENT_SOCIAL/")
    assert "CCH, R.441-2-3" in vue
    assert "indispensable" in vue


def test_cocher_decocher_tout_est_la(guichet, demain):
    bulletin = faire(guichet, "RSA", papier_IDENTITE="VUE", papier_SEJOUR="SANS_OBJET")
    (rib,) = bulletin.pieces.filter(vue_le=None)
    guichet = demain()
    adresse = f"/pieces/{bulletin.pk}/piece/{rib.pk}/"
    assert "Tout est là. Le dossier peut partir." in poster(guichet, adresse, vue="oui")
    assert "était déjà coché par Camille" in poster(guichet, adresse, vue="oui")
    guichet.post(adresse, {"vue": "non"})
    bulletin.refresh_from_db()
    assert bulletin.complet_le is None
    fini = poster(guichet, f"/pieces/{bulletin.pk}/tout/")
    assert "<h1>Tout est là" in fini
    assert "Texte du SMS" not in fini


def test_elle_revient_et_passe_devant(guichet, role, lieu, demain):
    bulletin = faire(guichet, "RSA")
    guichet = demain()
    guichet.post("/file/ticket/", {"etape": "ACCUEIL"})
    trouve = guichet.post("/pieces/trouver/", {"reference": f" {bulletin.reference.upper()} "})
    assert trouve["Location"] == f"/pieces/{bulletin.pk}/"
    clic = {"etape": "ACCUEIL", "demande_id": str(uuid4())}
    for _ in range(2):
        dit = poster(guichet, f"/pieces/{bulletin.pk}/retour/", **clic)
        assert "sera appelée en premier" in dit
    assert Attente.objects.filter(priorite="RETOUR").count() == 1
    appel = poster(guichet, "/file/appel/", etape="ACCUEIL", bureau="1")
    assert "le ticket 2" in appel


def test_un_autre_lieu_se_choisit_et_ne_s_impose_pas(guichet, lieu):
    annexe = f.site(lieu.structure, "Zone annexe")
    ailleurs = f.site(f.structure("Autre CCAS"), "Ailleurs")
    vue = page(guichet, "/pieces/demarches/RSA/")
    assert "C'est elle qui choisit" in vue
    assert re.search(rf'value="{lieu.pk}" checked', vue)
    bulletin = faire(guichet, "RSA", retour=str(annexe.pk))
    assert bulletin.retour_id == annexe.pk
    assert bulletin.reference not in page(guichet, "/pieces/")
    assert bulletin.reference in page(guichet, "/pieces/?lieux=tous")
    guichet.post(f"/pieces/{bulletin.pk}/lieu/", {"retour": lieu.pk})
    bulletin.refresh_from_db()
    assert bulletin.retour_id == lieu.pk
    refus = poster(guichet, f"/pieces/{bulletin.pk}/lieu/", retour=ailleurs.pk)
    assert "n'est pas un lieu de votre structure" in refus
    garde = guichet.post("/pieces/demarches/RSA/", {"demande_id": str(uuid4()), "retour": ailleurs.pk, "papier_RIB": "VUE"})
    assert garde.status_code == 400
    assert 'id="papier_RIB-VUE" name="papier_RIB" value="VUE" checked' in garde.content.decode()


def test_ailleurs_le_code_montre_la_liste_et_rien_d_autre(guichet, client):
    passage = recevoir(guichet, nom="Ada Durand", mots="motif secret")
    bulletin = faire(guichet, "AAH_MDPH", passage, papier_FORMULAIRE="VUE")
    eux = connecte(f.agent(f.site(f.structure("Autre CCAS")).structure, nom="Sacha"))
    sans_code = eux.post("/pieces/trouver/", {"reference": bulletin.reference})
    inconnu = eux.post("/pieces/trouver/", {"reference": "zzzzzzzzzz"})
    assert (sans_code.status_code, inconnu.status_code) == (400, 400)
    for reponse in (sans_code, inconnu):
        assert "Aucun bulletin de votre structure" in reponse.content.decode()
    assert f'value="{bulletin.reference}"' in sans_code.content.decode()
    for quelqu_un, adresse in ((eux, "/pieces/trouver/"), (client, "/pieces/bulletin/")):
        lu = quelqu_un.post(adresse, {"reference": bulletin.reference, "code": bulletin.code}).content.decode()
        assert "Certificat médical" in lu
        assert lu.count("à rapporter</span>") == 3
        assert lu.count("vu</span>") == 1
        for secret in ("Ada", "motif", "Camille", bulletin.libelle, "Autre CCAS</p>"):
            assert secret not in lu
    assert eux.get(f"/pieces/{bulletin.pk}/").status_code == 404
    assert bulletin.code not in page(client, f"/pieces/bulletin/{bulletin.reference}/")
    assert client.post("/pieces/bulletin/", {"reference": bulletin.reference, "code": "x"}).status_code == 400


def test_le_bulletin_s_imprime_en_a5_et_en_gros_caracteres(guichet, monkeypatch):
    bulletin = faire(guichet, "AAH_MDPH")
    for suffixe, largeur in (("", 419), ("?taille=16", 595)):
        reponse = guichet.get(f"/pieces/{bulletin.pk}/papiers-a-rapporter.pdf{suffixe}")
        assert reponse["Content-Type"] == "application/pdf"
        document = clair(reponse.content)
        assert pages(reponse.content) == 1
        assert int(float(re.search(rb"/MediaBox ?\[0 0 ([\d.]+)", document)[1])) == largeur
        for marque in (b"/StructTreeRoot", b"pdfuaid:part", b"/Figure"):
            assert marque in document
    assert Acces.objects.filter(action="bulletin_a_imprimer", geste="EXPORT").count() == 2
    vus = []
    monkeypatch.setattr(bulletin_imprime, "compiler", lambda modele, donnees: vus.append(str(donnees)) or b"%PDF")
    guichet.get(f"/pieces/{bulletin.pk}/papiers-a-rapporter.pdf")
    assert bulletin.code in vus[0]
    assert "sans refaire la file" in vus[0]
    assert not [mot for mot in ("AAH", "MDPH", "médical", "handicap") if mot in vus[0]]


def test_aucune_copie_un_fichier_envoye_est_refuse(guichet, client):
    bulletin = faire(guichet, "RSA")
    piece = bulletin.pieces.order_by("pk")[0]
    adresses = [
        "/pieces/trouver/", "/pieces/demarches/RSA/", f"/pieces/{bulletin.pk}/piece/{piece.pk}/",
        f"/pieces/{bulletin.pk}/tout/", f"/pieces/{bulletin.pk}/retour/", f"/pieces/{bulletin.pk}/lieu/",
        f"/pieces/{bulletin.pk}/code/",
    ]  # fmt: skip
    for adresse in adresses:
        reponse = guichet.post(adresse, {"demande_id": str(uuid4()), "copie": SimpleUploadedFile("carte.pdf", FICHIER)})
        assert reponse.status_code == 400, adresse
        assert "Aucune copie n'est gardée ici" in reponse.content.decode()
    assert client.post("/pieces/bulletin/", {"copie": SimpleUploadedFile("carte.pdf", FICHIER)}).status_code == 400
    assert BulletinDePieces.objects.count() == 1
    assert not PieceManquante.objects.exclude(vue_le=None).exists()
    for adresse in ("/pieces/", "/pieces/demarches/RSA/", f"/pieces/{bulletin.pk}/", "/pieces/bulletin/"):
        vue = page(guichet, adresse)
        assert 'type="file"' not in vue
        assert "multipart" not in vue


@pytest.mark.parametrize(
    ("adresse", "champs"),
    [
        ("/pieces/demarches/RSA/", {"demande_id": "x"}), ("/pieces/demarches/RSA/", {"retour": "9" * 400}),
        ("/pieces/demarches/RSA/", {"papier_RIB": "\x00"}), ("/pieces/trouver/", {"reference": "\x00\u202e" * 900}),
        ("/pieces/trouver/", {"reference": "abc", "code": "٣٤٥"}), ("/pieces/bulletin/", {"reference": "é", "code": "\x00"}),
    ],
)  # fmt: skip
def test_aucune_saisie_ne_fait_tomber_une_page(guichet, adresse, champs):
    assert guichet.post(adresse, champs).status_code in {302, 400}


def test_les_adresses_inconnues_repondent_comme_si_rien_n_existait(guichet):
    bulletin = faire(guichet, "RSA")
    for adresse in ("/pieces/demarches/INCONNUE/", "/pieces/passage/999999/", "/pieces/passage/999999/RSA/", "/pieces/999999/"):
        assert guichet.get(adresse).status_code == 404
    assert guichet.post(f"/pieces/{bulletin.pk}/piece/999999/", {"vue": "oui"}).status_code == 404


def test_le_nombre_de_requetes_d_un_bulletin_est_constant(guichet, lieu):
    def compter(bulletin):
        page(guichet, f"/pieces/{bulletin.pk}/")
        with CaptureQueriesContext(connection) as prises:
            page(guichet, f"/pieces/{bulletin.pk}/")
        return len(prises)

    petit = compter(faire(guichet, "PRIME_ACTIVITE"))
    for n in range(15):
        f.site(lieu.structure, f"Annexe {n}")
    assert compter(faire(guichet, "CARTE_IDENTITE")) == petit
    assert page(guichet, "/pieces/demarches/RSA/").count('name="retour"') == 12
