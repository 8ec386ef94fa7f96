"""The pages of codes, of texts, of conventions, of structures set aside; asked as a browser asks them."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from uuid import uuid4

import pytest

from premier_accueil.acteurs.models import Convention, Organisme, Structure
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.partage.models import Accord, Attestation, Communication
from premier_accueil.socle.cloison import situer
from premier_accueil.socle.models import Acces
from tests import fabriques as f
from tests.pages.conftest import connecte
from tests.pages.test_partage import adresse, page, saisir
from tests.partage.situations import TEXTES, monde, tenir_au_secret
from tests.partage.valeurs import TABLE

pytestmark = pytest.mark.django_db
ENFANCE = TABLE.bases["CASF_L226_2_2"]


@pytest.fixture
def m():
    monde_ = monde()
    tenir_au_secret(monde_.nous)
    return monde_


@pytest.fixture
def nous(m):
    return connecte(m.nous)


@pytest.fixture
def messages(settings, monkeypatch):
    partis: list = []
    settings.ENVOI = "fichier"
    monkeypatch.setattr("premier_accueil.socle.envoi.en_fichier", partis.append)
    monkeypatch.setattr("premier_accueil.socle.envoi.transaction.on_commit", lambda g: g())
    return partis


def test_du_code_envoye_a_l_accord_note(m, nous, messages):
    envoi = saisir(m, "code", obtention="", numero="06 12 34 56 78", sans_risque="on")
    lu = page(nous.post(adresse(m), envoi))
    assert "finit par 78" in lu
    code = re.search(r"\d{6}", messages[0].texte)[0]
    assert code not in lu
    faux = f"{(int(code) + 1) % 1_000_000:06d}"
    refus = page(nous.post(adresse(m), envoi | {"etape": "envoyer_par_code", "code": faux}), 400)
    assert "Il reste 4 essais" in refus  # the try was counted although nothing else was recorded
    assert TEXTES["BUDGET"] in refus
    m.chez_nous()
    assert not Accord.objects.exists()
    bon = envoi | {"etape": "envoyer_par_code", "code": code}
    assert "C'est envoyé" in page(nous.post(adresse(m), bon))
    assert "C'était déjà envoyé" in page(nous.post(adresse(m), bon))
    m.chez_nous()
    assert Accord.objects.get().obtention == "CODE_SMS"


def test_le_code_ne_se_contourne_pas_par_le_formulaire(m, nous, messages):
    refus = page(nous.post(adresse(m), saisir(m, obtention="CODE_SMS")), 400)
    assert "Tapez le code" in refus
    m.chez_nous()
    assert not Accord.objects.exists()


def test_sans_fournisseur_le_code_n_est_pas_propose(m, nous, settings):
    settings.ENVOI = "console"
    assert "Envoyer le code" not in page(nous.post(adresse(m), saisir(m, "lire")))
    settings.ENVOI = "fichier"
    assert "Envoyer le code" in page(nous.post(adresse(m), saisir(m, "lire")))


def test_un_texte_avec_accord_montre_ses_conditions_et_les_exige(m, nous):
    lecture = page(nous.post(adresse(m), saisir(m, "lire", base="CASF_L121_6_2")))
    for condition in TABLE.bases["CASF_L121_6_2"].conditions.values():
        assert condition.replace("'", "&#x27;") in lecture
    refus = page(nous.post(adresse(m), saisir(m, base="CASF_L121_6_2", conditions=["NECESSAIRE"], raison="Dettes")), 400)
    assert "il manque une condition" in refus
    assert 'value="NECESSAIRE" checked' in refus
    assert 'value="Dettes"' in refus


def conventionner(m, elements, delai=20):
    ici, la = (Organisme.objects.create(nom=nom) for nom in ("Commune", "Département"))
    for structure, organisme in ((m.ici, ici), (m.eux, la)):
        Structure.objects.filter(pk=structure.pk).update(organisme=organisme)
    Convention.objects.create(organisme=la, avec=ici, debut=date(2026, 3, 1), elements=elements, delai_jours=delai)


def coches(html) -> set[str]:
    return set(re.findall(r'name="elements" value="(\w+)" checked', html))


def test_la_convention_propose_seulement_ce_qui_pourrait_partir(m, nous):
    conventionner(m, ["IDENTITE", "BUDGET", "SANTE", "TRAVAIL", "INCONNU"])
    premiere = saisir(m, "ecrire", elements=[], but="LOGEMENT") | {"jours": ""}
    lu = page(nous.post(adresse(m), premiere))
    assert "Proposé par la convention du 1 mars 2026 avec Département" in lu
    assert coches(lu) == {"IDENTITE", "BUDGET", "TRAVAIL"}  # health does not move housing
    assert '<option value="30" selected' in lu
    # What the worker took away stays away when she comes back.
    retour = page(nous.post(adresse(m), premiere | {"elements": ["BUDGET"], "propose_pour": m.eux.pk, "jours": "180"}))
    assert coches(retour) == {"BUDGET"}
    assert '<option value="180" selected' in retour


def test_la_convention_ne_propose_rien_a_qui_ne_peut_rien_recevoir(m, nous):
    from premier_accueil.acteurs.models import Engagement

    conventionner(m, ["IDENTITE"])
    Engagement.objects.all().delete()
    assert coches(page(nous.post(adresse(m), saisir(m, "ecrire", elements=[])))) == set()


def sans_accord(m, etape="envoyer", **champs):
    return {
        "etape": etape, "demande_id": str(uuid4()), "base": "CASF_L226_2_2", "cherche": "EDS", "destinataire": m.eux.pk,
        "fonction": "TRAVAIL_SOCIAL", "conditions": list(ENFANCE.conditions), "raison": "SIGNALEMENT",
        "informee": "INTERET_DE_L_ENFANT",
    } | champs  # fmt: skip


def test_sans_accord_du_choix_a_la_personne_informee(m, nous):
    ici = f"/partage/personnes/{m.personne.pk}/sans-accord/"
    choix = page(nous.get(ici))
    assert "119" in choix
    assert choix.count('name="base"') == 4
    assert "Dans l&#x27;équipe, elle peut s&#x27;opposer" in choix  # the others say why the agreement is asked
    assert "EDS d&#x27;Ancenis" in page(nous.post(ici, {"etape": "chercher", "demande_id": str(uuid4()), "cherche": "ancenis"}))
    lecture = page(nous.post(ici, sans_accord(m, "lire")))
    assert "Une procédure est engagée" in lecture
    refus = page(nous.post(ici, sans_accord(m, conditions=[])), 400)
    assert "il manque une condition" in refus
    assert 'value="SIGNALEMENT" checked' in refus
    envoye = page(nous.post(ici, sans_accord(m)))
    numero = re.search(r"communication n° (\d+)", envoye)[1]
    registre = f"/partage/personnes/{m.personne.pk}/qui-sait-quoi/"
    assert "1 ligne manque ici" in page(nous.get(registre))
    assert ENFANCE.article not in page(nous.get(registre))
    m.chez_nous()
    dire = f"/partage/attestations/{Attestation.objects.get().pk}/dit/"
    assert "maintenant dans « Qui sait quoi de moi »" in page(nous.post(dire, follow=True))
    assert ENFANCE.article in page(nous.get(registre))
    lui = connecte(m.lui)
    page(lui.post(f"/communications/{numero}/ouverture/", follow=True))
    lu = page(lui.get(f"/communications/{numero}/"))
    assert "donnez le numéro" in lu
    assert "Lovelace" not in lu


def test_le_delegue_lit_la_base_et_ce_qui_a_ete_atteste_sans_nom(m, nous, clients):
    page(nous.post(f"/partage/personnes/{m.personne.pk}/sans-accord/", sans_accord(m)))
    dpo = connecte(f.agent(m.ici, Fonction.DPO, nom="Déléguée"))
    lu = page(dpo.get(_registre()))
    assert ENFANCE.article in lu
    assert ENFANCE.raisons["SIGNALEMENT"] in lu
    assert "Lovelace" not in lu
    m.chez_nous()
    assert Acces.objects.filter(action="registre_du_delegue").exists()


def _registre() -> str:
    from django.urls import reverse

    return reverse("registres:communications")


def test_une_structure_s_ecarte_et_revient_par_la_page(m, nous):
    ici = f"/personnes/{m.personne.pk}/structures-ecartees/"
    assert "Aucune." in page(nous.get(ici))
    assert "EDS d&#x27;Ancenis" in page(nous.post(ici, {"cherche": "ancenis"}))
    assert "Dites pourquoi" in page(nous.post(ici, {"cherche": "ancenis", "structure": m.eux.pk}), 400)
    envoi = {"cherche": "ancenis", "structure": m.eux.pk, "motif": "Son frère y travaille"}
    for _ in range(2):
        lu = page(nous.post(ici, envoi, follow=True))
    assert lu.count("Son frère y travaille") == 1
    lecture = page(nous.post(adresse(m), saisir(m, "lire")))
    assert "La personne a demandé que ce destinataire ne reçoive rien." in lecture
    m.chez_nous()
    cle = re.search(r"structures-ecartees/(\d+)/lever", lu)[1]
    assert "Aucune." in page(nous.post(f"{ici}{cle}/lever/", follow=True))


def test_l_adresse_revelee_redemandee_ramene_au_dossier(m, nous):
    reponse = nous.get(f"/personnes/{m.personne.pk}/adresse/")
    assert (reponse.status_code, reponse["Location"]) == (302, f"/personnes/{m.personne.pk}/#adresse")
    assert nous.get("/personnes/999999/adresse/").status_code == 404


@pytest.mark.parametrize("chemin", ["identite/", "joindre/", "blocages/", "structures-ecartees/"])
def test_une_page_lit_le_dossier_une_fois_et_laisse_une_ligne(m, nous, chemin):
    m.chez_nous()
    avant = Acces.objects.count()
    page(nous.get(f"/personnes/{m.personne.pk}/{chemin}"))
    m.chez_nous()
    assert list(Acces.objects.order_by("rang").values_list("action", flat=True))[avant:] == ["dossier"]


def test_le_retrait_par_la_page_donne_la_liste_dans_le_courriel(m, nous, messages):
    from premier_accueil.acteurs.models import Compte

    Compte.objects.filter(pk=m.lui.compte_id).update(identifiant="sam@eds.exemple")
    nous.post(adresse(m), saisir(m))
    m.chez_nous()
    nous.post(f"/partage/accords/{Accord.objects.get().pk}/retrait/")
    assert "http://testserver/communications/" in messages[-1].texte
    assert json.dumps(str(m.personne)) not in messages[-1].texte
    assert Communication.objects.filter(fermee_le=f.LUNDI_10H + timedelta(0)).exists()
    situer()
