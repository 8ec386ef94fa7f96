"""One trip for several needs, without a database."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from premier_accueil.orientation.regles.poids import poids_du_fichier
from premier_accueil.orientation.regles.tournee import Arret, DemiJournee, tournee

A = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Europe/Paris"))  # a Monday
POIDS = poids_du_fichier()
LOYER, SOIN, REPAS = "logement--payer", "sante--soigner", "alimentation--manger"


def arret(cle: int, site: int, besoins: set[str], *, points: float = 60.0, ecart: float = 0.0, minutes: int | None = 9):
    return Arret((cle, cle), site, frozenset(besoins), points, minutes, 47.0 + ecart, -1.0)


def le_mardi_matin(x: Arret, a: datetime) -> bool:
    return a.weekday() == 1 and a.hour < 13


def test_le_lieu_et_la_demi_journee_qui_repondent_au_plus_de_besoins():
    arrets = [
        arret(1, 10, {LOYER}), arret(2, 10, {SOIN}),
        arret(3, 20, {LOYER}, ecart=0.3, points=90), arret(4, 30, {SOIN}, ecart=0.6, points=90),
    ]  # fmt: skip
    faite = tournee(arrets, [LOYER, SOIN], le_mardi_matin, a=A, poids=POIDS)
    assert faite is not None
    assert {code: e.cle[0] for code, e in faite.etapes.items()} == {LOYER: 1, SOIN: 2}
    assert faite.meme_lieu
    assert faite.quand == DemiJournee(date(2026, 11, 24), matin=True)


def test_trois_besoins_passent_avant_deux():
    arrets = [arret(1, 1, {LOYER, SOIN}, points=95), arret(2, 2, {LOYER, SOIN, REPAS}, ecart=1, points=50)]
    faite = tournee(arrets, [LOYER, SOIN, REPAS], le_mardi_matin, a=A, poids=POIDS)
    assert faite is not None
    assert {e.cle[0] for e in faite.etapes.values()} == {2}


def test_a_quelques_pas_se_dit_autrement_qu_au_meme_endroit():
    faite = tournee(
        [arret(1, 1, {LOYER}), arret(2, 2, {SOIN}, ecart=0.005)], [LOYER, SOIN], le_mardi_matin, a=A, poids=POIDS
    )
    assert faite is not None
    assert not faite.meme_lieu
    loin = [arret(1, 1, {LOYER}), arret(2, 2, {SOIN}, ecart=0.05)]
    assert tournee(loin, [LOYER, SOIN], le_mardi_matin, a=A, poids=POIDS) is None


@pytest.mark.parametrize("reponse", [None, False])
def test_des_horaires_inconnus_ne_donnent_pas_de_demi_journee(reponse):
    arrets = [arret(1, 1, {LOYER}), arret(2, 1, {SOIN})]
    faite = tournee(
        arrets, [LOYER, SOIN], lambda x, a: reponse if x.cle[0] == 2 else True, a=A, poids=POIDS
    )  # fmt: skip
    assert faite is not None
    assert faite.quand is None


def test_un_seul_besoin_ou_hors_d_atteinte_ne_fait_pas_de_tournee():
    assert tournee([arret(1, 1, {LOYER})], [LOYER], le_mardi_matin, a=A, poids=POIDS) is None
    hors = [arret(1, 1, {LOYER}, minutes=None), arret(2, 1, {SOIN}, minutes=None)]
    assert tournee(hors, [LOYER, SOIN], le_mardi_matin, a=A, poids=POIDS) is None


arrets_tires = st.lists(
    st.builds(
        lambda cle, site, besoins, points: arret(cle, site, besoins, points=points, ecart=site * 0.004),
        st.integers(1, 40), st.integers(0, 8), st.sets(st.sampled_from((LOYER, SOIN, REPAS)), min_size=1),
        st.floats(0, 100),
    ),
    max_size=10, unique_by=lambda x: x.cle,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(arrets_tires, st.sets(st.tuples(st.integers(1, 40), st.integers(0, 6), st.booleans()), max_size=40))
def test_la_tournee_ne_promet_que_ce_qui_est_su(arrets, ouverts):
    def ouvert(x: Arret, a: datetime) -> bool | None:
        return True if (x.cle[0], a.weekday(), a.hour < 13) in ouverts else None

    faite = tournee(arrets, [LOYER, SOIN, REPAS], ouvert, a=A, poids=POIDS)
    if faite is None:
        return
    assert len(faite.etapes) >= 2
    assert all(besoin in e.besoins for besoin, e in faite.etapes.items())
    places = [e.latitude for e in faite.etapes.values()]
    assert (max(places) - min(places)) * 111.195 <= 2 * POIDS.tournee.rayon_km + 1e-6
    if faite.quand:
        demi = (faite.quand.jour.weekday(), faite.quand.matin)
        assert all((e.cle[0], *demi) in ouverts for e in faite.etapes.values())
    assert faite == tournee(arrets[::-1], [LOYER, SOIN, REPAS], ouvert, a=A, poids=POIDS), "the order told is not chance"
