"""A partner without account answers in one minute: three screens, a code said apart, a signature."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from premier_accueil.partage.actions import retirer_un_accord
from premier_accueil.relais import actions
from premier_accueil.relais.models import MessageDeRelais, PasDeRelais
from premier_accueil.relais.regles import EtatDeRelais, Mode
from premier_accueil.relais.requetes import relais_vu
from premier_accueil.socle.cloison import situer
from tests.partage import situations as partage
from tests.relais.situations import Monde, monde

pytestmark = pytest.mark.django_db
QUI = {"nom": "Léa Morin", "fonction": "bénévole"}


@pytest.fixture(autouse=True)
def lundi_dix_heures() -> None:
    """Let the clock run: the database reads its own when a link is opened."""


@pytest.fixture
def m() -> Monde:
    return monde()


@pytest.fixture
def parti(m):
    """A relay sent by link an hour ago, its appointment in a week."""
    a = datetime.now(UTC) - timedelta(hours=1)
    voulu = actions.RendezVousVoulu(Mode.TELEPHONE, quand=a + timedelta(days=8), lieu="EDS", repondu_par="Mme Le Goff")
    propose = m.proposer(a, lien=True, rendez_vous=voulu)
    situer()
    return propose


def page(parti) -> str:
    return reverse("lien_de_relais", args=[parti.lien.adresse])


def ouvrir(parti) -> Client:
    client = Client()
    reponse = client.post(page(parti), {"code": parti.lien.code})
    assert (reponse.status_code, reponse.url) == (302, page(parti))
    return client


def test_le_premier_ecran_donne_le_telephone_et_rien_de_la_personne(parti):
    corps = Client().get(page(parti)).content.decode()
    assert "02 40 00 00 01" in corps.replace("\xa0", " ")
    assert "Lovelace" not in corps
    assert "Code à 8 chiffres" in corps


def test_un_code_faux_se_dit_et_le_lien_inconnu_n_existe_pas(parti):
    reponse = Client().post(page(parti), {"code": "0000 0000"})
    assert reponse.status_code == 400
    assert "n&#x27;ouvre rien" in reponse.content.decode()
    assert Client().get("/r/" + "x" * 32 + "/").status_code == 404


def test_de_l_ouverture_a_l_issue_en_trois_ecrans(m, parti):
    client = ouvrir(parti)
    corps = client.get(page(parti)).content.decode()
    assert "Lovelace" in corps
    assert "Mme Le Goff" in corps
    reponse = client.post(page(parti), {"geste": "accepter", **QUI})
    assert "Merci, c'est noté" in reponse.content.decode()
    assert m.etat(parti.relais_id) is EtatDeRelais.ACCEPTE
    assert PasDeRelais.objects.get(geste="accepter").signature == "Léa Morin, bénévole"


def test_ce_qui_manque_se_dit_au_champ_et_rien_n_est_perdu(m, parti):
    client = ouvrir(parti)
    reponse = client.post(page(parti), {"geste": "refuser", "nom": "Léa Morin", "fonction": ""})
    corps = reponse.content.decode()
    assert reponse.status_code == 400
    assert "Écrivez votre fonction" in corps
    assert 'value="Léa Morin"' in corps
    reponse = client.post(page(parti), {"geste": "refuser", **QUI})
    assert "Choisissez dans la liste" in reponse.content.decode()
    reponse = client.post(page(parti), {"geste": "proposer_une_date", "le": "2020-01-01", "a_heure": "10:00", **QUI})
    assert "passée" in reponse.content.decode()
    for loin in ("0001-01-01", "9999-12-31"):
        reponse = client.post(page(parti), {"geste": "proposer_une_date", "le": loin, "a_heure": "10:00", **QUI})
        assert reponse.status_code == 400
    assert m.etat(parti.relais_id) is EtatDeRelais.ENVOYE


def test_une_autre_date_part_avec_son_lieu(m, parti):
    jour = (datetime.now(UTC) + timedelta(days=20)).date()
    saisie = {"geste": "proposer_une_date", "le": jour.isoformat(), "a_heure": "14:30", "lieu": "Antenne", **QUI}
    assert ouvrir(parti).post(page(parti), saisie).status_code == 200
    r = m.relais(parti.relais_id)
    assert (timezone.localtime(r.autre_quand).hour, r.autre_lieu) == (14, "Antenne")


def test_sans_le_code_garde_un_geste_ne_fait_rien(m, parti):
    corps = Client().post(page(parti), {"geste": "accepter", **QUI}).content.decode()
    assert "Code à 8 chiffres" in corps
    assert m.etat(parti.relais_id) is EtatDeRelais.ENVOYE


def test_t1_la_page_ouverte_avant_le_retrait_se_ferme_et_le_geste_ne_part_pas(m, parti):
    client = ouvrir(parti)
    retirer_un_accord(m.relais(parti.relais_id).accord_id, role=m.chez_nous(), a=datetime.now(UTC))
    situer()
    corps = client.get(page(parti)).content.decode()
    assert "retiré son accord" in corps
    assert "Lovelace" not in corps
    assert client.post(page(parti), {"geste": "accepter", **QUI}).status_code == 400
    assert m.etat(parti.relais_id) is EtatDeRelais.RETIRE


def test_deux_reponses_en_meme_temps_la_seconde_sait_ce_qui_s_est_passe(m, parti):
    un, deux = ouvrir(parti), ouvrir(parti)
    assert un.post(page(parti), {"geste": "accepter", **QUI}).status_code == 200
    reponse = deux.post(page(parti), {"geste": "accepter", **QUI})
    assert reponse.status_code == 400
    assert "accepter" not in reponse.context["vu"].gestes


def test_trop_de_codes_faux_donnent_le_telephone(parti):
    for _ in range(5):
        Client().post(page(parti), {"code": "0"})
    corps = Client().get(page(parti)).content.decode()
    assert "Trop de codes faux" in corps
    assert Client().post(page(parti), {"code": parti.lien.code}).status_code == 400


def test_rien_ne_reste_dans_un_cache_ni_dans_un_referent(parti):
    reponse = ouvrir(parti).get(page(parti))
    assert reponse["Cache-Control"] == "no-store"
    assert reponse["Referrer-Policy"] == "same-origin"


def test_apres_l_acceptation_on_s_ecrit_par_le_lien_et_le_retrait_ferme_le_fil(m):
    souhait = m.partage.souhait(textes={"BESOIN": "Ne peut plus payer", "NOTE": "À recevoir vite"})
    oui = partage.oui(elements=frozenset(souhait.textes))
    parti = m.proposer(datetime.now(UTC) - timedelta(hours=1), lien=True, souhait=souhait, recueil=oui)
    situer()
    client, mot = ouvrir(parti), {"texte": "Peut-elle venir avec son bail ?", "demande_id": str(uuid4()), **QUI}
    tot = client.post(page(parti), mot)
    assert tot.status_code == 400
    assert "quand le relais est accepté" in tot.content.decode()
    client.post(page(parti), {"geste": "accepter", **QUI})
    manque = client.post(page(parti), mot | {"nom": ""})
    assert "Peut-elle venir" in manque.content.decode()
    assert "Signez avec votre nom" in manque.content.decode()
    for _ in range(2):  # a double click
        assert client.post(page(parti), mot).status_code == 302
    a = datetime.now(UTC)
    (recu,) = relais_vu(parti.relais_id, m.chez_nous(), a).messages
    assert (recu.texte, recu.signature, recu.de_nous) == (
        "Peut-elle venir avec son bail ?", "Léa Morin, bénévole, EDS d'Ancenis", False,
    )  # fmt: skip
    actions.ecrire(parti.relais_id, "NOTE", "Oui, elle l'a.", demande_id=uuid4(), role=m.nous, a=a)
    situer()
    corps = client.get(page(parti)).content.decode()
    assert "Oui, elle l&#x27;a." in corps
    assert client.post(page(parti), mot | {"texte": "Merci !", "demande_id": str(uuid4())}).status_code == 302
    (lu,) = [x for x in relais_vu(parti.relais_id, m.chez_nous(), a).messages if x.de_nous]
    assert lu.lu_le
    retirer_un_accord(m.relais(parti.relais_id).accord_id, role=m.chez_nous(), a=datetime.now(UTC))
    situer()
    assert "bail" not in client.get(page(parti)).content.decode()
    tard = client.post(page(parti), mot | {"demande_id": str(uuid4())})
    assert tard.status_code in {400, 404}
    m.chez_nous()
    assert MessageDeRelais.objects.count() == 3
