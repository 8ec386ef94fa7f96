"""``premier-accueil ouvrier``: do what waits in the queue and what the hour asks for, until told to stop."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import click

from premier_accueil.commandes.amorce import arreter_avec, preparer

PATIENCE_S = 30  # to finish what runs, once asked to stop
PATIENCE_DU_PARENT_S = 5
REPOS_S = 10
PROGRAMME = "from premier_accueil.commandes.principal import principal; principal()"


@click.command()
@click.option("--une-fois", is_flag=True, help="Faire ce qui attend, puis s'arrêter.")
@click.option("--attache", is_flag=True, hidden=True, help="Finir avec qui l'a lancé (son entrée se ferme).")
def ouvrier(une_fois: bool, attache: bool) -> None:
    """Faire les tâches de nuit et ce qui attend, jusqu'à Ctrl-C ; plusieurs peuvent tourner ensemble."""
    if attache:
        _finir_avec_le_parent()
        os.nice(10)
    preparer()
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector
    from procrastinate.exceptions import ConnectorException

    journal = logging.getLogger("premier_accueil.taches")
    journal.setLevel(logging.WARNING if attache else logging.INFO)
    journal.info("L'ouvrier est prêt.")
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)
    for sortie in logging.getLogger().handlers:
        sortie.addFilter(_sans_trace)
    assert isinstance(app.connector, DjangoConnector)
    try:
        with suppress(KeyboardInterrupt), app.replace_connector(app.connector.get_worker_connector()) as file:
            file.run_worker(
                wait=not une_fois, concurrency=2, delete_jobs="successful",
                shutdown_graceful_timeout=PATIENCE_DU_PARENT_S if attache else PATIENCE_S,
            )  # fmt: skip
    except ConnectorException:
        arreter_avec("La base ne répond plus : l'ouvrier s'arrête. Relancez-le quand elle répond ; rien n'est perdu.")


def _sans_trace(ligne: logging.LogRecord) -> bool:
    """Keep the sentence of the queue's log, not its trace: a database error may quote a row."""
    if ligne.name.startswith("procrastinate"):
        ligne.exc_info = ligne.exc_text = None
    return True


@contextmanager
def ouvrier_attache(*, voulu: bool) -> Iterator[threading.Event]:
    """Keep a worker beside the pages: begun when the event is set, begun again when it falls, ended with us.

    Args:
        voulu: ``False`` when another machine, or another unit, does the work.
    """
    pret, fin = threading.Event(), threading.Event()
    veilleur = threading.Thread(target=_veiller, args=(pret, fin), name="ouvrier", daemon=True)
    if voulu:
        veilleur.start()
    try:
        yield pret
    finally:
        fin.set()
        pret.set()
        if voulu:
            veilleur.join(2 * PATIENCE_DU_PARENT_S + 2)


def _veiller(pret: threading.Event, fin: threading.Event) -> None:
    pret.wait()
    while not fin.is_set():
        # A session of its own: Ctrl-C reaches the pages, which then close its input.
        with subprocess.Popen(
            [sys.executable, "-c", PROGRAMME, "ouvrier", "--attache"], stdin=subprocess.PIPE, start_new_session=True
        ) as enfant:
            while enfant.poll() is None and not fin.wait(1):
                pass
            _congedier(enfant)
        fin.wait(REPOS_S)


def _congedier(enfant: subprocess.Popen[bytes]) -> None:
    assert enfant.stdin is not None
    enfant.stdin.close()
    try:
        enfant.wait(2 * PATIENCE_DU_PARENT_S)
    except subprocess.TimeoutExpired:
        enfant.kill()


def _finir_avec_le_parent() -> None:
    """Ask ourselves to stop when our input ends: who started us is gone, however it went."""

    def attendre() -> None:
        os.read(0, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=attendre, name="parent", daemon=True).start()
