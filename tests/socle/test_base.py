"""The embedded server comes back from everything a real machine does to it."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from premier_accueil.socle.base import BaseIndisponible, Serveur
from premier_accueil.socle.base import lieu as lieux
from premier_accueil.socle.base.serveur import APPLICATION, PROPRIETAIRE
from tests.environnement import RACINE


@pytest.fixture
def dossier():
    chemin = RACINE / ".base-de-test" / f"base-{os.getpid()}-{time.monotonic_ns()}"
    chemin.mkdir(parents=True)
    yield chemin
    Serveur(chemin).arreter()
    shutil.rmtree(chemin, ignore_errors=True)


def pid(serveur: Serveur) -> int:
    return int((serveur.lieu.grappe / "donnees" / "postmaster.pid").read_text().split()[0])


def lire(serveur: Serveur, ordre: str, role: str = APPLICATION):
    with psycopg.connect(**serveur.adresse(role)) as lien:
        return lien.execute(ordre).fetchone()[0]


def test_deux_demarrages_puis_deux_arrets(dossier):
    serveur = Serveur(dossier, durable=False)
    assert (serveur.demarrer(), serveur.demarrer()) == (True, False)
    assert (serveur.arreter(), serveur.arreter()) == (True, False)
    assert not serveur.repond()


def test_huit_demarrages_en_meme_temps_ne_font_qu_un_serveur(dossier):
    with ThreadPoolExecutor(8) as ensemble:
        lances = list(ensemble.map(lambda _: Serveur(dossier, durable=False).demarrer(), range(8)))
    assert sum(lances) == 1


def test_apres_un_kill_9_le_serveur_revient_avec_ce_qui_etait_acquitte(dossier):
    serveur = Serveur(dossier)
    serveur.demarrer()
    with psycopg.connect(**serveur.adresse(PROPRIETAIRE)) as lien:
        lien.execute("CREATE TABLE acquitte AS SELECT 1 AS n")
    os.kill(pid(serveur), signal.SIGKILL)
    while serveur.repond():
        time.sleep(0.05)
    assert serveur.demarrer()
    assert lire(serveur, "SELECT n FROM acquitte", PROPRIETAIRE) == 1


def test_un_postmaster_pid_repris_par_un_autre_programme_ne_bloque_pas(dossier):
    serveur = Serveur(dossier, durable=False)
    serveur.demarrer()
    serveur.arreter()
    (serveur.lieu.grappe / "donnees" / "postmaster.pid").write_text(f"{os.getpid()}\n/ailleurs\n0\n5432\n\n\n")
    assert serveur.demarrer()


def test_le_role_de_l_application_ne_cree_aucune_table(dossier):
    serveur = Serveur(dossier, durable=False)
    serveur.demarrer()
    with psycopg.connect(**serveur.adresse()) as lien, pytest.raises(psycopg.errors.InsufficientPrivilege):
        lien.execute("CREATE TABLE interdite (n int)")


def test_un_chemin_trop_long_pour_un_socket_prend_un_dossier_court(dossier):
    profond = dossier / ("x" * 60) / ("y" * 60)
    profond.mkdir(parents=True)
    serveur = Serveur(profond, durable=False)
    serveur.demarrer()
    socket = serveur.lieu.socket
    assert len(str(socket)) + len(lieux.NOM_SOCKET) <= lieux.LONGUEUR_SOCKET
    assert stat.S_IMODE(socket.stat().st_mode) == 0o700
    serveur.arreter()
    shutil.rmtree(socket)


def test_le_mode_d_un_dossier_qui_n_est_pas_a_nous_ne_change_jamais(dossier):
    ferme = dossier / "ferme"
    ferme.mkdir(mode=0o700)
    etat = ferme / "etat"
    etat.mkdir(mode=0o700)
    serveur = Serveur(etat, durable=False)
    serveur.demarrer()
    assert lire(serveur, "SELECT 1") == 1
    assert [stat.S_IMODE(d.stat().st_mode) for d in (ferme, etat)] == [0o700, 0o700]
    grappe = serveur.lieu.grappe
    serveur.arreter()
    if grappe.is_relative_to(lieux.RACINE_SYSTEME):
        shutil.rmtree(grappe)


def test_un_dossier_refait_ne_retrouve_pas_les_donnees_de_l_ancien(dossier):
    if os.geteuid() != 0:
        pytest.skip("Le dossier est toujours atteint sans être root.")
    etat = dossier / "ferme" / "etat"
    identites = []
    for _ in range(2):
        etat.parent.mkdir(mode=0o700)
        etat.mkdir()
        identites.append(lieux.installer(etat).grappe)
        shutil.rmtree(etat.parent)
    assert identites[0] != identites[1]
    for grappe in identites:
        shutil.rmtree(grappe)


def test_un_disque_plein_se_dit_en_mots_simples(dossier, monkeypatch):
    serveur = Serveur(dossier, durable=False)
    serveur.demarrer()
    serveur.arreter()
    journal = serveur.lieu.grappe / "postgresql.log"
    with journal.open("a") as sortie:
        sortie.write('FATAL:  could not write to file "pg_wal/xlogtemp": No space left on device\n')
    monkeypatch.setattr(Serveur, "_lancer_detache", lambda self, commande: 1)
    with pytest.raises(BaseIndisponible, match=r"disque est plein.*Rien n'est perdu"):
        serveur.demarrer()


def test_root_sans_compte_simple_le_dit(monkeypatch):
    monkeypatch.setattr(lieux, "COMPTES", ("compte-qui-n-existe-pas",))
    with pytest.raises(BaseIndisponible, match="useradd"):
        lieux._compte_sans_droit()


def test_un_programme_qui_attend_notre_fin_n_est_pas_retenu_par_la_base(dossier):
    # The server must not hold our standard output: a pipe on us would never end.
    code = (
        "from pathlib import Path; from premier_accueil.socle.base import Serveur;"
        f"Serveur(Path({str(dossier)!r}), durable=False).demarrer(); print('pret')"
    )
    resultat = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True, cwd=RACINE
    )
    assert resultat.stdout.strip() == "pret"
