"""Hours: as the France services file writes them, asked at a moment, said in words."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from premier_accueil.annuaire.regles.horaires import (
    convertir_semaine,
    en_clair,
    ouverture,
    plages_du_jour,
    prochaine_en_clair,
    valables,
)
from premier_accueil.annuaire.regles.ouverture import _du_jour

PARIS = ZoneInfo("Europe/Paris")


def le(jour: str, zone: ZoneInfo = PARIS) -> datetime:
    return datetime.fromisoformat(jour).replace(tzinfo=zone)


# Cells of the list of France services of 1 August 2024 (ANCT), except the last ones: other usual ways of writing.
CASES = {
    "": "",
    "13:30 - 17:00": "13:30-17:00",
    "09:30 - 16:30": "09:30-16:30",
    "09:00 - 12:00": "09:00-12:00",
    "09:00 - 12:00 / 13:30 - 17:00": "09:00-12:00,13:30-17:00",
    "09:00 - 12:00 / 14:00 - 16:30": "09:00-12:00,14:00-16:30",
    "08:45 - 12:00 / 13:30 - 18:00": "08:45-12:00,13:30-18:00",
    "08:30 - 12:00 / 13:30 - 17:00": "08:30-12:00,13:30-17:00",
    "09:00 - 12:00 / 13:00 - 17:30": "09:00-12:00,13:00-17:30",
    "09:00 - 12:00 / 13:30 - 16:00": "09:00-12:00,13:30-16:00",
    "00:00 - 00:00 / 09:00 - 12:00 / 14:00 - 17:00": "09:00-12:00,14:00-17:00",
    "00:00 - 00:00 / 09:00 - 12:00 / 13:30 - 16:30": "09:00-12:00,13:30-16:30",
    "00:00 - 00:00 / 00:00 - 00:00 / 08:30 - 16:00": "08:30-16:00",
    "00:00 - 00:00 / 00:00 - 00:00 / 09:00 - 12:00 / 13:30 - 16:30": "09:00-12:00,13:30-16:30",
    "00:00 - 00:00 / 00:00 - 00:00 / 09:00 - 12:00 / 14:00 - 17:00": "09:00-12:00,14:00-17:00",
    "00:00 - 00:00 / 09:00 - 12:00 / 13:30 - 16:00": "09:00-12:00,13:30-16:00",
    "09:00 - 11:00 / 11:00 - 12:00 / 13:30 - 17:00": "09:00-12:00,13:30-17:00",
    "09:45 - 12:00 / 09:45 - 12:00 / 13:45 - 16:30": "09:45-12:00,13:45-16:30",
    "09:45 - 12:00 / 09:45 - 12:00 / 13:45 - 15:30": "09:45-12:00,13:45-15:30",
    "08:30 - 12:00 / 13:00 - 17:30 / 13:00 - 17:30": "08:30-12:00,13:00-17:30",
    "09:00 - 12:30 / 13:30 - 16:30 / 13:30 - 16:30": "09:00-12:30,13:30-16:30",
    "09:00 - 12:30 / 13:30 - 17:00 / 13:30 - 17:00": "09:00-12:30,13:30-17:00",
    "09:15 - 12:15 / 09:15 - 12:15 / 14:00 - 17:00": "09:15-12:15,14:00-17:00",
    "08:45 - 10:00 / 10:30 - 11:30 / 13:30 - 14:30 / 15:00 - 16:15": "08:45-10:00,10:30-11:30,13:30-14:30,15:00-16:15",
    "08:45 - 09:45 / 11:15 - 11:45 / 13:30 - 14:30 / 15:00 - 16:15": "08:45-09:45,11:15-11:45,13:30-14:30,15:00-16:15",
    "09:00 - 12:30 / 09:00 - 17:00 / 14:00 - 17:00": None,
    "09:00 - 17:30 / 09:00 - 12:00 / 13:30 - 17:30": None,
    "09:00 - 12:00 / 09:00 - 17:30 / 13:30 - 17:30": None,
    "00:00 - 00:00 / 08:00 - 15:00 / 08:00 - 16:00 / 08:00 - 16:00": None,
    "00:00 - 00:00 / 08:00 - 16:00 / 08:00 - 15:00 / 08:00 - 16:00": None,
    "09:00 - 17:00 / 09:00 - 12:00 / 14:00 - 17:00": None,
    "09:00 - 12:00 / 09:00 - 17:00 / 14:00 - 17:00": None,
    "09:00 - 12:00 / 09:00 - 16:30 / 14:00 - 16:30": None,
    "08:30 - 17:30 / 08:30 - 12:30 / 08:30 - 12:30 / 08:30 - 17:30": None,
    "08:30 - 12:30 / 08:30 - 12:30 / 08:30 - 17:30": None,
    "08:45 - 10:15 / 10:30 - 11:30 / 10:30 - 12:00 / 13:30 - 14:30 / 15:00 - 16:15": None,
    "09:00 - 17:00 / 09:00 - 12:30 / 14:00 - 17:00": None,
    "08:30 - 12:00 / 08:30 - 16:00": None,
    "09:00 - 16:30 / 13:30 - 16:30": None,
    "09:00 - 14:00 / 11:00 - 12:30": None,
    "08:00 - 15:00 / 08:30 - 13:30": None,
    "9h-12h et 14h-17h30": "09:00-12:00,14:00-17:30",
    "9 h 00 à 12 h 00": "09:00-12:00",
    "Fermé": "",
    "17:00 - 09:00": None,
    "25:00 - 26:00": None,
    "sur rendez-vous": None,
}


@pytest.mark.parametrize(("texte", "attendu"), CASES.items())
def test_une_case_du_fichier_france_services(texte, attendu):
    lus = convertir_semaine([texte])
    if attendu is None:
        assert plages_du_jour(texte) is None
        assert (lus.horaires, lus.texte) == ("", f"lundi : {texte}")
    else:
        assert (lus.horaires, lus.texte) == (f"Mo {attendu}" if attendu else "", "")


def test_les_jours_pareils_sont_regroupes_et_le_jour_illisible_reste_en_mots():
    lus = convertir_semaine(["09:00 - 12:00"] * 3 + ["n'importe quoi", "09:00 - 12:00", "10:00 - 11:00"])
    assert lus.horaires == "Mo-We,Fr 09:00-12:00; Sa 10:00-11:00; Th unknown"
    assert lus.texte == "jeudi : n'importe quoi"
    assert ouverture(lus.horaires, le("2026-11-26T10:00")).ouvert is None  # the Thursday
    assert ouverture(lus.horaires, le("2026-11-25T10:00")).ouvert is True


def test_ouvert_ferme_et_prochaine():
    horaires = "Mo-Fr 09:00-12:00,13:30-17:00; PH off"
    dedans = ouverture(horaires, le("2026-11-23T10:00"))
    assert (dedans.ouvert, dedans.fermeture, dedans.prochaine) == (True, le("2026-11-23T12:00"), None)
    dehors = ouverture(horaires, le("2026-11-22T15:00"))
    assert (dehors.ouvert, dehors.prochaine, dehors.a_confirmer) == (False, le("2026-11-23T09:00"), False)
    # The minute of closing is closed; the one of opening is open.
    assert ouverture(horaires, le("2026-11-23T12:00")).ouvert is False
    assert ouverture(horaires, le("2026-11-23T09:00")).ouvert is True


def test_une_seule_lecture_sert_toute_la_journee():
    horaires = "Mo-Fr 09:00-12:00,13:30-17:00; Sa 22:00-02:00; PH off"
    heures = ("00:00", "08:59", "09:00", "11:59", "12:30", "13:30", "17:00", "23:59")
    for jour in ("2026-11-23", "2026-11-27", "2026-11-28", "2026-11-29", "2026-12-25"):
        ensemble = [ouverture(horaires, le(f"{jour}T{heure}")) for heure in heures]
        assert seul(horaires, jour, heures) == ensemble


def seul(horaires, jour, heures):
    """Return the answers, each from hours read anew."""
    dites = []
    for heure in heures:
        _du_jour.cache_clear()
        dites.append(ouverture(horaires, le(f"{jour}T{heure}")))
    return dites


@pytest.mark.parametrize(
    "texte", ["", "  ", "lundi 9h", "Mo-Fr 25:00-26:00", "x" * 100_000, "\x00", "Mo-Fr 09:00-12:00;;"]
)
def test_inconnu_reste_inconnu_sans_erreur(texte):
    vue = ouverture(texte, le("2026-11-23T10:00"))
    assert (vue.ouvert, vue.prochaine, vue.fermeture, vue.a_confirmer) == (None, None, None, True)
    assert not valables(texte)


def test_une_heure_sans_fuseau_est_refusee():
    with pytest.raises(ValueError, match="time zone"):
        ouverture("24/7", le("2026-11-23T10:00").replace(tzinfo=None))


def test_t15_permanence_du_1er_janvier():
    jour_de_l_an = le("2027-01-01T10:00")  # a Friday
    tu = ouverture("Mo-Fr 09:00-12:00", jour_de_l_an)
    assert (tu.ouvert, tu.a_confirmer, tu.prochaine) == (None, True, le("2027-01-04T09:00"))
    assert ouverture("Mo-Fr 09:00-12:00; PH off", jour_de_l_an).ouvert is False
    assert ouverture("Mo-Fr 09:00-12:00; PH 09:00-11:00", jour_de_l_an).fermeture == le("2027-01-01T11:00")
    assert ouverture("Jan 1 09:00-12:00", jour_de_l_an).ouvert is True
    assert ouverture("24/7", jour_de_l_an).ouvert is True
    # The evening before never promises the holiday.
    assert ouverture("Mo-Fr 09:00-12:00", le("2026-12-31T18:00")).prochaine == le("2027-01-04T09:00")
    # At night, the rule itself says closed.
    assert ouverture("Mo-Fr 09:00-12:00", le("2027-01-01T23:00")).ouvert is False


def test_t15_feries_locaux_et_horloge_d_outre_mer():
    lendemain_de_noel = le("2025-12-26T10:00")  # a Friday, kept in Alsace-Moselle only
    assert ouverture("Mo-Fr 09:00-12:00; PH off", lendemain_de_noel).ouvert is True
    assert ouverture("Mo-Fr 09:00-12:00; PH off", lendemain_de_noel, departement="67").ouvert is None
    assert ouverture("Mo-Fr 09:00-12:00", le("2026-11-23T06:30"), departement="974").ouvert is True


def test_t15_aout():
    horaires = "Mo-Fr 09:00-12:00; PH off; Aug off"
    assert ouverture(horaires, le("2027-08-03T10:00")).ouvert is False
    assert ouverture(horaires, le("2027-07-30T13:00")).prochaine == le("2027-09-01T09:00")


def test_t15_semaines_paires_et_impaires():
    # ISO weeks 48 and 49 of 2026; 2026 has 53 weeks: weeks 53 and 1 are both odd.
    impaires = "week 1-53/2 Tu 14:00-17:00"
    assert ouverture(impaires, le("2026-11-24T15:00")).ouvert is False
    assert ouverture(impaires, le("2026-12-01T15:00")).ouvert is True
    assert ouverture(impaires, le("2026-12-29T15:00")).ouvert is True
    assert ouverture(impaires, le("2026-12-29T18:00")).prochaine == le("2027-01-05T14:00")
    assert ouverture("week 2-53/2 Tu 14:00-17:00", le("2026-11-24T15:00")).ouvert is True


def test_t15_la_fermeture_exceptionnelle_bat_la_regle():
    conges = ((date(2026, 11, 23), date(2026, 11, 24), "formation"),)
    vue = ouverture("Mo-Fr 09:00-12:00", le("2026-11-23T10:00"), conges)
    assert (vue.ouvert, vue.prochaine, vue.motif) == (False, le("2026-11-25T09:00"), "formation")
    assert ouverture("Mo-Fr 09:00-12:00", le("2026-11-22T10:00"), conges).prochaine == le("2026-11-25T09:00")
    assert ouverture("24/7", le("2026-11-22T10:00"), conges).fermeture == le("2026-11-23T00:00")
    assert ouverture("", le("2026-11-23T10:00"), conges).ouvert is False


def test_vacances_scolaires_et_repli_sont_a_confirmer():
    assert ouverture("Mo-Fr 09:00-12:00; SH off", le("2026-11-23T10:00")).a_confirmer is True
    assert ouverture('Mo 09:00-12:00 || "appelez"', le("2026-11-24T10:00")).ouvert is None


def test_changement_d_heure():
    vue = ouverture("Su 09:00-12:00", le("2026-10-24T20:00"))
    assert vue.prochaine is not None
    assert vue.prochaine.utcoffset() == timedelta(hours=1)  # winter time began that night
    assert vue.prochaine == le("2026-10-25T09:00")


EN_CLAIR = {
    "Mo-Fr 09:00-12:00,13:30-17:00": ("lundi à vendredi : 9 h–12 h et 13 h 30–17 h",),
    "Mo-Fr 09:00-12:00; PH off": ("lundi à vendredi : 9 h–12 h", "fermé les jours fériés"),
    "We[1] 09:30-12:00": ("premier mercredi du mois : 9 h 30–12 h",),
    "Tu[1,3] 09:30-12:00": ("premier et troisième mardi du mois : 9 h 30–12 h",),
    "week 2-53/2 Tu 14:00-17:00": ("mardi, semaines paires : 14 h–17 h",),
    "week 1-53/2 Th 09:00-12:00": ("jeudi, semaines impaires : 9 h–12 h",),
    "Mo-Fr 09:00-12:00; Aug off": ("lundi à vendredi : 9 h–12 h", "fermé en août"),
    "Mo 09:00-12:00; Aug 1-Aug 21 off": ("lundi : 9 h–12 h", "fermé du 1er au 21 août"),
    "Sa,Su 10:00-12:00": ("samedi et dimanche : 10 h–12 h",),
    "24/7": ("tous les jours, 24 heures sur 24",),
    "Mo-Fr 08:00-12:00 \"sur rendez-vous\"": ("lundi à vendredi : 8 h–12 h (sur rendez-vous)",),
    # A later rule replaces an earlier one on the same day: words must not promise both.
    "Mo-Fr 09:00-12:00; Tu 14:00-17:00": ("lundi et mercredi à vendredi : 9 h–12 h", "mardi : 14 h–17 h"),
    "sunrise-sunset": ("sunrise-sunset",),
    "lundi 9h": ("lundi 9h",),
    "": (),
}  # fmt: skip


@pytest.mark.parametrize(("horaires", "attendu"), EN_CLAIR.items())
def test_en_clair(horaires, attendu):
    assert en_clair(horaires) == attendu


def test_prochaine_en_clair():
    dimanche = le("2026-11-22T15:00")
    assert prochaine_en_clair(le("2026-11-22T17:30"), dimanche) == "ouvre aujourd’hui à 17 h 30"
    assert prochaine_en_clair(le("2026-11-23T09:00"), dimanche) == "ouvre demain à 9 h"
    assert prochaine_en_clair(le("2026-11-24T14:00"), dimanche) == "ouvre mardi 24 novembre à 14 h"
    assert prochaine_en_clair(le("2027-01-01T14:00"), dimanche) == "ouvre vendredi 1er janvier 2027 à 14 h"
