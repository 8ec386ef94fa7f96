"""The command line: counts on the screen, a report, a sentence when nothing can be read."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from premier_accueil.commandes import importer as commande
from tests.annuaire.fabriques import service, structure

pytestmark = pytest.mark.django_db


@pytest.fixture
def lancer(monkeypatch, communes):
    monkeypatch.setattr(commande, "preparer", lambda: None)
    return lambda *arguments: CliRunner().invoke(commande.importer, [str(x) for x in arguments])


def test_resume_refus_et_rapport(tmp_path, lancer):
    structures = [structure(i) for i in range(30)] + [structure(i, nom="=X") for i in range(100, 125)]
    (tmp_path / "s.json").write_text(json.dumps(structures), encoding="utf-8")
    (tmp_path / "v.json").write_text(json.dumps([service(1, telephone="12")]), encoding="utf-8")
    rapport = tmp_path / "rapport.csv"
    issue = lancer("data-inclusion", tmp_path / "s.json", tmp_path / "v.json", "--rapport", rapport)
    assert issue.exit_code == 0, issue.output
    assert "56 lignes lues : 31 créées, 0 modifiées, 0 inchangées, 25 refusées." in issue.output
    assert issue.output.count("texte trop court") == 20
    assert "et 5 autres refus" in issue.output
    lignes = rapport.read_text(encoding="utf-8-sig").splitlines()
    assert len(lignes) == 1 + 25 + 1
    assert lignes[1].endswith("'=X")  # a spreadsheet must not run it


@pytest.mark.parametrize("contenu", [b"%PDF-1.4", b"PK\x03\x04", b"", b"a;b\n1;2\n"])
def test_fichier_illisible_code_1_et_une_phrase(tmp_path, lancer, contenu):
    chemin = tmp_path / "liste.csv"
    chemin.write_bytes(contenu)
    for arguments in (
        ("france-services", chemin),
        ("data-inclusion", chemin, chemin),
        ("france-services", tmp_path / "non"),
    ):
        issue = lancer(*arguments)
        assert issue.exit_code == 1
        assert len(issue.output.strip().splitlines()) == 1
        assert "Traceback" not in issue.output


def test_date_donnee_a_la_main(tmp_path, lancer):
    from premier_accueil.acteurs.models import Structure

    jours = ",".join(f"h_{j}" for j in ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"))
    chemin = tmp_path / "liste.csv"
    chemin.write_text(f"id_fs,lib_fs,insee_com,{jours}\n1,France services,44213,09:00 - 12:00,,,,,\n", encoding="utf-8")
    assert lancer("france-services", chemin, "--date", "2025-03-01").exit_code == 0
    assert str(Structure.objects.get().date_maj) == "2025-03-01"
    assert lancer("france-services", chemin, "--date", "mars").exit_code == 2
