"""Pure rules: geometry, hours, journeys, typed places."""

from __future__ import annotations

import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from premier_accueil.territoire.regles import (
    GeometrieIllisible,
    Mode,
    comprendre,
    dans_contour,
    distance_km,
    fiche_de_mairie,
    horaires_osm,
    nom_complet,
    point_de,
    point_interieur,
    trajet,
)
from premier_accueil.territoire.regles.geometrie import ecrire, lire
from premier_accueil.territoire.regles.mairie import code_postal_de

CARRE = (0.0, 0.0, 10.0, 0.0, 10.0, 10.0, 0.0, 10.0, 0.0, 0.0)
TROU = (4.0, 4.0, 6.0, 4.0, 6.0, 6.0, 4.0, 6.0, 4.0, 4.0)
ILE = (20.0, 20.0, 21.0, 20.0, 21.0, 21.0, 20.0, 21.0, 20.0, 20.0)
FER_A_CHEVAL = (0.0, 0.0, 10.0, 0.0, 10.0, 10.0, 9.0, 10.0, 9.0, 1.0, 1.0, 1.0, 1.0, 10.0, 0.0, 10.0, 0.0, 0.0)
TROUE = ecrire([[CARRE, TROU], [ILE]])


def polygone(ordre: str, *anneaux: tuple[float, ...], srid: bool = False) -> bytes:
    octets = (b"\x01" if ordre == "<" else b"\x00") + struct.pack(f"{ordre}I", 3 | (0x20000000 if srid else 0))
    octets += struct.pack(f"{ordre}I", 4326) if srid else b""
    octets += struct.pack(f"{ordre}I", len(anneaux))
    for a in anneaux:
        octets += struct.pack(f"{ordre}I{len(a)}d", len(a) // 2, *a)
    return octets


@pytest.mark.parametrize(
    ("latitude", "longitude", "attendu"),
    [
        (1, 1, True), (5, 5, False), (20.5, 20.5, True), (15, 15, False), (5, 3.99, True), (-1, 5, False),
        (math.nan, 5, False),
    ],
)
def test_un_point_dans_le_trou_est_dehors_et_dans_l_ile_dedans(latitude, longitude, attendu):
    assert dans_contour(TROUE, latitude, longitude) is attendu


def test_un_contour_inconnu_ou_abime_ne_dit_ni_oui_ni_non():
    assert dans_contour(None, 1, 1) is None
    assert dans_contour(b"", 1, 1) is None
    assert dans_contour(TROUE[:60], 1, 1) is None
    assert point_interieur(TROUE[:60]) is None
    assert point_interieur(None) is None


@pytest.mark.parametrize("ordre", ["<", ">"])
@pytest.mark.parametrize("srid", [True, False])
def test_les_deux_ordres_d_octets_et_l_ewkb_se_lisent(ordre, srid):
    lu = polygone(ordre, CARRE, TROU, srid=srid)
    assert lire(lu) == [[CARRE, TROU]]
    assert ecrire(lire(lu)).startswith(b"\x01\x06\x00\x00\x00\x01")
    assert dans_contour(memoryview(lu), 5, 5) is False
    assert dans_contour(lu, 1, 1) is True


@pytest.mark.parametrize(
    "faux", [b"", b"\x02\x00\x00\x00\x00", struct.pack("<BI2d", 1, 1, 2, 48), struct.pack("<BII", 1, 3, 1)]
)
def test_autre_chose_qu_un_polygone_est_refuse(faux):
    with pytest.raises(GeometrieIllisible):
        lire(faux)


def test_une_longueur_mensongere_ne_reserve_pas_de_memoire():
    with pytest.raises(GeometrieIllisible):
        lire(struct.pack("<BIII", 1, 3, 1, 2**31 - 1))


@pytest.mark.parametrize("forme", [[[CARRE, TROU]], [[FER_A_CHEVAL]], [[ILE], [CARRE, TROU]]])
def test_le_point_interieur_est_dedans(forme):
    latitude, longitude = point_interieur(ecrire(forme))
    assert dans_contour(ecrire(forme), latitude, longitude)


@given(st.lists(st.tuples(st.floats(1, 9), st.integers(0, 359)), min_size=3, max_size=30, unique_by=lambda p: p[1]))
def test_le_point_interieur_d_une_etoile_est_toujours_dedans(rayons):
    tournes = sorted(rayons, key=lambda p: p[1])
    points = [(r * math.cos(math.radians(a)), r * math.sin(math.radians(a))) for r, a in tournes]
    contour = ecrire([[tuple(v for p in [*points, points[0]] for v in p)]])
    trouve = point_interieur(contour)
    assert trouve is None or dans_contour(contour, *trouve)


def test_un_contour_plat_n_a_pas_d_interieur():
    assert point_interieur(ecrire([[(0.0, 0.0, 5.0, 0.0, 9.0, 0.0, 0.0, 0.0)]])) is None


def test_un_point_hors_de_la_terre_n_est_pas_un_point():
    assert point_de(struct.pack("<BI2d", 1, 1, 2.5, 48.8)) == (48.8, 2.5)
    assert point_de(struct.pack("<BI2d", 1, 1, math.nan, math.nan)) is None
    assert point_de(struct.pack("<BI2d", 1, 1, 2.0, 91.0)) is None
    with pytest.raises(GeometrieIllisible):
        point_de(TROUE)


def test_distance_de_nantes_a_angers():
    assert distance_km(47.218, -1.554, 47.471, -0.547) == pytest.approx(80.8, abs=0.5)
    assert distance_km(47, 1, 47, 1) == 0


@pytest.mark.parametrize(
    ("source", "osm"),
    [
        ('[["lundi","jeudi",[["09:00:00","12:00:00"],["14:00:00","17:30:00"]]]]', "Mo-Th 09:00-12:00,14:00-17:30"),
        (
            '[["lundi","lundi",[["09:00:00","12:00:00"]]],["mercredi","mercredi",[["09:00:00","12:00:00"]]],'
            '["samedi","samedi",[["10:00:00","11:00:00"]]]]',
            "Mo,We 09:00-12:00; Sa 10:00-11:00",
        ),
        ('[["jeudi","",[["14:00:00","18:00:00"]]]]', "Th 14:00-18:00"),
        ('[["mardi","mardi",[["13:30:30","17:00:00"],["12:30:00","12:30:00"]]]]', "Tu 13:30-17:00"),
        (
            '[["jeudi","jeudi",[["08:30:00","12:00:00"]]],'
            '["jeudi","vendredi",[["08:30:00","12:00:00"],["11:00:00","15:00:00"]]]]',
            "Th-Fr 08:30-15:00",
        ),
        ("[]", ""), ("", ""), ("pas du json", ""), ('[["lundi"]]', ""),
        ('[["lundi","lundi",[["25:00:00","26:00:00"]]]]', ""),
        ('[["jour","lundi",[["09:00:00","12:00:00"]]]]', ""), ("42", ""), ("[[1,2,[[3,4]]]]", ""),
    ],
)  # fmt: skip
def test_les_horaires_de_mairie_deviennent_ceux_d_openstreetmap(source, osm):
    assert horaires_osm(source) == osm


def test_une_fiche_ne_dit_que_ce_qui_est_su():
    ligne = {
        "mairie_adresse": "1 rue X\n44370 Y", "mairie_telephone": "02 40", "mairie_email": "", "mairie_site": " ",
        "mairie_horaires": "[]", "mairie_accessibilite": "NAC",
    }  # fmt: skip
    assert fiche_de_mairie(ligne) == {"adresse": "1 rue X\n44370 Y"}
    assert fiche_de_mairie(ligne | {"mairie_accessibilite": "ACC"})["accessibilite"] == "accessible"
    assert code_postal_de(ligne["mairie_adresse"]) == "44370"
    assert code_postal_de("12345678 rue") == ""


def test_l_article_revient_devant_le_nom():
    assert [nom_complet("Mans", "2"), nom_complet("Abergement", "5"), nom_complet("Nantes", "0")] == [
        "Le Mans", "L'Abergement", "Nantes",
    ]  # fmt: skip


@pytest.mark.parametrize("mode", list(Mode))
def test_un_trajet_plus_long_ne_prend_jamais_moins_de_temps(mode):
    durees = [t.minutes for km in range(200) if (t := trajet(km / 2, mode))]
    assert durees == sorted(durees)
    assert durees[0] >= 1


def test_un_trajet_est_dit_estime_et_dit_sur_quoi_il_repose():
    t = trajet(15 / 1.3, "voiture")
    assert (t.minutes, t.km, t.mode, t.estimation) == (27, 15.0, "voiture", True)
    assert "50 km/h" in t.hypothese
    assert "horaires non connus" in trajet(5, "transport").hypothese
    assert trajet(5, "transport").minutes > trajet(5, "velo").minutes


@pytest.mark.parametrize(("mode", "km"), [("pied", 6.1), ("velo", 21), ("transport", 31)])
def test_trop_loin_pour_le_mode_on_ne_promet_rien(mode, km):
    assert trajet(km, mode) is None


@pytest.mark.parametrize("faux", [-1, math.nan, math.inf])
def test_une_distance_impossible_est_refusee(faux):
    with pytest.raises(ValueError, match="distance"):
        trajet(faux, "voiture")
    with pytest.raises(ValueError, match="fusee"):
        trajet(1, "fusee")


@pytest.mark.parametrize(
    ("texte", "compris"),
    [
        ("St-Nazaire", ("saint nazaire", "", "")),
        ("Ste Luce s/ Loire", ("sainte luce sur loire", "", "")),
        ("loireauxence 44", ("loireauxence", "", "44")),
        ("44370 Loireauxence", ("loireauxence", "44370", "")),
        ("Varades → Loireauxence (44370)", ("varades", "44370", "")),
        ("NANTES CEDEX 2", ("nantes", "", "")),
        ("Paris 12e", ("paris", "", "")),
        ("paris 12", ("paris", "", "")),
        ("2a004", ("", "2A004", "")),
        ("443", ("", "", "443")),
        ("%_'\x00", ("", "", "")),
    ],
)
def test_ce_qu_on_tape_est_compris(texte, compris):
    demande = comprendre(texte)
    assert (demande.nom, demande.code, demande.debut) == compris
