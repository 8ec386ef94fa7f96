"""What words say of an age."""

from __future__ import annotations

import pytest

from premier_accueil.orientation.regles.conditions import age_convient, ages_dits


@pytest.mark.parametrize(
    ("texte", "ages"),
    [
        ("Avoir entre 16 et 25 ans.", (16, 25)),
        ("Jeunes de 16 à 25 ans inscrits", (16, 25)),
        ("Réservé aux 18-30 ans", (18, 30)),
        ("Personnes de plus de 60 ans", (60, 130)),
        ("À partir de 62 ans", (62, 130)),
        ("60 ans et plus", (60, 130)),
        ("Moins de 26 ans", (0, 25)),
        ("Jusqu’à 20 ans", (0, 20)),
        ("Dès 15 ans", (15, 130)),
        ("Résider dans le département depuis 2 ans", None),
        ("Parents d’enfants de moins de 3 ans", None),
        ("Ouvert à tous", None),
        ("De 30 à 20 ans", None),
        ("", None),
    ],
)
def test_l_age_lu_dans_une_condition(texte, ages):
    assert ages_dits(texte) == ages


def test_l_inconnu_n_est_ni_oui_ni_non():
    assert age_convient(None, 20) is None
    assert age_convient((16, 25), None) is None
    assert age_convient((16, 25), 25) is True
    assert age_convient((16, 25), 26) is False
