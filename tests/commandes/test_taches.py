"""What is done without anybody asking: the table, the queue, the worker."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from unittest.mock import patch

import click
import pytest
from django.db import connection, transaction

from premier_accueil.commandes import ouvrier, taches
from premier_accueil.commandes.principal import COMMANDES, principal
from premier_accueil.commandes.taches import TACHES, Alerte, Tache, TacheEchouee, accomplir
from premier_accueil.partage.models import Destruction
from premier_accueil.socle.cloison import situation, situer
from premier_accueil.socle.journal import Geste, noter
from premier_accueil.socle.models import Acces
from premier_accueil.socle.taches import TacheInconnue, differer
from tests import fabriques as f
from tests.environnement import RACINE
from tests.personnes import situations as p

A = datetime(2026, 11, 23, 2, tzinfo=UTC)
PERIODIQUES = [t for t in TACHES if t.quand]


def file() -> list[tuple[str, str]]:
    """Return (task, state) of what stands in the queue."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT task_name, status::text FROM procrastinate_jobs ORDER BY id")
        return curseur.fetchall()


def travailler() -> None:
    """Do what waits, as a worker does, then stop; the hour itself adds nothing."""
    from procrastinate.contrib.django import app

    sans_horloge = patch.object(app.periodic_registry, "periodic_tasks", {})
    with sans_horloge, app.replace_connector(app.connector.get_worker_connector()) as file_de_taches:
        file_de_taches.run_worker(wait=False, delete_jobs="successful", install_signal_handlers=False, listen_notify=False)


def par_son_nom(nom: str) -> Tache:
    return next(t for t in TACHES if t.nom == nom)


def commandes_de_nuit() -> set[str]:
    """Return the words of every command that says it is to be run by itself."""
    trouvees = set()
    for mot in COMMANDES:
        commande = principal.get_command(click.Context(principal), mot)
        sous = commande.commands if isinstance(commande, click.Group) else {"": commande}
        for nom, c in sous.items():
            if "tâche de nuit" in (c.help or "") or "toutes les heures" in (c.help or ""):
                trouvees.add(f"{mot} {nom}".strip())
    return trouvees


def test_la_table_tient_toutes_les_commandes_de_nuit_et_rien_qui_n_existe_pas():
    from croniter import croniter
    from django.utils.module_loading import import_string

    assert commandes_de_nuit() == {t.commande for t in TACHES if t.commande}
    assert len(commandes_de_nuit()) >= 4
    assert len({t.nom for t in TACHES}) == len(TACHES)
    for tache in TACHES:
        assert callable(import_string(tache.travail))
        assert not tache.quand or croniter.is_valid(tache.quand)


@pytest.mark.django_db
def test_une_tache_differee_suit_la_transaction_de_son_acte():
    with connection.cursor() as curseur:
        curseur.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert curseur.fetchone() == (False,)
    with pytest.raises(RuntimeError), transaction.atomic():
        differer("sessions")
        raise RuntimeError
    assert file() == []
    differer("sessions")
    differer("sessions")  # it already waits
    assert file() == [("sessions", "todo")]
    differer("rappels", le=A)
    assert len(file()) == 2


@pytest.mark.django_db
def test_la_file_ne_prend_que_des_taches_connues_et_des_cles():
    with pytest.raises(TacheInconnue):
        differer("inconnue")
    for mot in ("Ada Lovelace", True, None):
        with pytest.raises(TypeError, match="keys"):
            differer("sessions", personne=mot)
    assert file() == []


def test_chaque_tache_travaille_sous_le_role_ordinaire_et_deux_fois_ne_change_rien(base_neuve, monkeypatch, caplog, tmp_path):
    monkeypatch.setattr("premier_accueil.socle.dossiers.etat", lambda: tmp_path)
    roles = [f.agent(f.structure(nom)) for nom in ("Ici", "Ailleurs")]
    for role in roles:
        situer(structure=role.structure_id)
        with situation(structure=role.structure_id):
            p.personne(role)
            noter(
                structure_id=role.structure_id, compte_id=None, geste=Geste.LECTURE, action="ouvrir", objet="PASSAGE",
                objet_id=1, a=datetime(2020, 1, 15, tzinfo=UTC),
            )  # fmt: skip
    caplog.set_level(logging.INFO, "premier_accueil.taches")

    class Horloge(datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(2029, 1, 2, 3, tzinfo=UTC)

    monkeypatch.setattr(taches, "datetime", Horloge)
    for passe in range(2):
        caplog.clear()
        for tache in PERIODIQUES:
            differer(tache.nom)
        travailler()
        assert file() == []
        dits = [r.getMessage() for r in caplog.records if r.name == "premier_accueil.taches"]
        assert sorted(d.split(": ")[0] for d in dits) == sorted(t.nom for t in PERIODIQUES)
        assert any("0 mois détruit." in d for d in dits) == bool(passe)
        assert not [r for r in caplog.records if r.levelno >= logging.WARNING]
    for role in roles:
        with situation(structure=role.structure_id):
            assert Destruction.objects.count() == 1
            assert not Acces.objects.filter(a__year=2020).exists()


def test_ce_qu_un_ouvrier_tue_laisse_est_repris(base_neuve, caplog):
    with connection.cursor() as curseur:
        curseur.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, lock, queueing_lock)"
            " VALUES ('default', 'sessions', 'doing', 'nuit', 'sessions')"
        )
    differer("file.entretenir", timestamp=0)
    travailler()
    assert file() == []


def test_une_tache_qui_tombe_ne_dit_pas_les_mots_de_la_base(monkeypatch, caplog):
    def tomber(*, a):
        raise ValueError("Key (nom)=(Lovelace) already exists")

    monkeypatch.setattr(taches, "effacer_les_sessions", tomber)
    with pytest.raises(TacheEchouee) as tombee:
        accomplir(par_son_nom("sessions"), A)
    assert "ValueError" in str(tombee.value)
    assert "Lovelace" not in str(tombee.value)
    assert tombee.value.__suppress_context__
    assert "ValueError" in caplog.text
    assert "Lovelace" not in caplog.text
    ligne = logging.LogRecord("procrastinate.worker", logging.ERROR, "", 1, "tombée", (), (ValueError, ValueError("Lovelace"), None))
    assert ouvrier._sans_trace(ligne)
    assert ligne.exc_info is None


def test_une_alerte_se_voit_et_ne_se_retente_pas(monkeypatch, caplog):
    def alerter(*, a):
        raise Alerte("2 fautes")

    monkeypatch.setattr(taches, "effacer_les_sessions", alerter)
    assert accomplir(par_son_nom("sessions"), A) == "2 fautes"
    assert [r.levelname for r in caplog.records if "2 fautes" in r.getMessage()] == ["ERROR"]


def test_l_ouvrier_d_a_cote_commence_une_fois_les_pages_pretes_et_recommence_s_il_tombe(monkeypatch, tmp_path):
    traces = tmp_path / "traces"
    monkeypatch.setattr(ouvrier, "PROGRAMME", f"open({str(traces)!r}, 'a').write('.'); raise SystemExit(3)")
    monkeypatch.setattr(ouvrier, "REPOS_S", 0.01)
    with ouvrier.ouvrier_attache(voulu=True) as pretes:
        time.sleep(0.3)
        assert not traces.exists()
        pretes.set()
        fin = time.monotonic() + 30
        while (not traces.exists() or len(traces.read_text()) < 2) and time.monotonic() < fin:
            time.sleep(0.05)
    nombre = len(traces.read_text())
    assert nombre >= 2
    time.sleep(0.3)
    assert len(traces.read_text()) == nombre
    with ouvrier.ouvrier_attache(voulu=False) as pretes:
        pretes.set()
    assert len(traces.read_text()) == nombre


def test_l_ouvrier_attache_finit_avec_qui_l_a_lance(base_neuve):
    code = "from premier_accueil.commandes.principal import principal; principal()"
    with subprocess.Popen(
        [sys.executable, "-c", code, "ouvrier", "--attache"], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=os.environ | {"PREMIER_ACCUEIL_BASE": base_neuve}, cwd=RACINE,
    ) as enfant:  # fmt: skip
        try:
            fin = time.monotonic() + 60
            while not _ouvriers() and enfant.poll() is None and time.monotonic() < fin:
                time.sleep(0.2)
            assert _ouvriers() == 1
            _, erreurs = enfant.communicate(timeout=30)  # closes its input
        finally:
            enfant.kill()
    assert (enfant.returncode, "Traceback" in erreurs) == (0, False), erreurs
    assert _ouvriers() == 0


def _ouvriers() -> int:
    with connection.cursor() as curseur:
        curseur.execute("SELECT count(*) FROM procrastinate_workers")
        return curseur.fetchone()[0]
