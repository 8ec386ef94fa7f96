"""The guide prints the table as the rules say it."""

from __future__ import annotations

from premier_accueil.relais.regles.etats import ETATS, GESTES
from premier_accueil.relais.regles.guide import table_des_etats, table_des_gestes
from tests.environnement import RACINE

GUIDE = RACINE / "docs" / "guide" / "relais.md"


def test_le_guide_imprime_la_table_des_etats_et_des_gestes():
    guide = GUIDE.read_text()
    for attendu in (table_des_etats(), table_des_gestes()):
        assert attendu in guide, f"to paste in {GUIDE.name}:\n{attendu}"


def test_la_table_du_guide_n_oublie_rien():
    assert table_des_etats().count("\n") == len(ETATS) + 1
    assert table_des_gestes().count("\n") == len(GESTES) + 1
