"""T11 across the rooms, over ten years: leap days, both changes of the clock, months' ends, holidays."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from premier_accueil.accueil.regles.pieces import echeance, fin_du_code
from premier_accueil.agenda.regles import (
    AJoindre,
    Exceptionnel,
    GenreDException,
    ModeDeRappel,
    Motif,
    Plage,
    Rythme,
    Suite,
    creneaux,
    date_en_mots,
    jours_de,
    pourquoi_deplacer,
    suite,
)
from premier_accueil.annuaire.regles.horaires import feries, ouverture, recoit
from premier_accueil.entretien.regles.domaines import reglages
from premier_accueil.entretien.regles.points import heure_d_accueil, proposer
from premier_accueil.personnes.regles import Naissance
from premier_accueil.socle.calendrier import PARIS
from premier_accueil.socle.horloge import jour_local

JOURS = st.dates(date(2024, 1, 1), date(2034, 12, 31))
CHANGEMENTS = [
    max(date(annee, mois, j) for j in range(25, 32) if date(annee, mois, j).weekday() == 6)
    for annee in range(2024, 2035) for mois in (3, 10)
]  # fmt: skip
DELICATS = st.one_of(
    JOURS,
    st.sampled_from(CHANGEMENTS),
    st.sampled_from([date(2024, 2, 29), date(2028, 2, 29), date(2032, 2, 29)]),
    st.sampled_from([date(2026, 12, 31), date(2027, 1, 1), date(2028, 5, 1), date(2030, 12, 25)]),
)
MOMENTS = st.builds(lambda j, h, m: datetime.combine(j, time(h, m), PARIS), DELICATS, st.integers(0, 23), st.integers(0, 59))
DIX_ANS = settings(max_examples=60, deadline=None)


def tous_les_jours(**champs) -> Plage:
    """Return a rule that receives from Monday to Friday, all day."""
    defauts = {
        "id": 1, "rythme": Rythme.SEMAINE, "jours": (0, 1, 2, 3, 4), "rang": 0, "heure_debut": time(8),
        "heure_fin": time(19), "duree_minutes": 30, "capacite": 1, "debut": date(2023, 1, 2),
    }  # fmt: skip
    return Plage(**(defauts | champs))


@DIX_ANS
@given(DELICATS, st.sets(st.integers(0, 20), max_size=6), st.sets(st.integers(0, 20), max_size=3), st.integers(0, 20))
def test_un_jour_ferme_n_est_jamais_offert_et_ce_qui_est_offert_n_est_jamais_a_deplacer(du, fermes, a_part, en_plus):
    """The slots and the list of what must be moved are two sides of one rule: they never contradict each other."""
    jours = [du + timedelta(days=n) for n in range(21)]
    ajoute = jours[en_plus]
    plage = tous_les_jours(
        fermes=frozenset(jours[n] for n in fermes), fin=jours[18],
        exceptions=(
            *(Exceptionnel(GenreDException.FERME, jours[n], jours[n]) for n in a_part),
            Exceptionnel(GenreDException.EN_PLUS, ajoute, ajoute, time(20), time(21)),
        ),
    )  # fmt: skip
    offerts = {jour_local(c.debut) for c in creneaux(plage, jours[0], jours[-1])}
    for jour in jours:
        motif = pourquoi_deplacer(plage, jour)
        if jour in offerts:
            assert motif is None, jour
        elif jour.weekday() < 5 and jour not in feries(jour.year):
            assert motif in {Motif.LIEU_FERME, Motif.JOUR_FERME, Motif.FINIE}, jour
    assert ajoute in offerts


@DIX_ANS
@given(DELICATS, st.integers(0, 90_000))
def test_la_file_d_un_jour_commence_et_finit_a_minuit_d_ici(jour, secondes):
    """A ticket is of the day that the wall shows: 23 hours in March, 25 in October, and never of two days."""
    minuit, suivant = (datetime.combine(jour + timedelta(days=n), time.min, PARIS).astimezone(UTC) for n in (0, 1))
    duree = (suivant - minuit).total_seconds() / 3600
    assert duree == {3: 23, 10: 25}[jour.month] if jour in CHANGEMENTS else duree == 24
    instant = minuit + timedelta(seconds=secondes)
    assert (jour_local(instant) == jour) is (instant < suivant)
    assert jour_local(minuit - timedelta(seconds=1)) == jour - timedelta(days=1)


@DIX_ANS
@given(MOMENTS)
def test_un_message_ne_part_qu_aux_heures_du_mur(a):
    qui = AJoindre(ModeDeRappel.SMS, joindre="06 12 34 56 78")
    parti = suite(qui, a.astimezone(UTC))[0] is Suite.ENVOYE
    assert parti is (time(9) <= a.astimezone(UTC).astimezone(PARIS).time() < time(19))


@DIX_ANS
@given(DELICATS)
def test_le_rappel_dit_l_heure_que_le_creneau_a_sur_le_mur(jour):
    for c in creneaux(tous_les_jours(jours=tuple(range(7)), feries=True), jour, jour):
        la = c.debut.astimezone(PARIS)
        trouve = re.search(r"à (\d+) h(?: (\d\d))?$", date_en_mots(c.debut))
        assert (int(trouve[1]), int(trouve[2] or 0)) == (la.hour, la.minute)
        assert 8 <= la.hour < 19


@DIX_ANS
@given(MOMENTS, st.sampled_from(["", "44", "67", "974"]))
def test_les_papiers_s_attendent_un_jour_ouvre_et_le_code_vit_encore_ce_soir_la(a, departement):
    jour = echeance(a, departement=departement)
    assert jour.weekday() != 6 and jour not in feries(jour.year, departement)
    soir = datetime.combine(jour + timedelta(days=1), time.min, PARIS)
    assert fin_du_code(jour, a.astimezone(UTC)) > soir


@DIX_ANS
@given(MOMENTS)
def test_un_point_tombe_un_jour_ou_l_agenda_a_un_creneau(premier):
    """Three then six months: the day proposed is one where a rule of working days holds the very hour proposed."""
    trois, six = (proposer(premier=premier, rang=rang, a=premier).quand for rang in (2, 3))
    assert premier < trois < six
    ouvre, ferme = reglages().accueil
    for quand in (heure_d_accueil(trois), heure_d_accueil(six)):
        assert ouvre <= quand.time() < ferme
        debuts = {c.debut for c in creneaux(tous_les_jours(), quand.date(), quand.date())}
        assert quand.astimezone(UTC) in debuts, quand


@DIX_ANS
@given(DELICATS, st.integers(-3, 3))
def test_dix_huit_ans_arrivent_une_fois_et_le_jour_dit(jour, ecart):
    """A birth whose day is known leaves no doubt, leap days included; an unknown day leaves one, that benefits her."""
    naissance = date(jour.year - 18, jour.month, min(jour.day, 28)) + timedelta(days=ecart)
    exacte = Naissance(naissance.year, naissance.month, naissance.day)
    assert exacte.peut_etre_mineure(jour) is not exacte.peut_etre_majeure(jour)
    assert exacte.peut_etre_majeure(jour) is (
        (jour.year - naissance.year, (jour.month, jour.day)) >= (18, (naissance.month, naissance.day))
    )
    for floue in (Naissance(naissance.year, naissance.month), Naissance(naissance.year)):
        assert floue.peut_etre_mineure(jour) >= exacte.peut_etre_mineure(jour)
        assert floue.peut_etre_majeure(jour) >= exacte.peut_etre_majeure(jour)


@DIX_ANS
@given(DELICATS)
def test_une_permanence_qui_recoit_ce_jour_la_s_ouvre_bien_ce_jour_la(jour):
    """What closes the agenda reads the same hours as what says "open now" (T15), the night of a change included."""
    horaires = "Mo-Fr 09:00-12:00; Su 22:00-23:30; PH off"
    midi = datetime.combine(jour, time(10), PARIS)
    nuit = datetime.combine(jour, time(22, 30), PARIS)
    ouverte = any(ouverture(horaires, quand).ouvert for quand in (midi, nuit))
    assert recoit(horaires, jour) is ouverte
    assert recoit("", jour) is None


def test_les_jours_de_l_annuaire_se_retranchent_meme_une_annee_bissextile():
    fevrier = frozenset(date(2028, 2, j) for j in range(1, 30))
    plage = tous_les_jours(fermes=fevrier)
    assert jours_de(plage, date(2028, 2, 1), date(2028, 3, 1)) == [date(2028, 3, 1)]
