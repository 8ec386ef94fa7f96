"""The ranking, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from premier_accueil.orientation.regles import classement
from premier_accueil.orientation.regles.poids import CRITERES, lire, poids_du_fichier
from premier_accueil.orientation.regles.raisons import a_verifier, raisons
from premier_accueil.orientation.regles.valeurs import BesoinsSitues, Candidat, Lieu

A = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Europe/Paris"))
POIDS = poids_du_fichier()
VOITURE, CREDIT, DROITS = "mobilite--entretenir-reparer", "mobilite--financer", "difficultes-administratives--droits"
CODES = (VOITURE, CREDIT, DROITS, "sante--acces-aux-soins")
PUBLICS = ("jeunes", "seniors", "femmes", "tous-publics")
ZONES = ("44213", "44", "49", "france")
ICI = frozenset({"44213", "44", "france"})
BREF = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def demande(**autres) -> BesoinsSitues:
    return replace(BesoinsSitues(besoins={VOITURE: 0.9, CREDIT: 0.6}, a=A, zones=ICI), **autres)


def candidat(cle: int = 1, **autres) -> Candidat:
    lieu = autres.pop("lieu", Lieu(cle, distance_km=5.0, minutes=10, ouvert=True, fermeture=A + timedelta(hours=2)))
    base = Candidat(
        cle, structure=cle, lieux=(lieu,), thematiques=frozenset({VOITURE}), publics=frozenset({"tous-publics"}),
        zone=frozenset({"44213"}), modes_mobilisation=frozenset({"se-presenter"}), date_maj=date(2026, 11, 1),
    )  # fmt: skip
    return base._replace(**autres)


def points(c: Candidat, d: BesoinsSitues | None = None) -> float:
    return classement.noter(c, d or demande(), POIDS).points


def tirer(sorte, **champs):
    """Draw these fields only: the others keep their default, which Hypothesis would draw for a named tuple."""
    return st.fixed_dictionaries(champs).map(lambda tires: sorte(**tires))


lieux = tirer(
    Lieu,
    cle=st.integers(1, 3),
    a_distance=st.booleans(),
    distance_km=st.none() | st.floats(0, 60),
    minutes=st.none() | st.integers(1, 120),
    sur_rendez_vous=st.none() | st.booleans(),
    ouvert=st.none() | st.booleans(),
    prochaine=st.none() | st.integers(1, 400).map(lambda h: A + timedelta(hours=h)),
    fermeture=st.none() | st.integers(1, 8).map(lambda h: A + timedelta(hours=h)),
)
candidats = tirer(
    Candidat,
    cle=st.integers(1, 50),
    structure=st.integers(1, 6),
    lieux=st.lists(lieux, min_size=1, max_size=3).map(tuple),
    thematiques=st.frozensets(st.sampled_from(CODES), min_size=1),
    publics=st.frozensets(st.sampled_from(PUBLICS), max_size=2),
    zone=st.frozensets(st.sampled_from(ZONES), max_size=2),
    modes_accueil=st.frozensets(st.sampled_from(("a-distance", "en-presentiel"))),
    modes_mobilisation=st.frozensets(st.sampled_from(("se-presenter", "telephoner", "envoyer-un-courriel"))),
    telephone=st.booleans(),
    date_maj=st.none() | st.dates(date(2018, 1, 1), date(2026, 11, 1)),
)


def test_les_poids_font_cent_et_sont_tous_connus():
    assert sum(POIDS.poids.values()) == 100
    assert set(POIDS.poids) == set(CRITERES)
    assert all(0 <= n <= 1 for nom in ("public", "zone", "ouverture", "acces") for n in POIDS.notes[nom].values())


def test_des_poids_faux_sont_refuses():
    from premier_accueil.socle import dossiers

    yaml = pytest.importorskip("yaml")
    brut = yaml.safe_load((dossiers.donnees() / "classement.yaml").read_text())
    brut["poids"]["besoin"] += 1
    with pytest.raises(ValueError, match="100"):
        lire(brut)


@BREF
@given(candidats, st.sampled_from(("voiture", "pied", "velo", "transport")))
def test_les_points_vont_de_0_a_100(c, mode):
    note = classement.noter(c, demande(mode=mode), POIDS)
    assert 0 <= note.points <= 100


@BREF
@given(candidats)
def test_ferme_ne_passe_jamais_devant_le_meme_ouvert(c):
    ferme = c._replace(lieux=tuple(x._replace(ouvert=False) for x in c.lieux))
    ouvert = c._replace(lieux=tuple(x._replace(ouvert=True) for x in c.lieux))
    assert points(ferme) <= points(ouvert)


@BREF
@given(candidats)
def test_inconnu_ne_vaut_jamais_un_oui(c):
    def avec(**lieu):
        return c._replace(lieux=tuple(x._replace(**lieu) for x in c.lieux))

    assert points(avec(ouvert=None)) < points(avec(ouvert=True, fermeture=None))
    assert points(avec(sur_rendez_vous=None)) <= points(avec(sur_rendez_vous=False))
    assert points(c._replace(zone=frozenset())) < points(c._replace(zone=frozenset({"44213"})))
    assert points(c._replace(publics=frozenset())) < points(c._replace(publics=frozenset({"tous-publics"})))
    assert points(c._replace(date_maj=None)) < points(c._replace(date_maj=date(2026, 11, 1)))
    assert points(avec(a_distance=False, distance_km=None, minutes=None)) <= points(
        avec(a_distance=False, distance_km=1.0, minutes=3)
    )


@BREF
@given(st.lists(candidats, max_size=8), st.sampled_from(PUBLICS[:3]))
def test_une_restriction_n_ajoute_jamais_de_resultat(services, public):
    def gardes(d: BesoinsSitues) -> set[int]:
        return {i for i, c in enumerate(services) if classement.retenu(c, d, POIDS)}

    large = demande()
    assert gardes(replace(large, publics_certains=frozenset({public}))) <= gardes(large)
    assert gardes(replace(large, zones=frozenset({"44213"}))) <= gardes(large)


@BREF
@given(candidats)
def test_hors_de_sa_zone_un_service_ne_parait_jamais(c):
    assert classement.retenu(c._replace(zone=frozenset({"49"})), demande(), POIDS) is False
    if c.zone and not c.zone & ICI:
        assert not classement.retenu(c, demande(), POIDS)


@BREF
@given(st.lists(candidats, max_size=12), st.lists(candidats, max_size=6), st.integers(0, 6))
def test_la_liste_est_bornee_sans_redite(precis, accueils, limite):
    # The same entry comes once from each read.
    precis = list({c.cle: c for c in precis}.values())
    accueils = list({c.cle: c for c in accueils}.values())
    notes = [[classement.noter(c, demande(), POIDS) for c in lot] for lot in (precis, accueils)]
    liste = classement.composer(*notes, limite, POIDS)
    assert len(liste) <= limite
    cles = [n.candidat.cle for n, _ in liste]
    assert len(cles) == len(set(cles))
    rangs = [derriere for _, derriere in liste]
    assert rangs == sorted(rangs), "first welcome never stands in front of a precise answer"
    if limite > 1 and accueils:
        assert any(n.candidat.cle in {c.cle for c in accueils} for n, _ in liste)


def test_le_public_n_exclut_que_s_il_est_certain():
    jeunes = candidat(publics=frozenset({"jeunes"}))
    assert classement.retenu(jeunes, demande(publics=frozenset({"seniors"})), POIDS)
    assert not classement.retenu(jeunes, demande(publics_certains=frozenset({"seniors"})), POIDS)
    assert classement.retenu(candidat(publics=frozenset()), demande(publics_certains=frozenset({"seniors"})), POIDS)
    assert points(jeunes, demande(publics=frozenset({"seniors"}))) < points(jeunes)


def test_le_specialiste_passe_devant_le_guichet_generaliste_plus_proche():
    garage = candidat(1, lieu=Lieu(1, distance_km=15.0, minutes=25, ouvert=False, prochaine=A + timedelta(days=1)))
    guichet = candidat(2, thematiques=frozenset({*CODES, "numerique--x", "logement--y"}))
    assert points(garage) > points(guichet)


def test_un_besoin_a_peine_entendu_n_amene_pas_de_service():
    assert set(classement.besoins_utiles(BesoinsSitues({VOITURE: 0.8, DROITS: 0.1}, A), POIDS)) == {VOITURE}
    assert classement.besoins_utiles(BesoinsSitues({}, A), POIDS) == {}


def test_a_pied_le_service_lointain_recule():
    pres = candidat(1, thematiques=frozenset({VOITURE, DROITS}), lieu=Lieu(1, distance_km=0.5, minutes=8, ouvert=True))
    loin = candidat(2, lieu=Lieu(2, distance_km=14.0, minutes=20, ouvert=True))
    loin_a_pied = loin._replace(lieux=(Lieu(2, distance_km=14.0, minutes=None, ouvert=True),))
    assert points(loin) > points(pres)
    assert points(loin_a_pied, demande(mode="pied")) < points(pres, demande(mode="pied"))


def test_pas_cinq_fois_la_meme_structure():
    services = [candidat(i, structure=1) for i in range(1, 5)] + [candidat(9, structure=2, date_maj=date(2026, 1, 1))]
    liste = classement.varier([classement.noter(c, demande(), POIDS) for c in services], 3, POIDS)
    assert [n.candidat.structure for n in liste][:2] == [1, 2]


def test_le_meme_guichet_dit_par_deux_producteurs_parait_une_fois():
    services = [candidat(i, doublons=frozenset({"FRANCE_SERVICES 240986394"})) for i in (1, 2)]
    liste = classement.varier([classement.noter(c, demande(), POIDS) for c in services], 5, POIDS)
    assert [n.candidat.cle for n in liste] == [1]


def dites(c: Candidat, d: BesoinsSitues | None = None, **autres) -> tuple[str, ...]:
    d = d or demande()
    return raisons(
        classement.noter(c, d, POIDS), d, POIDS, libelles={VOITURE: "Réparer"}, publics={}, commune="Loireauxence",
        **autres,
    )  # fmt: skip


def test_les_raisons_sont_dites_la_plus_decisive_d_abord():
    assert dites(candidat(gratuit=True), entendus=[("voiture en panne", frozenset({VOITURE}))]) == (
        "Répond à « voiture en panne »",
        "Couvre Loireauxence",
        "À environ 10 min en voiture (estimation)",
        "Ouvert aujourd’hui jusqu’à 12 h",
        "On peut se présenter sur place",
        "Gratuit",
    )


def test_l_inconnu_est_dit():
    muet = Candidat(1, 1, (Lieu(None),), thematiques=frozenset({VOITURE}))
    phrases = dites(muet)
    assert "Répond au besoin « Réparer »" in phrases
    assert "Horaires inconnus : appelez avant" in phrases
    assert "Lieu inconnu : appelez avant" in phrases
    assert "Fiche sans date, à confirmer : appelez" in phrases
    assert any(p.startswith("Secteur inconnu") for p in phrases)
    assert not any("Couvre" in p or "Ouvert " in p or "Sans rendez-vous" in p or "Gratuit" in p for p in phrases)


def test_a_distance_il_n_y_a_pas_de_trajet():
    assert "À distance : pas de trajet à faire" in dites(candidat(lieu=Lieu(1, a_distance=True)))


def test_ouvert_mais_trop_tard_pour_y_etre():
    tard = candidat(lieu=Lieu(1, distance_km=30.0, minutes=45, ouvert=True, fermeture=A + timedelta(minutes=30)))
    assert any("trop long pour y être à temps" in p for p in dites(tard))


@BREF
@given(candidats, st.none() | st.integers(0, 100), st.none() | st.tuples(st.integers(0, 40), st.integers(41, 130)))
def test_un_age_lu_dans_une_phrase_abaisse_et_ne_retire_jamais(c, age, ages):
    dit = c._replace(ages=ages)
    assert classement.retenu(dit, demande(age=age), POIDS) == classement.retenu(c, demande(), POIDS)
    assert points(dit, demande(age=age)) <= points(c, demande())
    if age is None or ages is None:
        assert points(dit, demande(age=age)) == points(c, demande())


@BREF
@given(candidats, st.integers(1, 20), st.integers(0, 60))
def test_une_place_ou_un_delai_inconnus_valent_moins_qu_un_oui(c, libres, jours):
    le = A.date() - timedelta(days=jours)
    dites = c._replace(places_libres=libres, places_dites_le=le)
    cru = jours <= POIDS.notes["places"]["valables_jours"]
    assert (points(c) < points(dites)) == cru, "what was said too long ago is unknown again"
    assert points(c) < points(c._replace(liste_d_attente=False, places_dites_le=A.date()))
    assert points(c._replace(liste_d_attente=True, places_dites_le=A.date())) < points(c)
    assert points(c._replace(places_libres=0, places_dites_le=A.date())) < points(c)
    assert points(c) < points(c._replace(reponse_jours=1))
    assert points(c._replace(delai_jours=90, reponse_jours=1)) < points(c._replace(reponse_jours=1))


@BREF
@given(st.lists(candidats, min_size=1, max_size=8, unique_by=lambda c: c.cle), st.integers(0, 7))
def test_ferme_ne_passe_jamais_devant_ouvert_dans_la_liste(services, lequel):
    vise = services[lequel % len(services)].cle

    def rang(ouvert: bool) -> int:
        tous = [
            c._replace(lieux=tuple(x._replace(ouvert=ouvert) for x in c.lieux)) if c.cle == vise else c for c in services
        ]
        liste = classement.varier([classement.noter(c, demande(), POIDS) for c in tous], 8, POIDS)
        return next((i for i, n in enumerate(liste) if n.candidat.cle == vise), 99)

    assert rang(True) <= rang(False)


def test_ce_qu_il_faut_verifier_est_dit_a_part():
    muet = Candidat(1, 1, (Lieu(None),), thematiques=frozenset({VOITURE}), ages=(16, 25))
    phrases = dites(muet, demande(age=40))
    doutes = a_verifier(phrases)
    assert "Répond au besoin « Réparer »" not in doutes
    assert set(doutes) == {
        "Horaires inconnus : appelez avant", "Lieu inconnu : appelez avant", "Fiche sans date, à confirmer : appelez",
        "Secteur inconnu : demandez s’il reçoit les habitants de votre commune",
        "À vérifier, ses conditions disent : de 16 à 25 ans",
    }  # fmt: skip


def test_les_places_et_le_temps_de_reponse_sont_dits():
    c = candidat(places_libres=3, places_dites_le=date(2026, 11, 12), reponse_jours=2, delai_jours=15)
    assert "Des places (dit le 12/11)" in dites(c)
    assert "Répond d’habitude en 2 jours ; reçoit sous 15 jours, selon sa fiche" in dites(c)
    assert "Complet (dit le 20/11) : appelez" in dites(candidat(places_libres=0, places_dites_le=date(2026, 11, 20)))
    assert "Pour son âge (de 16 à 25 ans)" in dites(candidat(ages=(16, 25)), demande(age=20))
