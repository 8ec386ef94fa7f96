"""The clocks of a domiciliation: answer in two months, one year, three months of absence counting calls."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from premier_accueil.entretien.regles.demarches import jour_plus_tard
from premier_accueil.entretien.regles.domiciliation import (
    DOMICILIATION,
    GESTES_DE_DOMICILIATION,
    EtatDeDomiciliation,
    Excuse,
    fin_de_l_attestation,
    reponse_due,
    sans_nouvelles_depuis,
)

E = EtatDeDomiciliation
JOURS = st.dates(date(2024, 1, 1), date(2034, 12, 31))
DEBUT = date(2027, 1, 5)


@settings(deadline=None)
@given(JOURS)
def test_t11_deux_mois_pour_repondre_un_an_de_domiciliation(jour):
    assert reponse_due(jour) == jour_plus_tard(jour, mois=2)
    fin = fin_de_l_attestation(jour)
    assert timedelta(days=365) <= fin - jour <= timedelta(days=366)
    assert (fin.day, fin.month) == ((28, 2) if (jour.day, jour.month) == (29, 2) else (jour.day, jour.month))


def test_pas_de_decision_sans_entretien():
    """CASF D.264-2: the table has no way from the request to a decision."""
    for geste in ("accorder", "refuser"):
        assert GESTES_DE_DOMICILIATION[geste].depuis == {E.ENTRETIEN}
    assert GESTES_DE_DOMICILIATION["radier"].depuis == {E.ACCORDEE}


@settings(deadline=None)
@given(JOURS, st.integers(0, 400), st.lists(st.integers(0, 400), max_size=6))
def test_t11_trois_mois_apres_le_dernier_signe_pas_avant(debut, plus, contacts):
    jour = debut + timedelta(days=plus)
    quand = [debut + timedelta(days=c) for c in contacts]
    depuis = sans_nouvelles_depuis(debut, quand, [], jour)
    dernier = max([debut, *(c for c in quand if c <= jour)])
    assert depuis == (dernier if jour > jour_plus_tard(dernier, mois=3) else None)


def test_un_appel_compte_comme_une_visite():
    jour = date(2027, 6, 1)
    assert sans_nouvelles_depuis(DEBUT, [], [], jour) == DEBUT
    assert sans_nouvelles_depuis(DEBUT, [date(2027, 3, 2)], [], jour) is None


@pytest.mark.parametrize("motif", sorted(DOMICILIATION.excuses))
def test_une_absence_expliquee_ne_compte_pas(motif):
    jour = date(2027, 12, 1)
    assert sans_nouvelles_depuis(DEBUT, [], [Excuse(motif, date(2027, 2, 1), None)], jour) is None
    finie = [Excuse(motif, date(2027, 2, 1), date(2027, 6, 1))]
    assert sans_nouvelles_depuis(DEBUT, [], finie, date(2027, 9, 1)) is None
    assert sans_nouvelles_depuis(DEBUT, [], finie, date(2027, 9, 2)) == date(2027, 6, 1)


def test_le_texte_ne_cite_que_la_sante_et_la_privation_de_liberte():
    """CASF D.264-3 since 2016: work was an excuse before; the others are the person's word, read by somebody."""
    assert set(DOMICILIATION.excuses) - DOMICILIATION.hors_du_texte == {"SANTE", "PRIVATION_DE_LIBERTE"}
