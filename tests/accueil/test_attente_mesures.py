"""Waits: what was measured, what was not, and what one may honestly tell somebody who waits."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from premier_accueil.accueil import actions
from premier_accueil.accueil.models import Attente
from premier_accueil.accueil.regles import Etape, EtatDAttente, Nature, fourchette, nombres, priorites
from premier_accueil.accueil.requetes import charge_des_sites, estimation, mesures
from premier_accueil.acteurs.regles import Fonction
from tests import fabriques as f

LUNDI = f.LUNDI_10H.date()


@pytest.fixture
def lieu(db):
    return f.site(f.structure())


@pytest.fixture
def camille(lieu):
    return f.agent(lieu.structure)


def attente(lieu, role, n, minutes, etat=EtatDAttente.TERMINE, a=f.LUNDI_10H, **champs):
    appele = {} if minutes is None else {"appele_le": a, "appele_par_id": role.compte_id}
    arrive = a - timedelta(minutes=minutes or 0)
    return Attente.objects.create(
        **({"structure": lieu.structure, "site": lieu, "jour": a.date(), "numero": n, "etape": Etape.ACCUEIL,
            "etat": etat, "arrive_le": arrive} | appele | champs)
    )  # fmt: skip


def test_chaque_nombre_et_chaque_priorite_a_sa_source():
    assert nombres().estimation_minimum >= 2
    assert all(p.libelle and p.source for p in priorites().values())
    assert "L.241-3" in priorites()["CARTE_PRIORITE"].source


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(0, 600), min_size=5, max_size=20), st.integers(0, 600))
def test_une_estimation_contient_la_moitie_des_attentes_et_ne_promet_pas_moins_que_le_present(minutes, deja):
    vue = fourchette(minutes, minimum=5, deja=deja)
    assert vue.bas < vue.haut
    assert vue.bas % 5 == vue.haut % 5 == 0
    assert vue.haut >= deja
    assert sum(vue.bas <= m <= vue.haut for m in minutes) >= len(minutes) // 2 - 1


def test_sous_le_minimum_personne_ne_sait():
    assert fourchette([10, 20, 30, 40], minimum=5) is None
    assert str(fourchette([20, 21, 25, 33, 34], minimum=5)) == "environ 20 à 35 min, d'après les 5 derniers"


def test_l_estimation_suit_les_derniers_appels_sans_les_priorites(lieu, camille):
    chez = {"structure_id": lieu.structure_id, "site_id": lieu.pk, "etape": Etape.ACCUEIL, "a": f.LUNDI_10H}
    for n in range(4):
        attente(lieu, camille, n + 1, 20)
    attente(lieu, camille, 9, 0, prioritaire=True, priorite="RETOUR", priorite_mots="revient")
    attente(lieu, camille, 10, 500, a=f.LUNDI_10H - timedelta(hours=4))
    assert estimation(**chez) is None
    attente(lieu, camille, 5, 24)
    assert (estimation(**chez).bas, estimation(**chez).haut, estimation(**chez).mesures) == (20, 25, 5)
    # The first in line has waited an hour already: nobody is promised less.
    attente(lieu, camille, 6, None, EtatDAttente.EN_ATTENTE, arrive_le=f.LUNDI_10H - timedelta(minutes=60))
    assert estimation(**chez).haut == 60


def test_ce_qui_n_est_pas_mesure_est_compte_a_part_jamais_comme_zero(lieu, camille):
    for n, minutes in enumerate((10, 20, 30, 40, 90), start=1):
        attente(lieu, camille, n, minutes)
    attente(lieu, camille, 6, None, EtatDAttente.PARTI)
    attente(lieu, camille, 7, 15, EtatDAttente.PARTI)  # called, and not there: left, and no wait of somebody received
    attente(lieu, camille, 8, None, EtatDAttente.REPORTE)
    attente(lieu, camille, 9, None, EtatDAttente.FERME)
    attente(lieu, camille, 10, None, EtatDAttente.PASSE)
    attente(lieu, camille, 11, None, EtatDAttente.EN_ATTENTE)
    attente(lieu, camille, 1, None, EtatDAttente.EN_ATTENTE, a=f.LUNDI_10H - timedelta(days=1))
    actions.accueillir(f.demande(nature=Nature.INFORMATION), role=camille, site_id=lieu.pk, a=f.LUNDI_10H)
    vues = mesures(role=camille, du=LUNDI - timedelta(days=6), au=LUNDI, a=f.LUNDI_10H)
    assert (vues.passages, vues.sans_ticket) == (1, 1)
    (m,) = vues.etapes
    assert (m.mesurees, m.mediane, m.p90, m.moyenne) == (5, 30, 70, 38)
    assert (m.partis, m.reportes, m.fermes, m.passes, m.en_cours, m.sans_mesure) == (2, 1, 1, 1, 1, 2)


def test_qui_ne_voit_pas_les_passages_ne_voit_que_des_nombres_d_au_moins_dix(lieu, camille):
    for n in range(1, 10):
        attente(lieu, camille, n, 10)
    elue = f.agent(lieu.structure, Fonction.ELU)
    (m,) = mesures(role=elue, du=LUNDI, au=LUNDI, a=f.LUNDI_10H).etapes
    assert (m.mesurees, m.mediane, m.partis) == (None, None, 0)
    attente(lieu, camille, 10, 10)
    (m,) = mesures(role=elue, du=LUNDI, au=LUNDI, a=f.LUNDI_10H).etapes
    assert (m.mesurees, m.mediane) == (10, 10)


def test_les_mesures_ne_disent_pas_qui_a_appele(lieu, camille):
    attente(lieu, camille, 1, 10)
    vues = mesures(role=camille, du=LUNDI, au=LUNDI, a=f.LUNDI_10H)
    assert "Camille" not in repr(vues)


def test_la_charge_des_sites_dit_maintenant_aujourd_hui_et_d_habitude(lieu, camille, django_assert_num_queries):
    autre = f.site(lieu.structure, "Annexe")
    for n in range(1, 6):
        attente(lieu, camille, n, 30)
        attente(autre, camille, n, 5, a=f.LUNDI_10H - timedelta(days=7))
        attente(lieu, camille, n, 90, a=f.LUNDI_10H - timedelta(days=7, hours=-6))  # not at this hour
    attente(lieu, camille, 6, None, EtatDAttente.EN_ATTENTE)
    with django_assert_num_queries(2):
        annexe, mairie = charge_des_sites(lieu.structure_id, f.LUNDI_10H)
    assert (annexe.site_id, annexe.attendent, annexe.mediane_du_jour, annexe.mediane_habituelle) == (autre.pk, 0, None, 5)
    assert (mairie.site, mairie.attendent, mairie.mediane_du_jour, mairie.mediane_habituelle) == ("Mairie", 1, 30, None)


def test_s4_la_journee_de_vingt_arrivees_finit_avec_les_bons_nombres(lieu, camille):
    """Half received at once, half called from the queue, one leaves, the closing tells the last two."""
    social = f.agent(lieu.structure, Fonction.TRAVAIL_SOCIAL)
    chez = {"site_id": lieu.pk}
    for n in range(10):
        actions.accueillir(f.demande(), role=camille, a=f.LUNDI_10H + timedelta(minutes=n), **chez)
    for n in range(10):
        actions.donner_ticket(etape=Etape.ACCUEIL, prenom="", role=camille, a=f.LUNDI_10H + timedelta(minutes=n), **chez)
    for n in range(7):
        a = f.LUNDI_10H + timedelta(minutes=25 + n)
        ticket = actions.appeler_suivant(etape=Etape.ACCUEIL, bureau="", role=camille, a=a, **chez)
        nature = Nature.TRAVAILLEUR_SOCIAL if n < 2 else Nature.CONSEIL
        actions.accueillir(f.demande(nature=nature, attente_id=ticket.pk), role=camille, a=a + timedelta(minutes=1), **chez)
    a = f.LUNDI_10H + timedelta(minutes=60)
    actions.faire("partir", Attente.objects.get(numero=8).pk, role=camille, a=a)
    actions.appeler_suivant(etape=Etape.TRAVAIL_SOCIAL, bureau="", role=social, a=a, **chez)
    assert actions.fermer_la_file(role=camille, a=a, **chez) == 3
    actions.clore_la_journee(role=camille, a=a, **chez)
    vues = mesures(role=camille, du=LUNDI, au=LUNDI, a=a)
    accueil, suite = vues.etapes
    assert (vues.passages, vues.sans_ticket) == (17, 10)
    assert (accueil.mesurees, accueil.mediane, accueil.partis, accueil.fermes) == (7, 25, 1, 2)
    assert (suite.mesurees, suite.mediane, suite.fermes) == (1, 34, 1)
