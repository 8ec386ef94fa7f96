"""The commands that serve, stop and prepare, on the days when something is in the way."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest
from click.testing import CliRunner

from premier_accueil.commandes import principal, service
from premier_accueil.commandes.demonstration import empreinte_de
from tests import fabriques as f
from tests.environnement import RACINE


def test_un_port_pris_laisse_place_au_suivant():
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        prise.listen()
        pris = prise.getsockname()[1]
        trouve = service.port_libre("127.0.0.1", pris)
        assert trouve is not None
        assert pris < trouve < pris + service.PORTS_ESSAYES


def test_aucun_port_libre_se_dit(monkeypatch):
    monkeypatch.setattr(service, "preparer", lambda: None)
    monkeypatch.setattr(service, "port_libre", lambda hote, port: None)
    resultat = CliRunner().invoke(service.demarrer, ["--port", "8000"])
    assert resultat.exit_code == 1
    assert "Aucun port libre entre 8000 et 8019" in resultat.output


def test_le_fichier_d_un_serveur_mort_est_oublie(tmp_path, monkeypatch):
    monkeypatch.setenv("PREMIER_ACCUEIL_DOSSIER", str(tmp_path))
    (tmp_path / "serveurs").mkdir()
    mort = tmp_path / "serveurs" / "999999999.json"
    recycle = tmp_path / "serveurs" / f"{os.getppid()}.json"  # another program that bears the number by now
    for fichier in (mort, recycle):
        fichier.write_text("{}")
    assert service.serveurs() == []
    assert not mort.exists()


def test_chaque_commande_annoncee_existe():
    for nom in principal.COMMANDES:
        resultat = CliRunner().invoke(principal.principal, [nom, "--help"])
        assert resultat.exit_code == 0, resultat.output


def test_l_empreinte_de_la_demonstration_change_avec_ses_fichiers(tmp_path):
    (tmp_path / "a.yaml").write_text("a: 1")
    avant = empreinte_de(tmp_path)
    (tmp_path / "a.yaml").write_text("a: 2")
    assert empreinte_de(tmp_path) != avant


@pytest.mark.parametrize("adresse", ["postgresql://personne@127.0.0.1:1/rien", "postgresql:///rien?host=/dossier/absent"])
def test_une_base_qui_ne_repond_pas_donne_une_phrase(adresse):
    code = "from premier_accueil.commandes.principal import principal; principal()"
    resultat = subprocess.run(
        [sys.executable, "-c", code, "orienter", "voiture en panne", "--commune", "44213"],
        env=os.environ | {"DATABASE_URL": adresse}, capture_output=True, text=True, cwd=RACINE, timeout=60, check=False,
    )  # fmt: skip
    assert resultat.returncode == 1
    assert "La base ne répond pas" in resultat.stderr
    assert "Traceback" not in resultat.stderr


@pytest.mark.django_db
def test_creer_un_vrai_compte_et_ses_refus(monkeypatch):
    from premier_accueil.acteurs.models import Compte
    from premier_accueil.commandes import compte

    monkeypatch.setattr(compte, "preparer", lambda: None)
    f.structure("CCAS d'ici")

    def creer(**options):
        mots = {"--nom": "Marie", "--structure": "CCAS d'ici", "--fonction": "ACCUEIL", "--mot-de-passe": "un long mot de passe"} | options
        return CliRunner().invoke(compte.compte, ["creer", "marie", *[m for paire in mots.items() for m in paire]])

    assert "Aucune structure" in creer(**{"--structure": "inconnue"}).output
    assert creer(**{"--mot-de-passe": "court"}).exit_code == 1
    assert "Compte « marie » créé" in creer().output
    assert Compte.objects.get().check_password("un long mot de passe")
