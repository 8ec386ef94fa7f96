"""Serve the pages, stop what was started, bring the tables up to date."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import click

from premier_accueil.commandes.amorce import arreter_avec, migrer_si_besoin, preparer
from premier_accueil.commandes.ouvrier import ouvrier_attache
from premier_accueil.socle import dossiers

PORTS_ESSAYES = 20
PATIENCE_S = 10


@click.command()
@click.option("--port", default=8000, show_default=True, help="Port voulu ; le suivant libre est pris s'il est occupé.")
@click.option("--hote", default="127.0.0.1", show_default=True, help="Adresse d'écoute.")
@click.option(
    "--ouvrier/--sans-ouvrier", default=True, help="Faire aussi les tâches de nuit, à côté (d'habitude, oui)."
)
def demarrer(port: int, hote: str, ouvrier: bool) -> None:
    """Servir les pages jusqu'à Ctrl-C (ou « premier-accueil arreter »)."""
    import uvicorn

    preparer()
    choisi = port_libre(hote, port)
    if choisi is None:
        arreter_avec(
            f"Aucun port libre entre {port} et {port + PORTS_ESSAYES - 1}. Choisissez-en un autre avec --port."
        )
        return
    if choisi != port:
        click.echo(f"Le port {port} est pris : le port {choisi} est utilisé.")
    with _inscrit(choisi), ouvrier_attache(voulu=ouvrier) as pages_pretes:
        reglages = uvicorn.Config(
            "premier_accueil.config.asgi:application", host=hote, port=choisi, lifespan="on",
            log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=3,
        )  # fmt: skip

        class Serveur(uvicorn.Server):
            async def startup(self, sockets: list[socket.socket] | None = None) -> None:
                await super().startup(sockets)
                click.echo(
                    f"Premier Accueil répond sur http://{'localhost' if hote == '127.0.0.1' else hote}:{choisi}/"
                )
                click.echo("Pour arrêter : Ctrl-C, ou « premier-accueil arreter ».")
                pages_pretes.set()

        with contextlib.suppress(KeyboardInterrupt):
            Serveur(reglages).run()


@click.command()
def arreter() -> None:
    """Arrêter les pages et la base embarquée de cette installation."""
    arretes = 0
    for pid, fichier in serveurs():
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
            arretes += 1
        fin = time.monotonic() + PATIENCE_S
        while _vivant(pid) and time.monotonic() < fin:
            time.sleep(0.1)
        fichier.unlink(missing_ok=True)
    base = _arreter_la_base()
    click.echo("Arrêté." if arretes or base else "Rien ne tournait.")


@click.command()
def migrer() -> None:
    """Mettre les tables à jour avec le rôle propriétaire (DATABASE_URL_PROPRIETAIRE sur un vrai serveur)."""
    import django
    from django.conf import settings
    from django.db import DatabaseError

    from premier_accueil.socle.base import Serveur

    if settings.BASE_EMBARQUEE:
        Serveur(dossiers.etat()).demarrer()
    django.setup()
    try:
        click.echo("Tables mises à jour." if migrer_si_besoin() else "Tables déjà à jour.")
    except DatabaseError as erreur:
        arreter_avec(f"La base ne répond pas : {str(erreur).splitlines()[0]}")


def port_libre(hote: str, port: int) -> int | None:
    """Return the first port from ``port`` on which nobody listens, or ``None`` after twenty tries."""
    for candidat in range(port, min(port + PORTS_ESSAYES, 65536)):
        with socket.socket() as prise:
            prise.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                prise.bind((hote, candidat))
            except OSError:
                continue
            return candidat
    return None


def serveurs() -> list[tuple[int, Path]]:
    """Return the page servers of this installation that still run, with their file."""
    dossier = dossiers.etat() / "serveurs"
    trouves = []
    for fichier in dossier.glob("*.json") if dossier.is_dir() else ():
        pid = int(fichier.stem)
        if _vivant(pid):
            trouves.append((pid, fichier))
        else:
            fichier.unlink(missing_ok=True)
    return trouves


def _vivant(pid: int) -> bool:
    """Tell whether this number is still one of our servers, not a recycled one."""
    try:
        return b"premier-accueil" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


@contextlib.contextmanager
def _inscrit(port: int) -> Iterator[None]:
    dossier = dossiers.etat() / "serveurs"
    dossier.mkdir(exist_ok=True)
    fichier = dossier / f"{os.getpid()}.json"
    fichier.write_text(json.dumps({"port": port}), encoding="ascii")
    try:
        yield
    finally:
        fichier.unlink(missing_ok=True)
        if not serveurs():
            _arreter_la_base()


def _arreter_la_base() -> bool:
    from django.conf import settings

    from premier_accueil.socle.base import BaseIndisponible, Serveur

    if not settings.BASE_EMBARQUEE:
        return False
    try:
        return Serveur(dossiers.etat()).arreter()
    except BaseIndisponible as erreur:
        arreter_avec(str(erreur))
        return False
