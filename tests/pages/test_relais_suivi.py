"""A relay once it left: its lists, its page for either side, every gesture by a button, its link, its thread."""

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
from premier_accueil.relais.models import LienDeRelais, MessageDeRelais, PasDeRelais, Relais
from premier_accueil.relais.regles import EtatDeRelais
from tests import fabriques as f
from tests.pages.conftest import connecte
from tests.partage import situations as partage
from tests.partage.situations import TEXTES
from tests.relais.situations import A, Monde, monde

pytestmark = pytest.mark.django_db
E = EtatDeRelais


@pytest.fixture
def m() -> Monde:
    return monde()


@pytest.fixture
def nous(m) -> Client:
    return connecte(m.nous)


@pytest.fixture
def lui(m) -> Client:
    return connecte(m.lui)


@pytest.fixture
def aller(monkeypatch):
    """Move the clock of the pages, and sign in again: a session does not last that long."""

    def a(quand, *roles) -> list[Client]:
        monkeypatch.setattr("django.utils.timezone.now", lambda: quand)
        return [connecte(role) for role in roles]

    return a


def page(reponse, code=200) -> str:
    assert reponse.status_code == code, reponse.content.decode()[:3000]
    return reponse.content.decode()


def adresse(nom, cle) -> str:
    return reverse(f"relais:{nom}", args=[cle])


def geste(client, cle, nom, **champs) -> str:
    return page(client.post(adresse("geste", cle), {"geste": nom, **champs}, follow=True))


def test_toute_la_boucle_par_les_boutons(m, nous, lui, aller):
    cle = m.envoyer()
    assert f"Relais n° {cle}, de CCAS de Loireauxence" in page(lui.get(reverse("relais:recus")))
    ferme = page(lui.get(adresse("un", cle)))
    assert TEXTES["BESOIN"] not in ferme
    assert "Lovelace" not in ferme
    ouvert = page(lui.post(adresse("ouvrir", cle), follow=True))
    assert TEXTES["BESOIN"] in ouvert
    assert 'btn-primary">Accepter</button>' in ouvert  # the date is known: one click says it all
    assert "maintenant « accepté »" in geste(lui, cle, "accepter")
    assert "pas encore passé" in geste(lui, cle, "rencontrer")
    nous, lui = aller(m.relais(cle).quand, m.nous, m.lui)
    geste(lui, cle, "rencontrer")
    geste(lui, cle, "rendre_compte", motif="AIDE_ACCORDEE")
    vu = page(nous.get(adresse("un", cle)))
    assert "Une aide est accordée" in vu
    assert re.search(r'value="REPONDU" selected', vu)
    geste(nous, cle, "clore", motif="REPONDU")
    assert m.etat(cle) is E.CLOS
    assert "Ce relais est fini" in page(lui.get(adresse("un", cle)))
    assert "Finis" in page(nous.get(f"{reverse('relais:partis')}?vue=finis"))


def test_un_refus_demande_pourquoi_et_propose_un_autre_service(m, nous, lui):
    cle = m.envoyer()
    assert "Choisissez dans la liste" in page(lui.post(adresse("geste", cle), {"geste": "refuser"}), 400)
    geste(lui, cle, "refuser", motif="COMPLET")
    vu = page(nous.get(adresse("un", cle)))
    assert "plus de place avant longtemps" in vu
    assert "nous cherchons autre chose avec vous" in vu
    assert f"?suite_de={cle}" in vu


def test_une_autre_date_incomplete_garde_la_saisie(m, lui):
    cle = m.envoyer()
    recu = page(
        lui.post(adresse("geste", cle), {"geste": "proposer_une_date", "le": "2026-12-09", "lieu": "Antenne"}), 400
    )
    assert "Donnez un jour et une heure" in recu
    assert 'value="2026-12-09"' in recu
    assert 'value="Antenne"' in recu
    loin = {"geste": "proposer_une_date", "le": "9999-12-31", "a_heure": "23:59"}
    assert "Donnez un jour" in page(lui.post(adresse("geste", cle), loin), 400)
    geste(lui, cle, "proposer_une_date", le="2026-12-09", a_heure="09:30", lieu="Antenne")
    assert m.etat(cle) is E.AUTRE_DATE


def test_un_geste_deja_impossible_dit_ce_qui_s_est_passe(m, nous, lui):
    cle = m.envoyer()
    m.agir(cle, "annuler", motif="PERSONNE")
    assert "devenu « annulé »" in geste(lui, cle, "accepter")
    assert "Choisissez un geste" in geste(nous, cle, "inconnu")


@pytest.mark.parametrize("nom", ["recueillir_l_accord", "envoyer", "rebondir"])
def test_ce_que_seul_l_ecran_fait_ne_se_force_pas_par_un_bouton(m, nous, nom):
    cle = m.envoyer()
    assert "depuis l&#x27;écran du relais" in geste(nous, cle, nom)
    assert m.etat(cle) is E.ENVOYE


def test_non_venue_se_rappelle_une_fois(m, aller):
    cle = m.accepte()
    nous, lui = aller(m.relais(cle).quand, m.nous, m.lui)
    geste(lui, cle, "constater_l_absence")
    assert "Je l'ai rappelée" in page(nous.get(adresse("un", cle)))
    assert "elle a été rappelée" in page(nous.post(adresse("rappelee", cle), follow=True))
    assert "déjà été rappelée" in page(nous.post(adresse("rappelee", cle), follow=True))
    geste(nous, cle, "redonner_une_date", le="2026-12-20", a_heure="10:00")
    assert m.etat(cle) is E.ACCEPTE


def test_confier_a_un_collegue_de_la_structure_seulement(m, nous):
    cle, collegue = m.envoyer(), f.agent(m.partage.ici, Fonction.TRAVAIL_SOCIAL, nom="Lou")
    assert "Lou" in page(nous.post(adresse("confier", cle), {"compte": collegue.compte_id}, follow=True))
    assert m.relais(cle).suivi_par_id == collegue.compte_id
    assert "Select a valid" not in page(nous.post(adresse("confier", cle), {"compte": m.lui.compte_id}), 400)


def test_on_s_ecrit_apres_l_acceptation_et_un_refus_garde_le_texte(m, nous, lui):
    souhait = m.partage.souhait(textes={"BESOIN": "Un toit", "NOTE": "À recevoir vite"})
    cle = m.envoyer(souhait=souhait, recueil=partage.oui(elements=frozenset({"BESOIN", "NOTE"})))
    assert "S'écrire" not in page(nous.get(adresse("un", cle)))
    m.agir(cle, "accepter", eux=True)
    message = {"element": "NOTE", "texte": "Elle viendra avec sa sœur", "demande_id": str(uuid4())}
    for _ in range(2):
        page(nous.post(adresse("ecrire", cle), message, follow=True))
    recu = page(lui.get(adresse("un", cle)))
    assert recu.count("Elle viendra avec sa sœur") == 1
    assert "nouveau" in recu
    assert "nouveau" not in page(lui.post(adresse("lu", cle), follow=True))
    autre = {"element": "RENDEZ_VOUS", "texte": "Demain 9 h", "demande_id": str(uuid4())}
    refus = page(nous.post(adresse("ecrire", cle), autre), 400)
    assert "Demain 9 h" in refus
    assert "Rien n&#x27;est parti" in refus
    m.chez_nous()
    assert MessageDeRelais.objects.count() == 1


def test_le_lien_se_refait_et_s_arrete(m, nous):
    cle = m.envoyer(lien=True)
    nouveau = page(nous.post(adresse("lien", cle)))
    assert "montrés une seule fois" in nouveau
    m.chez_nous()
    assert LienDeRelais.objects.filter(revoque_le=None).count() == 1
    assert "Arrêter le lien" in page(nous.get(adresse("un", cle)))
    assert "n&#x27;ouvre plus rien" in page(nous.post(adresse("revoquer", cle), follow=True))
    m.chez_nous()
    assert not LienDeRelais.objects.filter(revoque_le=None).exists()
    faux = page(nous.post(adresse("par_courriel", cle), {"adresse": "../x", "code": "1"}, follow=True))
    assert "ne s&#x27;ouvre plus" in faux


def test_les_listes_disent_le_retard_et_qui_doit_agir(m, nous, aller):
    cle = m.envoyer()
    vide = page(nous.get(reverse("relais:partis")))
    assert "Rien ne vous attend" in vide
    (nous,) = aller(A + timedelta(days=20), m.nous)
    liste = page(nous.get(reverse("relais:partis")))
    assert "Ada Lovelace, vers EDS d&#x27;Ancenis" in liste
    assert "en retard" in liste
    assert f'href="/relais/{cle}/"' in liste
    assert "Lovelace" not in page(connecte(m.lui).get(reverse("relais:recus")))


def test_les_listes_coutent_le_meme_nombre_de_requetes(m, nous):
    m.envoyer()
    page(nous.get(f"{reverse('relais:partis')}?vue=en-cours"))

    def requetes() -> int:
        with CaptureQueriesContext(connection) as vues:
            page(nous.get(f"{reverse('relais:partis')}?vue=en-cours&page=1"))
        return len(vues)

    un = requetes()
    for _ in range(16):
        m.envoyer()
    connecte(m.nous)
    assert requetes() == un
    assert "Page 1 sur 2" in page(nous.get(f"{reverse('relais:partis')}?vue=en-cours"))


def test_la_coordination_voit_le_retard_sans_personne_ni_cle(m, aller):
    cle = m.envoyer()
    (client,) = aller(A + timedelta(days=20), f.agent(f.structure("Département", "DEPARTEMENT"), Fonction.COORDINATION))
    vu = page(client.get("/coordination/relais-en-retard/"))
    assert "EDS d&#x27;Ancenis" in vu
    assert "il y a 20 jours" in vu
    assert "Lovelace" not in vu
    assert f"/relais/{cle}/" not in vu


def test_t7_le_relais_d_une_autre_structure_n_existe_pas(m):
    cle = m.envoyer()
    tiers = connecte(f.agent(f.structure("CCAS d'à côté"), Fonction.TRAVAIL_SOCIAL))
    noms = ["geste", "confier", "rappelee", "ouvrir", "ecrire", "lu", "lien", "revoquer", "par_courriel"]
    for nom in noms:
        assert tiers.post(adresse(nom, cle), {"texte": "x", "demande_id": str(uuid4())}).status_code == 404, nom
    for nom in ("un", "papier", "ecrit"):
        assert tiers.get(adresse(nom, cle)).status_code == 404, nom


def test_le_destinataire_n_entre_pas_dans_ce_qui_est_a_l_emetteur(m, lui):
    cle = m.envoyer()
    for nom in ("papier", "ecrit"):
        assert lui.get(adresse(nom, cle)).status_code == 404, nom
    for nom in ("lien", "revoquer", "rappelee", "par_courriel"):
        assert lui.post(adresse(nom, cle)).status_code == 404, nom


def test_lire_n_ecrit_que_le_journal(m, nous, lui):
    cle = m.envoyer()
    avant = (PasDeRelais.objects.count(), Relais.objects.get(pk=cle).bouge_le)
    page(nous.get(adresse("un", cle)))
    page(lui.get(adresse("un", cle)))
    m.chez_nous()
    assert (PasDeRelais.objects.count(), Relais.objects.get(pk=cle).bouge_le) == avant


def test_ma_journee_montre_les_relais_qui_m_attendent(m, aller):
    m.envoyer()
    (nous,) = aller(A + timedelta(days=20), m.nous)
    journee = page(nous.get(reverse("entretien:journee")))
    assert "Ada Lovelace, vers EDS d&#x27;Ancenis" in journee


def test_le_dossier_mene_au_relais(m, nous):
    assert reverse("relais:nouveau", args=[m.partage.personne.pk]) in page(
        nous.get(reverse("personnes:dossier", args=[m.partage.personne.pk]))
    )


def test_les_relais_d_une_personne_et_rien_d_une_autre(m, nous):
    m.envoyer()
    autre = partage.personne(m.partage.ici, nom="Durand", prenom="Léa", cle="durand lea")
    siens = page(nous.get(reverse("relais:personne", args=[m.partage.personne.pk])))
    assert "Ada Lovelace, vers EDS d&#x27;Ancenis" in siens
    assert "Aucun relais ici" in page(nous.get(reverse("relais:personne", args=[autre.pk])))
    assert "Aucun relais ici" in page(nous.get(reverse("relais:personne", args=[m.partage.personne.pk]) + "?vue=finis"))
