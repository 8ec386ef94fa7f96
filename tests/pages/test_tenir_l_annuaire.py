"""The coordinator's pages: sources and reports, two entries side by side, a merge and the way back, files to take."""

from __future__ import annotations

import pytest
from django.urls import reverse

from premier_accueil.acteurs.models import Structure
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.annuaire import actions
from premier_accueil.annuaire.actions.importer import importer_dila
from premier_accueil.annuaire.models import FusionDeFiches, PaireDeDoublons, SourceDAnnuaire
from tests import fabriques as f
from tests.annuaire.situations import jumelles

pytestmark = pytest.mark.django_db


@pytest.fixture
def claude(clients):
    return clients(Fonction.COORDINATION)


def page(client, ou, *cles, **donnees):
    adresse = reverse(f"annuaire:{ou}", args=cles)
    return client.post(adresse, donnees, follow=True) if donnees else client.get(adresse)


def test_une_source_refusee_garde_ce_qui_est_ecrit(claude, monkeypatch):
    ecrit = {"nom": "Liste nationale", "genre": "DILA", "adresse": "/etc/passwd", "rythme": "MOIS"}
    refusee = page(claude, "sources", **ecrit)
    assert refusee.status_code == 400
    texte = refusee.content.decode()
    assert "https://" in texte and "Liste nationale" in texte and "/etc/passwd" in texte
    monkeypatch.setattr("premier_accueil.annuaire.actions.sources.refus_d_adresse", lambda *_: "")
    demandes = []
    monkeypatch.setattr(
        "premier_accueil.annuaire.actions.sources.differer", lambda nom, **cles: demandes.append((nom, cles))
    )
    for _ in range(2):  # a double click
        page(claude, "sources", **ecrit | {"adresse": "https://exemple.org/annuaire.csv"})
    source = SourceDAnnuaire.objects.get()
    assert "https://exemple.org/annuaire.csv" in page(claude, "sources").content.decode()
    assert "la lecture est demandée" in page(claude, "lire_une_source", source.pk, x=1).content.decode().lower()
    assert demandes == [("annuaire.source", {"source_id": source.pk})]
    assert "arrêtée" in page(claude, "arreter_une_source", source.pk, x=1).content.decode()


def test_le_rapport_ligne_par_ligne_se_telecharge(claude, lieu, tmp_path):
    chemin = tmp_path / "dila.csv"
    chemin.write_text("id,nom,type,code_insee,adresse\nx,=cmd(),mairie,99999,ici\ny,Mairie,mairie,44213,ici\n")
    importer_dila(chemin, a=f.LUNDI_10H)
    vue = page(claude, "sources").content.decode()
    assert "2 lignes : 1 créées, 0 modifiées, 0 inchangées, 1 refusées" in vue
    (numero,) = {m.split("/")[0] for m in vue.split("/imports/")[1:]}
    rapport = page(claude, "rapport_d_import", int(numero))
    assert rapport["Content-Type"].startswith("text/csv")
    assert "refusée;dila.csv;2;x;code_insee;commune inconnue;99999" in rapport.content.decode("utf-8-sig")


def test_comparer_fusionner_puis_revenir(claude, lieu, django_assert_max_num_queries):
    une, autre = jumelles(description="")
    for i in range(15):
        jumelles(f"Maison des {'abcdefghijklmnop'[i] * 6}", f"02 40 11 00 {i:02}")
    Structure.objects.filter(pk=autre.pk).update(site_web="https://autre.exemple", courriel="autre@exemple.org")
    Structure.objects.filter(pk=une.pk).update(courriel="une@exemple.org")
    assert "16 nouvelle" in page(claude, "chercher_des_doublons", x=1).content.decode()
    with django_assert_max_num_queries(14):
        liste = page(claude, "doublons").content.decode()
    assert "16 paires à regarder" in liste and "Page 1 sur 2" in liste and "même téléphone" in liste
    paire = PaireDeDoublons.objects.get(une=une)
    face = page(claude, "paire", paire.pk).content.decode()
    assert face.count('type="radio"') == 2 + 2 * 2  # what is the same on both sides is not asked
    assert "Service de autre-source" in face

    sans_choix = page(claude, "paire", paire.pk, courriel=str(autre.pk))
    assert sans_choix.status_code == 400
    assert f'id="courriel-{autre.pk}" value="{autre.pk}" checked' in sans_choix.content.decode()
    choix = {"garder": str(une.pk), "courriel": str(une.pk), "site_web": str(autre.pk)}
    faite = page(claude, "paire", paire.pk, **choix).content.decode()
    assert "qu'une" in faite.replace("&#x27;", "'") and "Revenir aux deux fiches" in faite
    une.refresh_from_db()
    assert (une.courriel, une.site_web) == ("une@exemple.org", "https://autre.exemple")
    assert page(claude, "paire", paire.pk, **choix).status_code == 404  # the second click of a double click
    fusion = FusionDeFiches.objects.get()
    assert "de nouveau là" in page(claude, "separer", fusion.pk, x=1).content.decode()
    assert "déjà défaite" in page(claude, "separer", fusion.pk, x=1).content.decode()
    assert Structure.objects.get(pk=autre.pk).courriel == "autre@exemple.org"

    paire = PaireDeDoublons.objects.get(une=une)
    assert "ne seront plus rapprochées" in page(claude, "ecarter_une_paire", paire.pk, x=1).content.decode()
    assert "déjà décidée" in claude.get(reverse("annuaire:paire", args=[paire.pk]), follow=True).content.decode()


def test_une_fiche_qui_tient_des_comptes_n_est_pas_absorbee_et_le_dit(claude, lieu):
    une, autre = jumelles()
    f.agent(une, Fonction.ACCUEIL)
    actions.proposer_des_doublons(a=f.LUNDI_10H)
    paire = PaireDeDoublons.objects.get()
    face = page(claude, "paire", paire.pk).content.decode()
    assert "a des comptes d" in face
    refus = page(claude, "paire", paire.pk, garder=str(autre.pk))
    assert refus.status_code == 400 and "Gardez cette fiche et absorbez" in refus.content.decode()
    assert Structure.objects.filter(pk=une.pk).exists()


def test_les_fichiers_a_emporter(claude, lieu):
    f.service(f.structure("Association", "ASSOCIATION", date_maj=f.LUNDI_10H.date()), "Écoute")
    accueil = page(claude, "exports").content.decode()
    assert accueil.count("/annuaire/exports/") >= 8
    for code in ("structures-json", "services-csv", "tableau-ods"):
        fichier = page(claude, "exporter", code)
        assert "attachment" in fichier["Content-Disposition"] and len(fichier.content) > 100
    assert page(claude, "exporter", "tout").status_code == 404
