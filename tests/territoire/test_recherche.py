"""Find a commune whatever is typed."""

from __future__ import annotations

import pytest
from django.db.models import F

from premier_accueil.socle.texte import cle
from premier_accueil.territoire.models import Commune
from premier_accueil.territoire.requetes import chercher_communes, commune_par_code, communes_de


@pytest.mark.parametrize(
    ("texte", "code", "libelle"),
    [
        ("Loireauxence", "44213", "Loireauxence (44370)"),
        ("loirauxence", "44213", "Loireauxence (44370)"),
        ("loireauxence 44", "44213", "Loireauxence (44370)"),
        ("Loireauxence (44370)", "44213", "Loireauxence (44370)"),
        ("VARADES", "44213", "Varades → Loireauxence (44370)"),
        ("Varades → Loireauxence (44370)", "44213", "Varades → Loireauxence (44370)"),
        ("44213", "44213", "Loireauxence (44370)"),
        ("44011", "44213", "Belligné → Loireauxence (44370)"),
        ("saint etienne", "42218", "Saint-Étienne (42000)"),
        ("St-Étienne", "42218", "Saint-Étienne (42000)"),
        ("saint etiene", "42218", "Saint-Étienne (42000)"),
        ("havre", "76351", "Le Havre (76600)"),
        ("notre dame landes", "44111", "Notre-Dame-des-Landes (44130)"),
        ("angerrs", "49007", "Angers (49000)"),
        ("paris 12", "75056", "Paris (75001)"),
        ("nante", "44109", "Nantes (44000)"),
        ("ste luce s/ loire", "44172", "Sainte-Luce-sur-Loire (44980)"),
    ],
)
def test_la_premiere_reponse_est_la_bonne(communes, texte, code, libelle):
    premiere = chercher_communes(texte)[0]
    assert (premiere.code, premiere.libelle) == (code, libelle)


def test_un_ancien_nom_mene_a_la_commune_d_aujourd_hui(communes):
    (varades,) = chercher_communes("varades")
    assert varades.parente == ("44213", "Loireauxence")
    assert varades.id == Commune.objects.get(code="44213", genre="COM").pk
    assert (varades.nom, varades.genre, varades.codes_postaux) == ("Varades", "COMD", ("44370",))
    (belligne,) = chercher_communes("44011")
    assert (belligne.code, belligne.ancien_code) == ("44213", "44011")


def test_le_code_postal_donne_ses_communes_les_plus_peuplees_d_abord(communes):
    assert [c.nom for c in chercher_communes("44370")] == ["Loireauxence", "Montrelais"]
    assert {c.codes_postaux[0][:3] for c in chercher_communes("443") if len(c.codes_postaux) == 1} == {"443"}
    assert [c.departement for c in chercher_communes("44", limite=20)] == ["44"] * 20
    assert chercher_communes("2a")[0].nom == "Ajaccio"
    assert chercher_communes("20")[0].departement == "2A"


def test_chez_soi_d_abord_puis_autour_puis_les_plus_peuplees(communes):
    assert chercher_communes("st nazaire", departement="44")[0].code == "44184"
    assert chercher_communes("st nazaire", departement="66")[0].departement == "66"
    assert chercher_communes("saint denis", departement="93")[0].departement == "93"
    assert chercher_communes("saint denis")[0].departement == "974"
    assert chercher_communes("sainte luce 44")[0].code == "44172"
    assert {c.departement for c in chercher_communes("saint", departement="44")[1:]} == {"44"}
    # From the Hérault, both Saint-Nazaire of the south come before the ten times larger one of the west.
    assert {c.departement for c in chercher_communes("st nazaire", departement="34")[:2]} == {"30", "66"}


def test_meme_nom_puis_debut_puis_mot(communes):
    assert [c.nom for c in chercher_communes("bruz")] == ["Bruz", "Gilhac-et-Bruzac"]
    noms = [c.nom for c in chercher_communes("nantes")]
    assert noms == ["Nantes", "Nantes-en-Ratier"]


def test_une_ancienne_commune_du_meme_nom_ne_fait_pas_doublon(communes):
    doubles = Commune.objects.filter(genre="COMD", parente__cle=F("cle")).order_by("code")
    doubles = doubles.values_list("nom", "parente__code")
    assert len(doubles) > 50
    for nom, code in doubles[:20]:
        memes = [c for c in chercher_communes(nom, limite=50) if c.code == code and cle(c.nom) == cle(nom)]
        assert [c.genre for c in memes] == ["COM"]


def test_la_limite_est_tenue(communes):
    assert len(chercher_communes("saint", limite=3)) == 3
    assert len(chercher_communes("saint", limite=0)) == 1
    assert len(chercher_communes("saint", limite=10_000)) == 50


@pytest.mark.parametrize(
    "texte",
    ["", " ", "\x00", "lo\x00ire", "a" * 10_000, "saint " * 2_000, "%", "_", "%%%", "l'",
     "'; DROP TABLE territoire_commune; --",
     '"', "\\", "0" * 5_000, "1", "99999", "00", "2b", "2b9", "ⅷ", "😀", "مدينة", "é" * 200, "st", "s s s s", "-",
     "→", "→ →",
     "\ud800", "x y z", "44 44 44", "cedex", "cedex 1", "97", "971", "9712", "²³"],
    ids=lambda texte: ascii(texte[:20]),
)  # fmt: skip
def test_n_importe_quel_texte_donne_une_liste(communes, texte):
    for departement in (None, "44", "", "%", "\x00", "zz"):
        assert isinstance(chercher_communes(texte, departement=departement), list)


def test_commune_par_code(communes):
    loireauxence = commune_par_code("44213")
    assert (loireauxence.nom, loireauxence.epci_code, loireauxence.departement) == ("Loireauxence", "244400552", "44")
    assert commune_par_code("44011") == loireauxence
    assert commune_par_code("2a004").nom == "Ajaccio"
    assert [commune_par_code(faux) for faux in ("", "99999", "4421", "44213 ", "é4213", "\x00" * 5)] == [None] * 6


def test_communes_d_un_departement(communes):
    noms = [c.nom for c in communes_de("44")]
    assert len(noms) == 207
    assert noms[0] == "Abbaretz"
    assert communes_de("%") == [] == communes_de("00")
