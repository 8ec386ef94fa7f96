"""The pages of a file: labels, words kept, one 404 for all that one may not see."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.personnes.models import Fusion, Personne
from premier_accueil.socle.models import Acces
from tests import fabriques as f
from tests.pages.conftest import connecte
from tests.personnes import situations as s
from tests.personnes.parcours import adresse, pages_du_parcours, texte

pytestmark = pytest.mark.django_db
RAISON = "Elle est devant moi et personne d'autre n'est là"
NIR = "2 85 05 78 006 084 36"


@pytest.fixture
def driss(lieu, role):
    return f.agent(lieu.structure, Fonction.TRAVAIL_SOCIAL, nom="Driss")


def ouvrir(client, **champs):
    return client.post(reverse("personnes:nouvelle"), {"demande_id": str(uuid4())} | champs)


def test_on_ouvre_un_dossier_sans_rien_demander(guichet):
    reponse = ouvrir(guichet)
    assert reponse.status_code == 302
    assert "Personne qui n'a pas dit son nom" in texte(guichet.get(reponse["Location"]))


def test_un_double_clic_n_ouvre_qu_un_dossier(guichet):
    demande = str(uuid4())
    assert (
        ouvrir(guichet, nom="Martin", demande_id=demande)["Location"]
        == ouvrir(guichet, nom="Martin", demande_id=demande)["Location"]
    )
    assert Personne.objects.count() == 1


def test_le_menu_mene_aux_personnes_pour_qui_ouvre_des_dossiers(clients):
    assert 'href="/personnes/"' in texte(clients("ACCUEIL").get("/annuaire/"))
    assert 'href="/personnes/"' not in texte(clients("ELU").get("/annuaire/"))


@pytest.mark.parametrize("fonction", [x.value for x in Fonction])
def test_seuls_l_accueil_et_le_travail_social_entrent(clients, fonction):
    attendu = 200 if fonction in {"ACCUEIL", "TRAVAIL_SOCIAL"} else 403
    client = clients(fonction)
    for nom in ("recherche", "nouvelle", "ouverture", "rapprochements"):
        assert client.get(adresse(nom)).status_code == attendu


def test_aucun_nir_le_numero_est_retire_le_reste_est_garde(guichet):
    reponse = ouvrir(guichet, nom=f"Martin {NIR}", prenom="Louise", annee="1985")
    page = texte(reponse)
    assert reponse.status_code == 400
    assert "a été retiré, le reste est gardé" in page
    assert 'value="Martin"' in page
    assert 'value="Louise"' in page
    assert "78 006" not in page
    assert Personne.objects.count() == 0
    cherchee = texte(guichet.post(adresse("recherche"), {"texte": NIR}))
    assert "a été retiré" in cherchee
    assert "78 006" not in cherchee


def test_une_erreur_se_dit_et_garde_ce_qui_est_tape(guichet):
    page = texte(
        ouvrir(
            guichet,
            prenom="Louise",
            jour="31",
            mois="2",
            annee="1985",
            commune="Nulle-Part",
            courriel="pas un courriel",
        )
    )
    assert "Commune inconnue" in page
    assert 'value="pas un courriel"' in page
    page = texte(ouvrir(guichet, prenom="Louise", jour="31", mois="2", annee="1985"))
    assert "Ce jour n'existe pas" in page
    assert 'value="31"' in page


def test_deux_agents_a_la_fois_le_second_voit_ce_qui_a_change(guichet, role, driss):
    cle = s.personne(role)
    page = adresse("identite", cle)
    commun = {"nom": "Martin", "annee": "1985", "version": "1"}
    assert connecte(driss).post(page, commun | {"telephone": "0240000000"}).status_code == 302
    reponse = guichet.post(page, commun | {"prenom": "Louisette"})
    assert reponse.status_code == 400
    vue = texte(reponse)
    assert "Quelqu'un a modifié ce dossier" in vue
    assert "0240000000" in vue
    assert 'value="Louisette"' in vue
    assert 'name="version" value="2"' in vue
    assert guichet.post(page, commun | {"prenom": "Louisette", "version": "2"}).status_code == 302
    assert Personne.objects.get(pk=cle).prenom == "Louisette"


def test_les_noms_ne_sont_dans_aucune_adresse(guichet, role):
    s.personne(role, "Martinovitch")
    page = texte(guichet.post(adresse("recherche"), {"texte": "Martinovitch"}))
    assert "Martinovitch" in page
    assert not [a for a in re.findall(r'(?:href|action|hx-post)="([^"]*)"', page) if "artinovitch" in a]
    assert "Martinovitch" not in texte(guichet.get(adresse("recherche") + "?texte=Martinovitch"))


def test_t22_aucun_champ_ne_se_remplit_tout_seul(guichet, role, driss):
    cle = s.personne(role)
    for url in pages_du_parcours(cle):
        page = texte(guichet.get(url))
        principal = page.split("<main", 1)[1]
        for champ in re.findall(r"<(?:input|select|textarea)\b[^>]*>", principal):
            assert 'type="hidden"' in champ or 'autocomplete="off"' in champ, (url, champ)


def test_chaque_page_a_un_titre_et_chaque_champ_une_etiquette(guichet, role):
    cle = s.protegee(role)
    for url in pages_du_parcours(cle):
        page = texte(guichet.get(url))
        assert page.count("<h1") == 1, url
        champs = re.findall(r"<(?:input|select|textarea)\b[^>]*>", page.split("<main", 1)[1])
        for ident in [re.search(r'id="([^"]+)"', c)[1] for c in champs if 'type="hidden"' not in c]:
            assert f'for="{ident}"' in page, (url, ident)
        assert "style=" not in page


def test_la_regle_de_contact_est_en_tete(guichet, role):
    cle = s.personne(role)
    assert "n'envoyez pas de SMS" in texte(guichet.get(adresse("dossier", cle)))
    guichet.post(adresse("regle_de_contact", cle), {"numero": "0611111111", "sms": "on", "langue": "ukrainien"})
    page = texte(guichet.get(adresse("dossier", cle)))
    assert page.index("Comment la joindre sans risque") < page.index("Identité")
    assert "06\xa011\xa011\xa011\xa011" in page
    assert "On peut envoyer un SMS" in page
    assert "Ne laissez pas de message vocal" in page


def test_t6_on_propose_un_autre_valide_et_l_on_defait(guichet, role, driss):
    gardee, absorbee = s.personne(role), s.personne(role, "Martin", "Louisette", None)
    page = adresse("rapprocher", gardee)
    assert "Louisette Martin" in texte(guichet.post(page, {"texte": "Martin", "geste": "chercher"}))
    envoi = {"texte": "Martin", "avec": str(absorbee)}
    assert "même nom ne suffit pas" in texte(guichet.post(page, envoi))
    assert guichet.post(page, envoi | {"raison": "DIT"}).status_code == 302
    fusion, liste = Fusion.objects.get().pk, adresse("rapprochements")
    assert adresse("valider", fusion) not in texte(guichet.get(liste))
    guichet.post(adresse("valider", fusion))
    assert Fusion.objects.get().etat == "PROPOSEE"
    chef = connecte(driss)
    assert adresse("valider", fusion) in texte(chef.get(liste))
    chef.post(adresse("valider", fusion))
    assert guichet.get(adresse("dossier", absorbee)).status_code == 404
    guichet.post(adresse("defaire", fusion))
    assert guichet.get(adresse("dossier", absorbee)).status_code == 200


def test_le_foyer_se_compose_et_se_defait(guichet, role):
    mere, fils = s.personne(role), s.personne(role, "Martin", "Adam", 2015)
    page = adresse("ajouter_au_foyer", mere)
    assert "Aucun résultat." in texte(guichet.post(page, {"texte": "Personne"}))
    assert guichet.post(page, {"texte": "Adam", "avec": str(fils), "lien": "fils"}).status_code == 302
    vue = texte(guichet.get(adresse("dossier", mere)))
    assert "Adam Martin" in vue
    retirer = re.search(r'action="(/personnes/\d+/foyer/\d+/retirer/)"', vue)[1]
    assert guichet.post(retirer).status_code == 302
    assert "Personne n'est noté dans son foyer" in texte(guichet.get(adresse("dossier", mere)))


def test_une_page_lue_n_ecrit_que_le_journal(guichet, role):
    cle = s.personne(role)
    avant = Personne.objects.filter(pk=cle).values().get()
    guichet.get(adresse("dossier", cle))
    assert Personne.objects.filter(pk=cle).values().get() == avant
    assert Acces.objects.filter(action="dossier", objet_id=cle).count() == 1
    assert guichet.post(adresse("noter_un_contact", cle)).status_code == 302


@pytest.mark.parametrize("poison", ["\x00", "\ud800", "\u202eabc", "<script>", "é" * 100_000, "2" * 5_000])
def test_aucune_saisie_ne_fait_tomber_une_page(guichet, role, driss, poison):
    cle = s.personne(role)
    champs = ("texte", "nom", "prenom", "annee", "mois", "jour", "commune", "courriel", "version", "demande_id", "numero", "raison",
              "compte", "motif", "avec", "lien", "depuis", "debut", "fin", "genre", "procedure", "adresse", "telephone", "langue")  # fmt: skip
    envoi = {c: poison.encode("utf-8", "surrogatepass").decode("utf-8", "replace") for c in champs} | {
        "elle_le_dit": "on"
    }
    for url in pages_du_parcours(cle):
        assert guichet.post(url, envoi).status_code < 500, url
