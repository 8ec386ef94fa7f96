"""Slots from rules: local wall time, holidays, exceptions, over ten years."""

from __future__ import annotations

import doctest
import itertools
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from premier_accueil.agenda.regles import (
    GESTES,
    Creneau,
    EtatDeRendezVous,
    Exceptionnel,
    GenreDException,
    Occupation,
    Plage,
    Rythme,
    creneaux,
    feries,
    instant,
    jours_de,
    libres,
    rappels,
)
from premier_accueil.socle.calendrier import PARIS

DEBUT = date(2026, 1, 5)  # a Monday


def plage(**champs) -> Plage:
    defauts = {
        "id": 1, "rythme": Rythme.SEMAINE, "jours": (1,), "rang": 0, "heure_debut": time(9), "heure_fin": time(12),
        "duree_minutes": 30, "capacite": 1, "debut": DEBUT,
    }  # fmt: skip
    return Plage(**(defauts | champs))


def murs(trouves: list[Creneau]) -> list[str]:
    return [f"{c.debut.astimezone(PARIS):%d/%m %H:%M}" for c in trouves]


def test_une_plage_se_coupe_en_creneaux_entiers():
    assert murs(creneaux(plage(heure_fin=time(10, 40)), date(2026, 11, 23), date(2026, 11, 29))) == [
        "24/11 09:00", "24/11 09:30", "24/11 10:00",
    ]  # fmt: skip


def test_neuf_heures_reste_neuf_heures_de_part_et_d_autre_du_changement_d_heure():
    for jour in (date(2026, 3, 24), date(2026, 3, 31), date(2026, 10, 20), date(2026, 10, 27)):
        assert creneaux(plage(), jour, jour)[0].debut.astimezone(PARIS).time() == time(9)


def test_une_heure_que_la_pendule_saute_n_a_pas_de_creneau():
    nuit = plage(jours=(6,), heure_debut=time(1, 30), heure_fin=time(4))
    assert murs(creneaux(nuit, date(2026, 3, 29), date(2026, 3, 29))) == ["29/03 01:30", "29/03 03:00", "29/03 03:30"]
    assert instant(datetime(2026, 3, 29, 2, 30)) is None  # noqa: DTZ001 - an hour on a wall


def test_une_semaine_sur_deux_part_de_la_semaine_du_debut():
    jours = jours_de(plage(rythme=Rythme.QUINZAINE, jours=(0, 3)), date(2026, 1, 1), date(2026, 2, 5))
    assert [j.day for j in jours] == [5, 8, 19, 22, 2, 5]


@pytest.mark.parametrize(("rang", "attendus"), [(1, [6, 3, 3]), (3, [20, 17, 17]), (-1, [27, 24, 31])])
def test_une_fois_par_mois(rang, attendus):
    jours = jours_de(plage(rythme=Rythme.MOIS, rang=rang), date(2026, 1, 1), date(2026, 3, 31))
    assert [j.day for j in jours] == attendus


def test_les_jours_feries_sont_sautes_sauf_si_l_on_recoit():
    ascension = date(2026, 5, 14)
    assert ascension in feries(2026)
    assert jours_de(plage(jours=(3,)), ascension, ascension) == []
    assert jours_de(plage(jours=(3,), feries=True), ascension, ascension) == [ascension]


def test_un_jour_ferme_ne_recoit_pas_et_des_heures_en_plus_l_emportent():
    exceptions = (
        Exceptionnel(GenreDException.FERME, date(2026, 11, 16), date(2026, 11, 24)),
        Exceptionnel(GenreDException.EN_PLUS, date(2026, 11, 24), date(2026, 11, 24), time(14), time(15)),
        Exceptionnel(GenreDException.EN_PLUS, date(2026, 11, 26), date(2026, 11, 26), time(8), time(8, 30)),
    )
    trouves = creneaux(plage(exceptions=exceptions), date(2026, 11, 16), date(2026, 11, 30))
    assert murs(trouves) == ["24/11 14:00", "24/11 14:30", "26/11 08:00"]


def test_des_heures_en_plus_qui_mordent_sur_la_plage_ne_doublent_personne():
    en_plus = (Exceptionnel(GenreDException.EN_PLUS, date(2026, 11, 24), date(2026, 11, 24), time(9, 15), time(12, 45)),)
    trouves = creneaux(plage(exceptions=en_plus), date(2026, 11, 24), date(2026, 11, 24))
    assert all(un.fin <= autre.debut for un, autre in itertools.pairwise(trouves))


def test_une_plage_finit_a_son_dernier_jour_inclus():
    p = plage(fin=date(2026, 1, 13))
    assert jours_de(p, date(2026, 1, 1), date(2026, 12, 31)) == [date(2026, 1, 6), date(2026, 1, 13)]
    assert jours_de(p, date(2027, 1, 1), date(2027, 12, 31)) == []


def test_ce_qui_est_pris_n_est_plus_offert_par_aucune_plage_du_meme_agent_ou_bureau():
    neuf = datetime(2026, 11, 24, 8, tzinfo=UTC)
    jour = date(2026, 11, 24)
    pris = Occupation(2, 7, (3, "Bureau 1"), neuf, neuf + timedelta(minutes=45))
    for p in (plage(agent_id=7), plage(bureau=(3, "Bureau 1"))):
        assert murs(libres([p], [pris], du=jour, au=jour, des=neuf))[0] == "24/11 10:00"
    assert murs(libres([plage(agent_id=8)], [pris], du=jour, au=jour, des=neuf))[0] == "24/11 09:00"


def test_a_plusieurs_il_reste_des_places():
    neuf = datetime(2026, 11, 24, 8, tzinfo=UTC)
    jour, pris = neuf.date(), Occupation(1, None, None, neuf, neuf + timedelta(minutes=30))
    p = plage(capacite=3)
    assert [c.restent for c in libres([p], [pris, pris], du=jour, au=jour, des=neuf)][:2] == [1, 3]
    assert libres([p], [pris] * 3, du=jour, au=jour, des=neuf)[0].debut > neuf


@settings(max_examples=60, deadline=None)
@given(
    jour=st.dates(date(2024, 1, 1), date(2034, 12, 31)),
    jours=st.sets(st.integers(0, 6), min_size=1),
    rythme=st.sampled_from(list(Rythme)),
    rang=st.sampled_from([1, 2, 3, 4, -1]),
    debut=st.times(max_value=time(20)),
    minutes=st.integers(5, 240),
)
def test_dix_ans_de_creneaux(jour, jours, rythme, rang, debut, minutes):
    """T11: leap years, months' ends, both changes of the clock: wall hours hold, nothing overlaps, no day is foreign."""
    debut = debut.replace(second=0, microsecond=0)
    p = plage(
        rythme=rythme, jours=tuple(sorted(jours)), rang=rang if rythme is Rythme.MOIS else 0, heure_debut=debut,
        heure_fin=time(23, 59), duree_minutes=minutes, debut=date(2024, 1, 1),
    )  # fmt: skip
    trouves = creneaux(p, jour, jour + timedelta(days=40))
    for c in trouves:
        la = c.debut.astimezone(PARIS)
        assert la.weekday() in jours and la.date() not in feries(la.year)
        assert c.fin - c.debut == timedelta(minutes=minutes)
        assert (datetime.combine(la.date(), la.time()) - datetime.combine(la.date(), debut)) % timedelta(minutes=minutes) == timedelta()
    assert all(un.fin <= autre.debut for un, autre in itertools.pairwise(trouves))


def test_la_table_dit_ce_qui_se_peut():
    finis = {EtatDeRendezVous.DEPLACE, EtatDeRendezVous.ANNULE_PERSONNE, EtatDeRendezVous.ANNULE_SERVICE}
    assert not [nom for nom, g in GESTES.items() if g.depuis & finis]
    assert {g.vers for g in GESTES.values()} | {EtatDeRendezVous.TENU} == set(EtatDeRendezVous)


def test_les_exemples_des_rappels():
    assert doctest.testmod(rappels).failed == 0
    assert rappels.date_en_mots(datetime(2026, 12, 1, 8, 5, tzinfo=UTC)) == "mardi 1er décembre à 9 h 05"
