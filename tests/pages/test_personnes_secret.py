"""The pages of a file keep its secrets: a protected address (T3), a block (T4), that a file exists at all (T7)."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.personnes import actions
from premier_accueil.personnes.models import Blocage, BrisDeGlace
from premier_accueil.socle.models import Acces
from tests import fabriques as f
from tests.pages.conftest import connecte
from tests.personnes import situations as s
from tests.personnes.parcours import adresse, pages_du_parcours, sans_jeton, texte

pytestmark = pytest.mark.django_db
RAISON = "Elle est devant moi et personne d'autre n'est là"
NIR = "2 85 05 78 006 084 36"


@pytest.fixture
def driss(lieu, role):
    return f.agent(lieu.structure, Fonction.TRAVAIL_SOCIAL, nom="Driss")


def test_t3_l_adresse_protegee_ne_se_lit_qu_a_l_ecran_de_revelation(guichet, role, driss, caplog):
    cle = s.personne(role, adresse=s.RUE, telephone=s.NUMERO, commune_id=f.commune().pk)
    fils = s.personne(role, "Martin", "Adam", 2015, adresse=s.RUE)
    actions.ajouter_au_foyer(cle, avec_id=fils, lien="fils", role=role, a=f.LUNDI_10H)
    vues = [guichet.post(adresse("proteger_l_adresse", cle), {"elle_le_dit": "on", "procedure": s.PROCEDURE})]
    for client in (guichet, connecte(driss)):
        vues += [client.get(url) for qui in (cle, fils) for url in pages_du_parcours(qui)]
        vues += [
            client.post(adresse("recherche"), {"texte": mot})
            for mot in ("Martin", "Lilas", "0661626364", "Louise 1985")
        ]
        vues += [client.post(adresse("ajouter_au_foyer", fils), {"texte": "Martin"})]
    actions.proposer_une_fusion(cle, s.personne(role), raison="DIT", role=role, a=f.LUNDI_10H)
    vues += [guichet.get(adresse("rapprochements")), guichet.get(adresse("reveler_l_adresse", cle))]
    assert len(vues) > 60
    interdits = ("Lilas", "61 62 63", "61626364", "61\xa062\xa063")
    for vue in vues:
        # What one has just typed in the search box comes back in it, whoever exists.
        page = re.sub(r'<input[^>]* id="texte"[^>]*>', "", texte(vue))
        tout = page + str(vue.headers) + str(vue.cookies)
        assert not [mot for mot in interdits if mot in tout], vue.request["PATH_INFO"]
    assert not [mot for mot in interdits if mot in caplog.text]
    assert not [a for a in Acces.objects.order_by("pk").values_list() if any(m in str(a) for m in interdits)]
    assert Acces.objects.filter(action="reveler_l_adresse").count() == 0
    revelee = guichet.post(adresse("reveler_l_adresse", cle))
    assert s.RUE in texte(revelee)
    assert s.NUMERO in texte(revelee)
    assert "no-store" in revelee["Cache-Control"]
    assert Acces.objects.filter(action="reveler_l_adresse", objet_id=cle, geste="LECTURE").count() == 1


def test_t3_la_revelation_ne_s_ouvre_pas_par_une_adresse(guichet, role):
    cle = s.protegee(role)
    reponse = guichet.get(adresse("reveler_l_adresse", cle), follow=True)
    assert reponse.redirect_chain == [(f"/personnes/{cle}/#adresse", 302)]
    assert s.RUE not in texte(reponse)
    assert not Acces.objects.filter(action="reveler_l_adresse").exists()


def test_t3_sa_parole_est_demandee_dans_les_deux_sens(guichet, role):
    cle = s.personne(role, adresse=s.RUE)
    assert "sa parole qui protège" in texte(guichet.post(adresse("proteger_l_adresse", cle), {}))
    assert (
        guichet.post(adresse("proteger_l_adresse", cle), {"elle_le_dit": "on", "procedure": "Plainte"}).status_code
        == 302
    )
    assert "sa parole qui protège" in texte(guichet.post(adresse("lever_la_protection", cle), {}))
    assert guichet.post(adresse("lever_la_protection", cle), {"elle_le_dit": "on"}).status_code == 302
    assert s.RUE in texte(guichet.get(adresse("dossier", cle)))


def test_t4_t7_rien_ne_distingue_une_personne_bloquee_d_une_inconnue(guichet, role, driss, ailleurs_client):
    cle = s.personne(role)
    s.bloquer(cle, role, driss)
    cherches = []
    guichet.post(adresse("recherche"), {"texte": "une session ouverte"})
    for mots in ("Louise Martin", "Zorglu Inconn"):
        with CaptureQueriesContext(connection) as ordres:
            reponse = guichet.post(adresse("recherche"), {"texte": mots})
        cherches.append(
            (reponse.status_code, len(ordres), sans_jeton(texte(reponse)).replace(mots, "…"), dict(reponse.headers))
        )
    assert cherches[0] == cherches[1]
    assert "Aucun résultat." in cherches[0][2]
    assert "Ouverture exceptionnelle" in cherches[0][2]
    for mot in ("refus", "déjà connu", "bloqu", "interdit"):
        assert mot not in cherches[0][2].split("<main", 1)[1].lower()


@pytest.fixture
def ailleurs_client(db, lieu):
    return connecte(f.agent(f.structure("EDS d'Ancenis", "EDS"), Fonction.TRAVAIL_SOCIAL))


def test_t7_une_seule_page_404_pour_tout_ce_qu_on_ne_voit_pas(guichet, role, driss, ailleurs_client):
    bloquee, autre = s.personne(role), s.personne(role)
    s.bloquer(bloquee, role, driss)
    for nom in ("dossier", "identite", "blocages", "rapprocher", "poser_une_mesure", "proteger_l_adresse"):
        vues = [
            guichet.get(adresse(nom, bloquee)), guichet.get(adresse(nom, 999_999)), guichet.get(adresse(nom, 10**30)),
            ailleurs_client.get(adresse(nom, autre)),
        ]  # fmt: skip
        assert {v.status_code for v in vues} == {404}
        assert len({v.content for v in vues}) == 1
    for nom in ("reveler_l_adresse", "noter_un_contact"):
        vues = [
            guichet.post(adresse(nom, bloquee)),
            guichet.post(adresse(nom, 999_999)),
            ailleurs_client.post(adresse(nom, autre)),
        ]
        assert {v.status_code for v in vues} == {404}
        assert len({v.content for v in vues}) == 1


def test_t4_briser_la_glace_ouvre_ou_montre_la_page_de_personne(guichet, role, driss):
    cle = s.personne(role)
    s.bloquer(cle, role, driss)
    envoi = {"nom": "Louise Martin", "annee": "1985", "raison": RAISON, "demande_id": str(uuid4())}
    rate = guichet.post(adresse("ouverture"), envoi | {"annee": "1986"})
    cherche = guichet.post(adresse("recherche"), {"texte": "Louise Martin"})
    assert (rate.status_code, sans_jeton(texte(rate))) == (cherche.status_code, sans_jeton(texte(cherche)))
    court = guichet.post(adresse("ouverture"), envoi | {"raison": "vite"})
    assert court.status_code == 400
    assert 'value="vite"' in texte(court)
    ouvert = guichet.post(adresse("ouverture"), envoi)
    assert ouvert["Location"] == adresse("dossier", cle)
    assert "Ouverture exceptionnelle, jusqu'au" in texte(guichet.get(ouvert["Location"]))
    chef = connecte(driss)
    assert "Signalements : 1 à lire" in texte(chef.get(adresse("recherche")))
    assert RAISON.split("'", maxsplit=1)[0] in texte(chef.get(adresse("signalements")))
    bris = BrisDeGlace.objects.get()
    assert chef.post(adresse("voir_un_signalement", bris.pk)).status_code == 302
    assert "vu le" in texte(chef.get(adresse("signalements")))
    assert "à lire" not in texte(chef.get(adresse("recherche")))


def test_t4_un_agent_se_bloque_lui_meme_et_le_dossier_disparait(guichet, role, driss):
    cle = s.personne(role)
    assert "Choisissez un collègue" in texte(guichet.post(adresse("blocages", cle), {"motif": "ma sœur"}))
    reponse = guichet.post(adresse("blocages", cle), {"compte": str(role.compte_id), "motif": "ma sœur"})
    assert reponse["Location"] == adresse("recherche")
    assert guichet.get(adresse("dossier", cle)).status_code == 404
    chef, blocage = connecte(driss), Blocage.objects.get()
    assert "ma sœur" in texte(chef.get(adresse("blocages", cle)))
    assert chef.post(adresse("lever_un_blocage", cle, blocage.pk)).status_code == 302
    assert guichet.get(adresse("dossier", cle)).status_code == 200


def test_ce_que_la_page_a_tire_n_est_pas_pris_pour_un_numero_de_securite_sociale(guichet, role):
    """One draw in some thousands holds enough digits: it is not typed, and no draw is ever refused."""
    tire = "e5af0b23-6024-4f96-b895-411884694995"
    mesure = {"genre": "TUTELLE", "debut": "2026-01-01", "protecteur": "UDAF 44", "demande_id": tire}
    assert guichet.post(adresse("poser_une_mesure", s.personne(role)), mesure).status_code == 302


def test_t9_la_page_dit_a_qui_se_demande_l_accord(guichet, role):
    cle = s.personne(role)
    mesure = {"genre": "TUTELLE", "debut": "2026-01-01", "protecteur": "UDAF 44", "demande_id": str(uuid4())}
    assert guichet.post(adresse("poser_une_mesure", cle), mesure).status_code == 302
    page = texte(guichet.get(adresse("dossier", cle)))
    assert "UDAF 44" in page
    assert "code civil, article 459" in page
    cle_mesure = re.search(rf"/personnes/{cle}/mesures/(\d+)/fin/", page)[1]
    assert guichet.post(adresse("finir_une_mesure", cle, cle_mesure), {"fin": "2025-01-01"}).status_code == 400
    assert guichet.post(adresse("finir_une_mesure", cle, cle_mesure), {"fin": "2026-11-01"}).status_code == 302
    assert "pas en cours" in texte(guichet.get(adresse("dossier", cle)))
