"""The table itself: every gesture × every state × every party."""

from __future__ import annotations

from itertools import product

import pytest

from premier_accueil.relais.regles import (
    ETATS,
    FINIS,
    GESTES,
    EtatDeRelais,
    GesteImpossible,
    Partie,
    gestes_de,
    reglages,
    verifier,
)


@pytest.mark.parametrize("nom", GESTES)
def test_chaque_geste_dans_chaque_etat_pour_chacun(nom):
    geste = GESTES[nom]
    for etat, partie in product(EtatDeRelais, Partie):
        if partie in geste.par and etat in geste.depuis:
            assert verifier(nom, etat, partie) is geste
            assert nom in gestes_de(etat, partie)
        else:
            with pytest.raises(GesteImpossible, match=r"c'est à|Entre-temps"):
                verifier(nom, etat, partie)
            assert nom not in gestes_de(etat, partie)


def test_un_geste_impossible_dit_ce_qui_s_est_passe():
    with pytest.raises(GesteImpossible, match="Entre-temps, ce relais est devenu « refusé »"):
        verifier("accepter", EtatDeRelais.REFUSE, Partie.DESTINATAIRE)


def test_tout_etat_ouvert_attend_quelqu_un_avant_une_date_et_un_geste_l_en_sort():
    for code, etat in ETATS.items():
        if code in FINIS:
            assert (etat.agit, etat.delai) == (None, "")
            assert not any(code in g.depuis for g in GESTES.values())
            continue
        assert etat.agit in (Partie.EXPEDITEUR, Partie.DESTINATAIRE)
        assert etat.attend
        assert etat.delai in reglages().delais
        assert any(etat.agit in g.par and code in g.depuis for g in GESTES.values()), code
        assert code in GESTES["retirer"].depuis  # T1: whatever the state


def test_tout_etat_se_rejoint_et_tout_relais_peut_finir():
    voisins = {e: {g.vers for g in GESTES.values() if e in g.depuis} for e in EtatDeRelais}

    def atteints(depart):
        vus, pile = {depart}, [depart]
        while pile:
            nouveaux = voisins[pile.pop()] - vus
            vus |= nouveaux
            pile += nouveaux
        return vus

    assert atteints(EtatDeRelais.BROUILLON) == set(EtatDeRelais)
    assert all(EtatDeRelais.CLOS in atteints(e) for e in EtatDeRelais if e not in FINIS)


def test_t12_une_absence_n_est_pas_une_cloture():
    assert GESTES["constater_l_absence"].vers not in FINIS
    assert ETATS[EtatDeRelais.NON_VENU].agit is Partie.EXPEDITEUR


def test_chaque_liste_de_codes_existe():
    for geste in GESTES.values():
        assert not geste.motifs or getattr(reglages(), geste.motifs)
