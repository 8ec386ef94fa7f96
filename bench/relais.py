"""A year of relays with people who forget: nothing may be lost. Then the time of each page and gesture.

Run: ``python bench/relais.py [--petit]``. Everything happens in a throwaway state folder. The simulation (fixed seed)
sends relays over a year to recipients of five tempers — prompt, slow, forgetful, silent, closing one day — from
workers some of whom leave, and moves the clock day by day as the hourly job would. It goes through the same actions as
the pages. At the end every relay is over, or stands in the work list of somebody who works there: zero orphans.

Baseline of the times: "page-nue", the sign-in page of the same process.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

RACINE = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(RACINE), str(RACINE / "bench")]
from annee_de_relais import GRAINE, Monde, chez, compter, peupler, simuler  # noqa: E402


def chronometrer(monde: Monde, tours: int, a: datetime) -> None:
    """Print the 95th percentile of the lists and of one relay, then of each gesture, beside the baseline."""
    from django.test import Client

    from premier_accueil.acteurs.models import Compte
    from premier_accueil.relais.requetes import Vue, partis, recus, relais_vu

    role = next(iter(monde.roles.values()))[0]
    lui = next(r for r in monde.eux.values() if r)
    nu, client = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
    client.force_login(Compte.objects.get(pk=role.compte_id))
    with chez(role):
        une = partis(role, a, vue=Vue.EN_COURS).lignes or partis(role, a, vue=Vue.FINIS).lignes
    cas: dict[str, tuple[Any, Callable[[], Any]]] = {
        "lire mes relais (à faire)": (role, lambda: partis(role, a)),
        "lire mes relais (finis)": (role, lambda: partis(role, a, vue=Vue.FINIS)),
        "lire les relais reçus": (lui, lambda: recus(lui, a, vue=Vue.EN_COURS)),
        "lire un relais": (role, lambda: relais_vu(une[0].id, role, a)),
    }
    base: float = 0.0

    def dire(nom: str, durees: list[float]) -> None:
        nonlocal base
        p50, p95 = statistics.median(durees), statistics.quantiles(durees, n=20)[-1]
        base = base or p95
        print(f"{nom:34} p50 {p50:6.1f} ms   p95 {p95:6.1f} ms   p95/page-nue {p95 / base:5.1f}   ({len(durees)} fois)")

    def fois(geste: Callable[[], Any]) -> list[float]:
        durees = []
        for _ in range(tours):
            debut = time.perf_counter()
            geste()
            durees.append((time.perf_counter() - debut) * 1000)
        return durees[3:]

    dire("page-nue (repère)", fois(lambda: nu.get("/compte/connexion/")))
    for chemin in ("/relais/", "/relais/recus/", f"/relais/{une[0].id}/"):
        if client.get(chemin).status_code == 200:
            dire(f"page {chemin.replace(str(une[0].id), 'n')}", fois(lambda chemin=chemin: client.get(chemin)))
    for nom, (qui, lire) in cas.items():
        with chez(qui):
            dire(nom, fois(lire))
    for nom, durees in sorted(monde.gestes.items()):
        if len(durees) > 20:
            dire(f"geste {nom}", durees)


def principal() -> int:
    """Live a year, count, time."""
    options = argparse.ArgumentParser()
    options.add_argument("--petit", action="store_true", help="a smoke run of 200 relays")
    options.add_argument("--relais", type=int, default=10_000)
    choix = options.parse_args()
    combien = 200 if choix.petit else choix.relais
    with tempfile.TemporaryDirectory() as dossier:
        Path(dossier).chmod(0o755)
        os.environ |= {"PREMIER_ACCUEIL_DOSSIER": dossier, "PREMIER_ACCUEIL_ENVOI": "fichier"}
        from premier_accueil.commandes.amorce import preparer

        preparer()
        from django.db import connection

        from premier_accueil.socle.base import Serveur

        try:
            hasard = random.Random(GRAINE)
            monde = peupler(hasard)
            debut = time.perf_counter()
            fin = simuler(monde, combien, hasard)
            print(f"un an de relais en {time.perf_counter() - debut:.0f} s")
            orphelins = compter(monde, fin)
            chronometrer(monde, 20 if choix.petit else 200, fin)
        finally:
            connection.close()
            connection.close_pool()
            Serveur(Path(dossier)).arreter()
    return 1 if orphelins else 0


if __name__ == "__main__":
    raise SystemExit(principal())
