"""The database is killed in the middle of a storm of arrivals: what was acknowledged is there when it comes back."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time

import psycopg
import pytest

from premier_accueil.socle.base import Serveur
from premier_accueil.socle.base.serveur import AMORCE, APPLICATION, BASE
from tests.environnement import RACINE


@pytest.fixture
def dossier(serveur, modele):
    """Return the folder of a server of its own, durable as the product's; its tables are the template's, copied."""
    chemin = RACINE / ".base-de-test" / f"tempete-{os.getpid()}-{time.monotonic_ns()}"
    chemin.mkdir(parents=True)
    seul = Serveur(chemin)
    seul.demarrer()
    with subprocess.Popen(outil("pg_dump", serveur, modele, "--no-comments"), stdout=subprocess.PIPE) as tables:
        subprocess.run(outil("psql", seul, BASE, "-q1", "-v", "ON_ERROR_STOP=1"), stdin=tables.stdout, stdout=subprocess.DEVNULL, check=True)
    yield chemin
    seul.arreter()
    shutil.rmtree(chemin, ignore_errors=True)


def outil(nom, serveur, base, *options):
    """Return the command of a tool of the embedded server, on one of its databases."""
    a = serveur.adresse(AMORCE, base)
    chemin = serveur.lieu.programmes / "pginstall" / "bin" / nom
    return [chemin, "-h", a["host"], "-p", a["port"], "-U", a["user"], "-d", a["dbname"], *options]


def test_apres_un_kill_9_pendant_une_tempete_chaque_arrivee_acquittee_est_la(dossier):
    milieu = {cle: valeur for cle, valeur in os.environ.items() if cle != "PREMIER_ACCUEIL_BASE"}
    serveur = Serveur(dossier)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.accueil.tempete"], cwd=RACINE, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, env=milieu | {"PREMIER_ACCUEIL_DOSSIER": str(dossier)},
    ) as tempete:  # fmt: skip
        lignes = iter(tempete.stdout)
        structure = next(ligne for ligne in lignes if ligne.startswith("pret")).split()[1]
        acquittes = [int(next(lignes)) for _ in range(120)]
        postmaster = int((serveur.lieu.grappe / "donnees" / "postmaster.pid").read_text().split()[0])
        os.kill(postmaster, signal.SIGKILL)
        tempete.kill()
        # What was said before the kill is still in the pipe; a last line may be cut short.
        acquittes += [int(ligne) for ligne in lignes if ligne.endswith("\n")]
    while serveur.repond():
        time.sleep(0.05)
    assert serveur.demarrer()
    with psycopg.connect(**serveur.adresse(APPLICATION)) as lien:
        lien.execute("SELECT set_config('premier_accueil.structure', %s, true)", [structure])
        gardes = [n for (n,) in lien.execute("SELECT numero FROM accueil_attente").fetchall()]
        (dernier,) = lien.execute("SELECT dernier FROM accueil_compteurdetickets").fetchone()
    assert len(acquittes) >= 120
    assert len(set(gardes)) == len(gardes)
    assert set(acquittes) <= set(gardes)
    assert dernier == max(gardes)
