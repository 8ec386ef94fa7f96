"""The clock of a démarche: pure, over ten years, leap years and changes of hour."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from premier_accueil.annuaire.regles.horaires import feries
from premier_accueil.entretien.regles.demarches import (
    PROCEDURES,
    Horloge,
    echeance_du_silence,
    jour_plus_tard,
    limite_du_recours,
)
from premier_accueil.entretien.regles.demarches.procedures import VOIES

JOURS = st.dates(date(2024, 1, 1), date(2034, 12, 31))
ARGENT, CSS, APA = (PROCEDURES[c].silence for c in ("RSA", "CSS", "APA"))


@settings(deadline=None)
@given(JOURS, st.integers(1, 24))
def test_t11_un_mois_plus_tard_garde_le_jour_ou_le_dernier_du_mois(jour, mois):
    suite = jour_plus_tard(jour, mois=mois)
    assert (suite.year * 12 + suite.month) - (jour.year * 12 + jour.month) == mois
    dernier = (suite.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    assert suite.day == min(jour.day, dernier.day)


@pytest.mark.parametrize(
    ("jour", "mois", "attendu"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2027, 1, 28), 2, date(2027, 3, 28)),  # the day on which the hour changes
    ],
)
def test_t11_fins_de_mois_et_heure_d_ete(jour, mois, attendu):
    assert jour_plus_tard(jour, mois=mois) == attendu


@settings(deadline=None)
@given(JOURS, st.sampled_from(sorted(VOIES)))
def test_t11_un_recours_ne_finit_jamais_avant_son_delai_ni_un_jour_chome_devant_le_juge_judiciaire(jour, code):
    voie = VOIES[code]
    limite = limite_du_recours(jour, voie)
    brute = jour_plus_tard(jour, mois=voie.mois, jours=voie.jours)
    if voie.report:
        assert brute <= limite <= brute + timedelta(days=5)
        assert limite.weekday() < 5
        assert limite not in feries(limite.year)
    else:
        assert limite == brute, "no text carries it: the nearest date is kept"


def test_un_delai_qui_finit_le_premier_mai_va_au_lundi_devant_le_pole_social():
    assert limite_du_recours(date(2027, 3, 1), VOIES["POLE_SOCIAL"]) == date(2027, 5, 3)  # Saturday 1 May
    assert limite_du_recours(date(2027, 3, 1), VOIES["JUGE_ADMINISTRATIF"]) == date(2027, 5, 1)


@settings(deadline=None)
@given(JOURS, st.integers(0, 40))
def test_le_refus_part_de_la_premiere_administration_l_accord_de_la_bonne(jour, retard):
    """CRPA L.114-3: a forwarded money request is no later rejected; a request that silence accepts waits longer."""
    h = Horloge(jour, competente_le=jour + timedelta(days=retard))
    assert echeance_du_silence(h, ARGENT) == jour_plus_tard(jour, mois=2)
    assert echeance_du_silence(h, PROCEDURES["AUTRE"].silence) == jour_plus_tard(jour + timedelta(days=retard), mois=2)


@settings(deadline=None)
@given(JOURS, st.integers(0, 200), st.integers(0, 60), st.one_of(st.none(), st.integers(0, 90)))
def test_t13_une_piece_ordinaire_ne_change_jamais_l_horloge(jour, demandee, delai, remise):
    """CRPA L.114-5-1: whatever the days, a paper that is not indispensable moves nothing."""
    demandees = jour + timedelta(days=demandee)
    h = Horloge(
        jour, None, False, demandees, demandees + timedelta(days=delai),
        None if remise is None else demandees + timedelta(days=remise),
    )  # fmt: skip
    for silence in (ARGENT, CSS, APA, PROCEDURES["AAH"].silence):
        assert echeance_du_silence(h, silence) == echeance_du_silence(Horloge(jour), silence)


@settings(deadline=None)
@given(JOURS, st.integers(0, 50), st.integers(0, 60), st.one_of(st.none(), st.integers(0, 90)))
def test_une_piece_indispensable_suspend_le_refus_du_delai_donne_au_plus(jour, demandee, delai, remise):
    demandees = jour + timedelta(days=demandee)
    remises = None if remise is None else demandees + timedelta(days=remise)
    h = Horloge(jour, None, True, demandees, demandees + timedelta(days=delai), remises)
    recul = echeance_du_silence(h, ARGENT) - jour_plus_tard(jour, mois=2)
    assert recul == timedelta(days=min(delai, delai if remise is None else remise))


@settings(deadline=None)
@given(JOURS, st.integers(0, 50), st.integers(0, 90))
def test_une_piece_indispensable_fait_repartir_l_accord_de_sa_reception(jour, demandee, remise):
    demandees = jour + timedelta(days=demandee)
    attendue = Horloge(jour, None, True, demandees, demandees + timedelta(days=30), None)
    assert echeance_du_silence(attendue, CSS) is None, "the clock waits for the papers"
    remises = demandees + timedelta(days=remise)
    h = Horloge(jour, None, True, demandees, demandees + timedelta(days=30), remises)
    assert echeance_du_silence(h, CSS) == jour_plus_tard(remises, mois=2)


def test_une_piece_demandee_apres_le_silence_ne_change_plus_rien():
    jour = date(2027, 1, 14)
    h = Horloge(jour, None, True, date(2027, 3, 20), date(2027, 4, 20), None)
    assert echeance_du_silence(h, ARGENT) == date(2027, 3, 14)
