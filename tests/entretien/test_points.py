"""When to meet again: month arithmetic, holidays, the clock that changes, a worker who left (T11)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from premier_accueil.annuaire.regles.horaires import feries
from premier_accueil.entretien.regles.points import (
    Rencontres,
    a_replacer,
    c_est_le_moment_de_decider,
    genre_des_rencontres,
    heure_d_accueil,
    pourquoi_ferme,
    proposer,
)
from premier_accueil.socle.calendrier import PARIS

MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2034, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
DEPARTEMENTS = st.sampled_from(["", "44", "57", "67", "971", "974"])


def a_paris(*quand: int) -> datetime:
    return datetime(*quand, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("premier", "rang", "attendu"),
    [
        (a_paris(2026, 11, 30, 10), 2, a_paris(2027, 3, 1, 10)),  # 28 February 2027 is a Sunday
        (a_paris(2027, 11, 30, 10), 2, a_paris(2028, 2, 29, 10)),  # a leap year
        (a_paris(2024, 11, 29, 10), 2, a_paris(2025, 2, 28, 10)),
        (a_paris(2026, 10, 1, 9, 30), 2, a_paris(2027, 1, 4, 9, 30)),  # 1 January is a Friday
        (a_paris(2026, 1, 15, 14), 2, a_paris(2026, 4, 15, 14)),  # winter time, then summer time: the same hour
        (a_paris(2026, 3, 2, 14), 3, a_paris(2026, 9, 2, 14)),
    ],
)
def test_t11_trois_puis_six_mois(premier, rang, attendu):
    assert proposer(premier=premier, rang=rang, a=premier).quand == attendu


def test_t11_le_26_decembre_est_ferie_en_moselle_seulement():
    premier = a_paris(2029, 6, 26, 10)
    assert proposer(premier=premier, rang=3, a=premier, departement="44").quand == a_paris(2029, 12, 26, 10)
    en_moselle = proposer(premier=premier, rang=3, a=premier, departement="57")
    assert en_moselle.quand == a_paris(2029, 12, 27, 10)
    assert en_moselle.raisons == ("le 26/12/2029 est férié",)


@given(premier=MOMENTS, rang=st.sampled_from([2, 3]), departement=DEPARTEMENTS)
def test_t11_dix_ans_de_dates(premier, rang, departement):
    """The day is open, never before the months are over, at the hour of the first meeting, at most some days late."""
    vu = proposer(premier=premier, rang=rang, a=premier, departement=departement)
    local, ici = premier.astimezone(PARIS), vu.quand.astimezone(PARIS)
    voulu = local.date() + relativedelta(months={2: 3, 3: 6}[rang])
    assert ici.weekday() < 5
    assert ici.date() not in feries(ici.year, departement)
    assert voulu <= ici.date() <= voulu + timedelta(days=6)
    assert bool(vu.raisons) == (ici.date() != voulu)
    # The hour on the wall is kept, the hour that does not exist in March apart.
    assert (ici.hour, ici.minute) == (local.hour, local.minute) or ici.hour == local.hour + 1
    assert ici.utcoffset() == ici.astimezone(UTC).astimezone(PARIS).utcoffset()


@given(premier=MOMENTS, retard=st.integers(0, 900))
def test_t11_une_proposition_n_est_jamais_passee(premier, retard):
    a = premier + timedelta(days=retard)
    assert proposer(premier=premier, rang=2, a=a).quand > a


def test_t11_une_absence_mene_au_retour():
    premier = a_paris(2026, 1, 15, 14)
    absente = {date(2026, 4, 15) + timedelta(days=n) for n in range(10)}
    vu = proposer(premier=premier, rang=2, a=premier, absences=absente.__contains__)
    assert vu.quand == a_paris(2026, 4, 27, 14)  # 25 April is a Saturday
    assert vu.raisons[0] == "le 15/04/2026 tombe pendant une absence"


def test_t11_une_mission_qui_finit_demande_un_collegue():
    premier = a_paris(2026, 1, 15, 14)
    vu = proposer(premier=premier, rang=2, a=premier, fin_de_mission=date(2026, 4, 14))
    assert vu.avec_un_autre
    assert not proposer(premier=premier, rang=2, a=premier, fin_de_mission=date(2026, 4, 15)).avec_un_autre


@pytest.mark.parametrize(
    ("debut", "fin", "faut"),
    [
        (date(2026, 1, 1), None, False),
        (date(2026, 1, 1), date(2026, 4, 15), False),
        (date(2026, 1, 1), date(2026, 4, 14), True),
        (date(2026, 4, 16), None, True),
        (None, None, True),
    ],
)
def test_t11_un_collegue_parti_se_voit(debut, fin, faut):
    assert a_replacer(jour=date(2026, 4, 15), debut=debut, fin=fin) is faut


def test_les_jours_fermes_disent_pourquoi():
    assert pourquoi_ferme(date(2026, 11, 28)) == "le 28/11/2026 est un samedi"
    assert pourquoi_ferme(date(2026, 11, 11)) == "le 11/11/2026 est férié"
    assert pourquoi_ferme(date(2026, 11, 23)) == ""


@pytest.mark.parametrize(
    ("rencontres", "acceptee", "genre"),
    [
        (1, False, Rencontres.ACCUEIL),
        (2, False, Rencontres.ACCUEIL),
        (3, False, Rencontres.ACCUEIL),
        (4, False, Rencontres.A_DECIDER),
        (1, True, Rencontres.ACCOMPAGNEMENT),
    ],
)
def test_deux_ou_trois_rencontres_ne_sont_pas_un_accompagnement(rencontres, acceptee, genre):
    """S4: « reçoit alors deux à trois fois la même personne, sans qu'on puisse vraiment parler d'accompagnement »."""
    assert genre_des_rencontres(rencontres=rencontres, offre_acceptee=acceptee) is genre


def test_la_question_se_pose_a_la_troisieme():
    assert not c_est_le_moment_de_decider(rencontres=2, offre_acceptee=False)
    assert c_est_le_moment_de_decider(rencontres=3, offre_acceptee=False)
    assert not c_est_le_moment_de_decider(rencontres=3, offre_acceptee=True)


@pytest.mark.parametrize(
    ("dit", "propose"), [((10, 44), (10, 30)), ((17, 59), (17, 30)), ((0, 44), (10, 0)), ((18, 5), (10, 0)), ((8, 0), (8, 0))]
)
def test_l_heure_proposee_se_dit_a_voix_haute(dit, propose):
    assert heure_d_accueil(a_paris(2026, 11, 23, *dit)) == a_paris(2026, 11, 23, *propose)
