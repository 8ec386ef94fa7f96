"""The commands of the registers: what they say, and how they leave."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from premier_accueil.commandes import journal as commande
from premier_accueil.socle.cloison import situation
from premier_accueil.socle.journal import Geste, noter
from premier_accueil.socle.models import Acces
from tests.socle.test_journal import toucher

ANCIEN = datetime(2020, 1, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def installation(tmp_path, monkeypatch):
    monkeypatch.setattr(commande, "preparer", lambda: None)
    monkeypatch.setattr(commande.dossiers, "etat", lambda: tmp_path)
    return tmp_path


def ecrire(n: int, *, chez: int = 7, a: datetime = ANCIEN) -> None:
    for i in range(n):
        noter(structure_id=chez, compte_id=3, geste=Geste.LECTURE, action="ouvrir", objet="PASSAGE", objet_id=i, a=a)


def lancer(*mots: str):
    return CliRunner().invoke(commande.journal, list(mots))


def test_tout_va_bien_puis_une_ligne_est_touchee(base_neuve, installation):
    ecrire(3)
    ecrire(2, chez=8)
    resultat = lancer("verifier")
    assert resultat.exit_code == 0, resultat.output
    assert "Tout se suit : 5 lignes, 0 mois scellé (dont 0 détruit en fin de durée), 2 structures." in resultat.stdout
    (temoins,) = json.loads((installation / commande.TEMOINS).read_text()).values()
    assert set(temoins) == {"7", "8"}

    toucher("socle_acces", "UPDATE socle_acces SET objet_id = 9 WHERE structure_id = 7 AND rang = 2")
    resultat = lancer("verifier")
    assert resultat.exit_code == 1
    assert resultat.stdout.splitlines() == [
        "Journal des accès, structure 7, janvier 2020, ligne 2 : cette ligne a été changée, déplacée ou ajoutée après coup."
    ]
    assert "1 faute" in resultat.stderr
    assert lancer("verifier", "--structure", "8").exit_code == 0


def test_toute_une_chaine_retiree_se_voit_au_temoin_jusqu_a_ce_qu_on_le_renouvelle(base_neuve):
    ecrire(3)
    ecrire(1, chez=8)
    assert lancer("verifier").exit_code == 0
    for table in ("socle_acces", "socle_tete"):
        toucher(table, f"DELETE FROM {table} WHERE structure_id = 7")
    resultat = lancer("verifier")
    assert resultat.exit_code == 1
    assert "structure 7 : la tête de la chaîne a été retirée" in resultat.stdout
    assert lancer("verifier", "--nouveaux-temoins").exit_code == 0


def test_la_purge_dit_ce_qu_elle_detruit_et_la_verification_reste_verte(base_neuve):
    ecrire(3)
    assert lancer("verifier").exit_code == 0
    resultat = lancer("purger")
    assert resultat.exit_code == 0, resultat.output
    assert "Journal des accès, structure 7, 01/2020 : 3 lignes en moins." in resultat.stdout
    with situation(structure=7):
        assert not Acces.objects.exists()
    assert "0 mois détruit." in lancer("purger").stdout
    resultat = lancer("verifier")
    assert resultat.exit_code == 0, resultat.output
    assert "1 mois scellé (dont 1 détruit en fin de durée)" in resultat.stdout


def test_un_temoin_illisible_se_dit(base_neuve, installation):
    (installation / commande.TEMOINS).write_text("{")
    resultat = lancer("verifier")
    assert resultat.exit_code == 1
    assert "illisible" in resultat.stderr
