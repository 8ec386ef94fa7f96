"""The queue under load: 16 doors give 10,000 tickets, 16 desks call them; then 2,000 screens hear of each gesture.

Run: ``python bench/accueil.py [--petit]``. It works in a throwaway state folder, through the product's own actions
(walls, journal, notification), and checks that no number was lost nor given or called twice.

Baseline "skip-locked": the same 16 threads popping the same number of rows from a bare table, one statement a row,
without walls, journal nor Django. The screens are those of ``bench/flux.py``, in a process of their own.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(RACINE))
APPELANTS = 16
PRENDRE = (
    "UPDATE file_nue SET appele = true WHERE n ="
    " (SELECT n FROM file_nue WHERE NOT appele ORDER BY n LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING n"
)


def ensemble(faire: Callable[[], int | None]) -> tuple[list[int], float]:
    """Repeat a gesture on 16 threads until it gives nothing more; return what came and the rate per second."""

    def un(_: int) -> list[int]:
        from django.db import connection

        siens = []
        while (n := faire()) is not None:
            siens.append(n)
        connection.close()
        return siens

    depart = time.perf_counter()
    with ThreadPoolExecutor(APPELANTS) as appelants:
        tous = [n for siens in appelants.map(un, range(APPELANTS)) for n in siens]
    return sorted(tous), len(tous) / (time.perf_counter() - depart)


def reference(tickets: int) -> float:
    """Return the rate of the baseline, in rows per second."""
    import psycopg
    from django.conf import settings
    from django.db import connections

    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("CREATE TABLE file_nue AS SELECT n, false AS appele FROM generate_series(1, %s) n", [tickets])
        curseur.execute("CREATE INDEX ON file_nue (n) WHERE NOT appele")
        curseur.execute("GRANT ALL ON file_nue TO PUBLIC")
    bd, local = settings.DATABASES["default"], threading.local()

    def prendre() -> int | None:
        if not hasattr(local, "lien"):
            local.lien = psycopg.connect(
                host=bd["HOST"], port=bd["PORT"], user=bd["USER"], dbname=bd["NAME"], autocommit=True
            )
        ligne = local.lien.execute(PRENDRE).fetchone()
        return int(ligne[0]) if ligne else None

    pris, debit = ensemble(prendre)
    assert pris == list(range(1, tickets + 1))
    return debit


def mesurer(tickets: int) -> None:
    """Give, then call, and print both rates beside the baseline."""
    from itertools import count

    from django.utils import timezone

    from premier_accueil.accueil import actions
    from premier_accueil.accueil.regles import Etape
    from premier_accueil.acteurs.models import Compte
    from premier_accueil.acteurs.requetes import role_de
    from premier_accueil.socle.cloison import situation
    from tests import fabriques as f

    lieu = f.site(f.structure("Accueil du banc"))
    role = f.agent(lieu.structure, a=timezone.now())
    assert role == role_de(Compte.objects.get(pk=role.compte_id), None, timezone.now())
    reste, a = count(1), timezone.now()
    ou = {"role": role, "site_id": lieu.pk, "a": a, "etape": Etape.ACCUEIL}

    def donner() -> int | None:
        if next(reste) > tickets:
            return None
        with situation(structure=role.structure_id, mission=role.mission_id):
            return actions.donner_ticket(prenom="", **ou).numero

    def appeler() -> int | None:
        with situation(structure=role.structure_id, mission=role.mission_id):
            ticket = actions.appeler_suivant(bureau="", **ou)
        return ticket.numero if ticket else None

    base = reference(tickets)
    print(f"skip-locked (baseline)  {base:8.0f} /s")
    for nom, faire in (("donner un ticket", donner), ("appeler le suivant", appeler)):
        numeros, debit = ensemble(faire)
        assert numeros == list(range(1, tickets + 1)), f"{nom}: a number was lost or came twice"
        print(f"{nom:22}  {debit:8.0f} /s   ratio to baseline {debit / base:6.3f}")
    print(f"sizes: {tickets} tickets, {APPELANTS} callers; each number once")


def principal() -> None:
    """Measure the queue, then the screens."""
    options = argparse.ArgumentParser()
    options.add_argument("--petit", action="store_true", help="a smoke run")
    petit = options.parse_args().petit
    with tempfile.TemporaryDirectory() as dossier:
        Path(dossier).chmod(0o755)
        os.environ["PREMIER_ACCUEIL_DOSSIER"] = dossier
        from premier_accueil.commandes.amorce import preparer

        preparer()
        try:
            mesurer(200 if petit else 10_000)
        finally:
            from django.db import connections

            from premier_accueil.socle.base import Serveur

            connections.close_all()
            connections["default"].close_pool()
            Serveur(Path(dossier)).arreter()
    _, plafond = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(10_000, plafond), plafond))
    ecrans = ["--petit"] if petit else ["--ecrans", "2000"]
    subprocess.run([sys.executable, str(RACINE / "bench" / "flux.py"), *ecrans], check=True)


if __name__ == "__main__":
    principal()
