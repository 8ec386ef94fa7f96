"""The command line: sentences, never a trace."""

from __future__ import annotations

import csv

import pytest
from click.testing import CliRunner

from premier_accueil.commandes import territoire as module
from premier_accueil.commandes.territoire import territoire


@pytest.fixture
def lancer(communes, monkeypatch):
    monkeypatch.setattr(module, "preparer", lambda: None)
    return lambda *mots: CliRunner().invoke(territoire, list(mots))


def test_charger_rend_compte_et_ecrit_le_detail(lancer, tmp_path):
    resultat = lancer("charger", "--details", str(tmp_path / "points.csv"))
    assert resultat.exit_code == 0, resultat.output
    assert "34\u202f875 communes, 2\u202f105 communes déléguées" in resultat.stdout
    assert "2\u202f028 mairies sont placées hors de leur commune" in resultat.stdout
    assert "Communes de France" in resultat.stderr
    lignes = list(csv.DictReader((tmp_path / "points.csv").read_text(encoding="utf-8").splitlines()))
    assert len(lignes) == 2028
    assert set(lignes[0]) == {"code", "genre", "nom", "latitude", "longitude"}


def test_chercher_montre_le_code_et_le_libelle(lancer):
    assert lancer("chercher", "varades").stdout == "44213  Varades → Loireauxence (44370)\n"
    rien = lancer("chercher", "xqzt")
    assert (rien.exit_code, rien.stderr) == (1, "Aucune commune ne ressemble à ce texte.\n")


def test_sans_donnees_une_phrase(lancer, monkeypatch):
    from premier_accueil.territoire.actions import source

    monkeypatch.setattr(source, "PAQUET", "paquet_qui_n_existe_pas")
    resultat = lancer("charger")
    assert resultat.exit_code == 1
    assert "Réinstallez le programme" in resultat.stderr
    assert "Traceback" not in resultat.output


@pytest.mark.django_db
def test_avant_le_chargement_on_dit_comment_charger(monkeypatch):
    monkeypatch.setattr(module, "preparer", lambda: None)
    resultat = CliRunner().invoke(territoire, ["chercher", "varades"])
    assert (resultat.exit_code, "territoire charger" in resultat.stderr) == (1, True)
