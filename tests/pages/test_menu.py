"""The menu: what one needs with somebody in front of one is at hand, the rest one click further, nothing is lost."""

from __future__ import annotations

import pytest

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.acteurs.requetes import Role
from premier_accueil.pages.templatetags.maison import LIGNES_SANS_PLI, MENU, menu, peut


def role(fonction: Fonction) -> Role:
    return Role(1, 1, "Nadia", 1, "CCAS", "44", fonction)


@pytest.mark.parametrize("fonction", list(Fonction))
def test_chaque_page_permise_est_au_menu_une_fois(fonction):
    vu = menu(role(fonction), "/")
    libelles = [e.libelle for e in (*vu.barre, *vu.autres)]
    assert sorted(libelles) == sorted(libelle for _, libelle, droit in MENU if peut(fonction, droit))
    assert len(vu.barre) <= LIGNES_SANS_PLI
    assert not vu.autres or len(libelles) > LIGNES_SANS_PLI


def test_la_page_ou_l_on_est_se_dit_meme_pliee():
    vu = menu(role(Fonction.TRAVAIL_SOCIAL), "/demarches/12/")
    assert vu.ici
    assert [e.libelle for e in vu.autres if e.ici] == ["Démarches"]
    assert not menu(role(Fonction.TRAVAIL_SOCIAL), "/guichet/").ici
