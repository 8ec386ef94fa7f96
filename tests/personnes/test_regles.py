"""What is true of a file without a database: sounds, names, births, numbers never asked."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from premier_accueil.personnes.regles import (
    GESTES,
    EtatDeFusion,
    GenreDeMot,
    Naissance,
    apres,
    lire_recherche,
    mots,
    mots_de_nom,
    nom_affiche,
    phonetique,
    sans_nir,
)

JOUR = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("un", "autre"),
    [
        ("philippe", "filip"), ("lefevre", "lefebvre"), ("dupont", "dupond"), ("mohamed", "mohammed"), ("thomas", "toma"),
        ("moreau", "moro"), ("beaufort", "bofor"), ("christophe", "kristof"), ("zerrouki", "seruki"), ("jean", "jan"),
        ("gerard", "jerar"), ("georges", "jorge"), ("renault", "reno"), ("michel", "michelle"), ("leroy", "leroi"),
        ("nguyen", "nguien"), ("andre", "andree"), ("chevalier", "chevalie"), ("quentin", "kentin"),
    ],
)  # fmt: skip
def test_deux_ecritures_qui_s_entendent_pareil_ont_une_cle(un, autre):
    assert phonetique(un) == phonetique(autre)


@pytest.mark.parametrize(
    ("un", "autre"),
    [
        ("martin", "martine"),
        ("durand", "durant1"),
        ("petit", "petra"),
        ("louise", "louis"),
        ("david", "davide"),
        ("girard", "gerard"),
    ],
)
def test_deux_noms_qui_s_entendent_autrement_ont_deux_cles(un, autre):
    assert phonetique(un) != phonetique(autre)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=40))
def test_une_cle_n_est_jamais_vide_ni_semblable_a_un_mot_ecrit(mot):
    son = phonetique(mot)
    assert son
    assert len(son) <= 120
    assert son == son.upper()


def test_les_mots_d_un_nom_disent_les_morceaux_et_le_tout():
    ecrits = {mot for genre, mot in mots_de_nom(["Jean-Pierre", "El Amrani", ""]) if genre is GenreDeMot.NOM}
    assert ecrits == {"jean", "pierre", "jeanpierre", "el", "amrani", "elamrani"}


def test_un_nom_dans_un_autre_alphabet_se_retrouve():
    assert mots("Олена Шевченко") == ["олена", "шевченко"]
    assert mots("محمد") == ["محمد"]


def test_quatre_chiffres_font_une_annee_de_naissance():
    lue = lire_recherche("  Martin 1985 Louise martin", JOUR)
    assert (lue.mots, lue.annee) == (("martin", "louise"), 1985)
    assert lire_recherche("Martin 2150", JOUR).annee is None
    assert len(lire_recherche("a b c d e f g h i", JOUR).mots) == 6
    assert lire_recherche("… !", JOUR).mots == ()


def test_l_identite_est_facultative():
    rien = {"prenom": "", "nom": "", "nom_usage": "", "appellation": ""}
    assert nom_affiche(**rien) == "Personne qui n'a pas dit son nom"
    assert nom_affiche(**rien | {"appellation": "Madame au chien"}) == "Madame au chien"
    assert (
        nom_affiche(**rien | {"prenom": "Louise", "nom": "Martin", "nom_usage": "Petit"})
        == "Louise Petit (née ou né Martin)"
    )


@pytest.mark.parametrize(
    ("naissance", "dite"),
    [
        (Naissance(), ""), (Naissance(1985), "1985"), (Naissance(1985, approximative=True), "vers 1985"),
        (Naissance(1985, 3), "mars 1985"), (Naissance(1985, 3, 1), "1er mars 1985"), (Naissance(1985, 3, 12), "12 mars 1985"),
    ],
)  # fmt: skip
def test_une_naissance_se_dit_comme_on_la_sait(naissance, dite):
    assert str(naissance) == dite
    assert naissance.refus(JOUR) == ""


@pytest.mark.parametrize(
    "naissance",
    [
        Naissance(1985, None, 3),
        Naissance(None, 3),
        Naissance(1985, 2, 30),
        Naissance(2027),
        Naissance(1500),
        Naissance(1985, 13),
    ],
)
def test_une_naissance_impossible_est_refusee_avec_des_mots(naissance):
    assert naissance.refus(JOUR)


@pytest.mark.parametrize(
    "numero",
    ["2 85 05 78 006 084 36", "2850578006084", "285057800608436", "1 84 12 2A 456 789 12", "184122b45678912", "2 850 578 006 084",
     "185.05.78.006.084", "1-85-05-99-350-123", "2 85 31 78 006 084"],
)  # fmt: skip
def test_aucun_nir_le_numero_est_retire_et_le_reste_garde(numero):
    assert sans_nir(f"Louise {numero} Martin") == ("Louise Martin", True)
    assert sans_nir(numero) == ("", True)


@pytest.mark.parametrize(
    "texte",
    ["06 12 34 56 78 / 02 40 12 34 56", "06 12 34 56 78 06 12 34 56 78", "+33 6 12 34 56 78", "née le 12/05/1985 44370",
     "12.05.1985 44370", "1234567890123456", "185057800608", "12 rue de la Paix 44000 Nantes", ""],
)  # fmt: skip
def test_ce_qui_n_est_pas_un_nir_est_garde(texte):
    assert sans_nir(texte) == (texte, False)


@pytest.mark.parametrize("geste", GESTES)
@pytest.mark.parametrize("etat", list(EtatDeFusion))
def test_t6_chaque_geste_depuis_chaque_etat(geste, etat):
    if etat in GESTES[geste].depuis:
        assert apres(geste, etat, propose_par=1, par=2) is GESTES[geste].vers
    else:
        with pytest.raises(ValueError, match="rechargez"):
            apres(geste, etat, propose_par=1, par=2)


def test_t6_on_ne_valide_pas_ce_qu_on_a_propose():
    with pytest.raises(ValueError, match="Une autre personne"):
        apres("valider", EtatDeFusion.PROPOSEE, propose_par=1, par=1)
    assert apres("refuser", EtatDeFusion.PROPOSEE, propose_par=1, par=1) is EtatDeFusion.REFUSEE
