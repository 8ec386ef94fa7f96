"""What each gesture does in each state, what the texts say, and how it is said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from premier_accueil.entretien.regles.demarches import (
    GESTES_DE_DEMARCHE,
    PROCEDURES,
    VOUS,
    Dossier,
    EtatDeDemarche,
    GenreDEcheance,
    GesteRefuse,
    Saisie,
    Sens,
    apres,
    chercher_une_procedure,
    echeance,
    expliquer,
    regles,
)
from premier_accueil.entretien.regles.demarches.procedures import GenreDeVoie

E = EtatDeDemarche
JOURS = st.dates(date(2024, 1, 1), date(2034, 12, 31))
ARGENT, CSS, APA = (PROCEDURES[c].silence for c in ("RSA", "CSS", "APA"))
LOIN = date(2040, 1, 1)


# ---- the texts


def test_chaque_procedure_cite_son_texte_et_ne_promet_rien():
    for p in PROCEDURES.values():
        assert len(p.source) > 8
        assert len(p.silence.source) > 8
        assert bool(p.silence.mois) != bool(p.silence.jours)
        for v in p.recours:
            assert len(v.source) > 4
            assert bool(v.mois) != bool(v.jours)
            assert (v.silence_mois > 0) == (v.genre is not GenreDeVoie.JUGE)
    assert len(PROCEDURES) > 20


@pytest.mark.parametrize(
    ("code", "sens", "mois", "voie"),
    [
        ("RSA", Sens.REJET, 2, GenreDeVoie.RAPO),
        ("AAH", Sens.REJET, 4, GenreDeVoie.RAPO),
        ("CSS", Sens.ACCEPTATION, 2, GenreDeVoie.RAPO),
        ("APA", Sens.FORFAIT, 2, GenreDeVoie.RAPO),
        ("DALO", Sens.REJET, 3, GenreDeVoie.JUGE),
        ("FSL", Sens.REJET, 2, GenreDeVoie.GRACIEUX),
        ("TITRE_DE_SEJOUR", Sens.REJET, 4, GenreDeVoie.JUGE),
        ("AUTRE", Sens.ACCEPTATION, 2, GenreDeVoie.GRACIEUX),
        ("AUTRE_ARGENT", Sens.REJET, 2, GenreDeVoie.GRACIEUX),
    ],
)
def test_ce_que_dit_le_texte(code, sens, mois, voie):
    p = PROCEDURES[code]
    assert (p.silence.sens, p.silence.mois, p.recours[0].genre) == (sens, mois, voie)


@pytest.mark.parametrize(
    ("mots", "code"),
    [("rsa", "RSA"), ("handicap", "AAH"), ("LOYER", "FSL"), ("medicale", "AME"), ("pole emploi", "ALLOCATION_CHOMAGE")],
)
def test_une_procedure_se_trouve_par_ses_mots(mots, code):
    assert code in [p.code for p in chercher_une_procedure(mots)]
    assert len(chercher_une_procedure("")) == len(PROCEDURES)
    assert chercher_une_procedure("xyzzy") == ()


# ---- gestures × states

SAISIE = Saisie(
    jour=date(2027, 1, 14), aupres="CAF", reference="A1", pieces="Relevé", decision="REFUSEE", cloture="ABANDON",
)  # fmt: skip


def un(etat: EtatDeDemarche, **champs) -> Dossier:
    """A démarche of RSA that stands in a state."""
    jour = date(2027, 1, 10)
    socle = {} if etat is E.A_DEPOSER else {"deposee_le": jour, "recue_le": jour, "aupres": "CAF"}
    if etat is E.PIECES_DEMANDEES:
        socle |= {"pieces": "Relevé", "pieces_demandees_le": jour, "pieces_pour_le": jour + timedelta(days=30)}
    if etat in {E.DECIDEE, E.SILENCE}:
        socle |= {"decision": "REFUSEE", "decidee_le": jour}
    if etat is E.RECOURS:
        socle |= {"voie": "PRESIDENT_DU_DEPARTEMENT_RSA", "recours_le": jour, "rang": 1}
    return Dossier("RSA", **({"etat": etat.value} | socle | champs))


@pytest.mark.parametrize("etat", list(E))
@pytest.mark.parametrize("geste", list(GESTES_DE_DEMARCHE))
def test_chaque_geste_dans_chaque_etat(geste, etat):
    """Every gesture × state: allowed by the table it leads where it says, else it raises and says so."""
    jour = date(2028, 1, 1) if geste == "constater_le_silence" else SAISIE.jour
    saisie = Saisie(**{**SAISIE.__dict__, "jour": jour})
    if etat in GESTES_DE_DEMARCHE[geste].depuis:
        suite = apres(geste, un(etat), saisie, LOIN)
        assert suite.etat == GESTES_DE_DEMARCHE[geste].vers
        assert suite != un(etat)
    else:
        with pytest.raises(GesteRefuse, match="plus possible"):
            apres(geste, un(etat), saisie, LOIN)


@pytest.mark.parametrize(
    ("geste", "etat", "saisie", "champ"),
    [
        ("deposer", E.A_DEPOSER, Saisie(), "aupres"),
        ("deposer", E.A_DEPOSER, Saisie(aupres="CAF", jour=date(2041, 1, 1)), "jour"),
        ("accuser", E.DEPOSEE, Saisie(jour=date(2027, 1, 9)), "jour"),
        ("demander_des_pieces", E.DEPOSEE, Saisie(), "pieces"),
        ("demander_des_pieces", E.DEPOSEE, Saisie(pieces="x", jour=date(2027, 2, 1), pour_le=date(2027, 1, 31)), "pour_le"),
        ("transmettre", E.DEPOSEE, Saisie(), "aupres"),
        ("decider", E.DEPOSEE, Saisie(decision="SILENCE_REJET"), "decision"),
        ("constater_le_silence", E.DEPOSEE, Saisie(jour=date(2027, 3, 9)), "jour"),
        ("clore", E.DEPOSEE, Saisie(), "cloture"),
    ],
)
def test_ce_qui_manque_se_dit(geste, etat, saisie, champ):
    with pytest.raises(GesteRefuse) as refus:
        apres(geste, un(etat), saisie, LOIN)
    assert refus.value.champ == champ


def test_une_decision_favorable_ne_se_conteste_pas():
    with pytest.raises(GesteRefuse, match="ne se conteste"):
        apres("contester", un(E.DECIDEE, decision="ACCORDEE"), Saisie(), LOIN)


def test_le_recours_prealable_vient_avant_le_juge():
    """RAPO: the court opens only once the compulsory way was taken, decided or left without an answer."""
    refusee = un(E.DECIDEE)
    with pytest.raises(GesteRefuse):
        apres("contester", refusee, Saisie(voie="JUGE_ADMINISTRATIF", jour=date(2027, 1, 20)), LOIN)
    prealable = apres("contester", refusee, Saisie(jour=date(2027, 1, 20)), LOIN)
    assert echeance(prealable).jour == date(2027, 3, 20)
    tu = apres("constater_le_silence", prealable, Saisie(), LOIN)
    assert (tu.decision, tu.decidee_le) == ("SILENCE_REJET", date(2027, 3, 20))
    assert echeance(tu) == type(echeance(tu))(GenreDEcheance.RECOURS, date(2027, 5, 20))
    juge = apres("contester", tu, Saisie(jour=date(2027, 4, 1)), LOIN)
    assert juge.voie == "JUGE_ADMINISTRATIF"
    assert echeance(juge) is None, "no silence before a judge"


def test_un_recours_gracieux_laisse_le_choix():
    refusee = Dossier(**{**un(E.DECIDEE).__dict__, "procedure": "FSL"})
    assert [v.code for v in PROCEDURES["FSL"].voies(0)] == ["GRACIEUX", "JUGE_ADMINISTRATIF"]
    with pytest.raises(GesteRefuse) as refus:
        apres("contester", refusee, Saisie(jour=date(2027, 1, 20)), LOIN)
    assert refus.value.champ == "voie"
    assert apres("contester", refusee, Saisie(voie="JUGE_ADMINISTRATIF", jour=date(2027, 1, 20)), LOIN).rang == 2


def test_l_accuse_de_reception_date_la_demande():
    """CRPA R.112-5: the day written on the receipt is the one that counts; after a forwarding, for the right service."""
    accusee = apres("accuser", un(E.DEPOSEE), Saisie(jour=date(2027, 1, 12)), LOIN)
    assert echeance(accusee).jour == date(2027, 3, 12)
    transmise = apres("transmettre", un(E.DEPOSEE), Saisie(aupres="MSA", jour=date(2027, 1, 20)), LOIN)
    recue = apres("accuser", transmise, Saisie(jour=date(2027, 1, 25)), LOIN)
    assert (recue.recue_le, recue.competente_le) == (date(2027, 1, 10), date(2027, 1, 25))
    assert echeance(recue).jour == date(2027, 3, 10), "L.114-3: a rejection counts from the first door"


@settings(deadline=None)
@given(JOURS, st.sampled_from(sorted(PROCEDURES)), st.integers(0, 3_000))
def test_t11_rien_ne_finit_tout_seul(jour, code, plus):
    """Whatever the day, a date that passes changes no state: the sentences change, the démarche waits for somebody."""
    d = apres("deposer", Dossier(code), Saisie(jour=jour, aupres="x"), jour)
    assert d.etat == E.DEPOSEE
    for qui in (None, VOUS):
        phrases = expliquer(d, jour + timedelta(days=plus), *([qui] if qui else []))
        assert phrases
        assert not [p for p in phrases if "vous avez droit" in p.lower() or "pas droit" in p]


def test_l_horloge_se_dit_en_francais():
    d = apres("deposer", Dossier("RSA"), Saisie(jour=date(2027, 1, 14), aupres="CAF"), date(2027, 1, 14))
    assert expliquer(d, date(2027, 1, 20)) == (
        "Sans réponse le 14 mars 2027, c'est un refus.",
        "La personne aura alors jusqu'au 14 mai 2027 pour contester, auprès de : président du conseil départemental.",
    )
    assert expliquer(d, date(2027, 1, 20), VOUS)[1].startswith("Vous aurez alors jusqu'au 14 mai 2027")
    assert "Sans réponse depuis le 14 mars 2027" in expliquer(d, date(2027, 3, 14))[0]
    assert "acceptée" in expliquer(Dossier(**{**d.__dict__, "procedure": "CSS"}), date(2027, 1, 20))[0]
    assert "forfaitaire" in expliquer(Dossier(**{**d.__dict__, "procedure": "APA"}), date(2027, 1, 20))[0]
    assert "ne décide rien" in expliquer(Dossier(**{**d.__dict__, "procedure": "LOGEMENT_SOCIAL"}), date(2027, 1, 20))[1]


def test_un_delai_passe_n_est_pas_une_porte_fermee():
    """CRPA L.112-6, CJA R.421-5: the sentence says that the delay may not count, and never that it is over."""
    phrases = expliquer(un(E.DECIDEE), date(2028, 1, 1))
    assert "avait jusqu'au" in phrases[0]
    assert any("peut ne pas compter" in p for p in phrases)


def test_les_textes_communs_sont_cites():
    assert {"L.112-3", "L.114-3", "L.114-5", "L.114-5-1"} <= {
        mot.strip(",:") for texte in regles.textes.values() for mot in texte.split()
    }
