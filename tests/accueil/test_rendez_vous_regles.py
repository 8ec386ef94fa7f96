"""Somebody comes to her appointment: which queue, and since when she waits. No database."""

from __future__ import annotations

from datetime import timedelta

import pytest

from premier_accueil.accueil.regles import ETAPES_DU_MODE, Etape, debut_de_l_attente, etape_du_rendez_vous, prend_place
from tests.fabriques import LUNDI_10H


@pytest.mark.parametrize(("avance", "compte"), [(20, 0), (0, 0), (-15, 15)])
def test_l_attente_commence_a_l_heure_convenue_pour_qui_vient_en_avance(avance, compte):
    arrivee = LUNDI_10H - timedelta(minutes=avance)
    assert debut_de_l_attente(arrivee, LUNDI_10H) == LUNDI_10H + timedelta(minutes=compte)
    assert debut_de_l_attente(arrivee, None) == arrivee


def test_la_file_est_celle_de_qui_recoit_et_toujours_une_file_de_la_structure():
    for etapes in ETAPES_DU_MODE.values():
        for s_entretient in (True, False):
            assert etape_du_rendez_vous(s_entretient=s_entretient, etapes=etapes) in etapes
    deux = (Etape.ACCUEIL, Etape.TRAVAIL_SOCIAL)
    assert etape_du_rendez_vous(s_entretient=True, etapes=deux) is Etape.TRAVAIL_SOCIAL
    assert etape_du_rendez_vous(s_entretient=False, etapes=deux) is Etape.ACCUEIL


@pytest.mark.parametrize("sauf", ["file_ouverte_aux_rendez_vous", "au_guichet", "recoit_elle_meme", "du_jour"])
def test_sans_file_au_telephone_face_a_face_ou_apres_coup_seule_la_venue_est_notee(sauf):
    dit = {"file_ouverte_aux_rendez_vous": True, "au_guichet": True, "recoit_elle_meme": False, "du_jour": True}
    assert prend_place(**dit)
    assert not prend_place(**dit | {sauf: not dit[sauf]})
