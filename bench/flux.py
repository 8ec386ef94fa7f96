"""From a gesture to every open screen: delay of the live events, beside a named baseline of the same run.

Run: ``python bench/flux.py [--petit]``. It serves the demonstration, opens many waiting-room streams, gives tickets
through the product's own action and times when each screen hears of it.

Baseline "listen": one bare PostgreSQL LISTEN connection hearing of the same tickets.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(RACINE))
COMMANDE = "from premier_accueil.commandes.principal import principal; principal(prog_name='premier-accueil')"


async def ecran(port: int, jeton: str, recus: asyncio.Queue[float]) -> None:
    """Hold one stream open and note when each message comes."""
    lecture, ecriture = await asyncio.open_connection("127.0.0.1", port)
    ecriture.write(f"GET /ecran/{jeton}/evenements/ HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    while ligne := await lecture.readline():
        if ligne.startswith(b"data:"):
            recus.put_nowait(time.perf_counter())


async def nue(parametres: dict[str, str], recus: asyncio.Queue[float]) -> None:
    """Hold one bare LISTEN open."""
    import psycopg

    lien = await psycopg.AsyncConnection.connect(autocommit=True, **parametres)  # type: ignore[arg-type]
    await lien.execute("LISTEN premier_accueil")
    async for signe in lien.notifies():
        if signe.payload.startswith("ecran:"):  # a ticket also wakes the queues of the agents
            recus.put_nowait(time.perf_counter())


async def mesurer(port: int, ecrans: int, tickets: int) -> None:
    """Print the delays."""
    from asgiref.sync import sync_to_async
    from django.conf import settings

    jeton, donner = await sync_to_async(preparer)()
    recus: list[asyncio.Queue[float]] = [asyncio.Queue() for _ in range(ecrans)]
    base: asyncio.Queue[float] = asyncio.Queue()
    bd = settings.DATABASES["default"]
    parametres = {"host": bd["HOST"], "port": bd["PORT"], "user": bd["USER"], "dbname": bd["NAME"]}
    taches = [asyncio.create_task(ecran(port, jeton, file)) for file in recus]
    taches.append(asyncio.create_task(nue(parametres, base)))
    await asyncio.gather(*(file.get() for file in recus))  # the present state, on connection
    delais, bruts = [], []
    for _ in range(tickets):
        await sync_to_async(donner)()
        depart = time.perf_counter()  # after the commit: what follows is the way to the screens
        arrivees = await asyncio.gather(*(asyncio.wait_for(file.get(), 10) for file in recus))
        delais += [(a - depart) * 1000 for a in arrivees]
        bruts.append((await base.get() - depart) * 1000)
    for tache in taches:
        tache.cancel()
    p95, p95_nu = (statistics.quantiles(valeurs, n=20)[-1] for valeurs in (delais, bruts))
    print(f"listen (baseline)   p50 {statistics.median(bruts):7.1f} ms   p95 {p95_nu:7.1f} ms")
    print(f"{ecrans} screens          p50 {statistics.median(delais):7.1f} ms   p95 {p95:7.1f} ms")
    print(f"sizes: {tickets} tickets, {len(delais)} messages; difference of p95: {p95 - p95_nu:.1f} ms")


def preparer():
    """Return the token of a screen and a function that gives one ticket."""
    from datetime import UTC, datetime

    from premier_accueil.accueil import actions
    from premier_accueil.accueil.regles import Etape
    from premier_accueil.accueil.requetes import poste_de_travail
    from premier_accueil.acteurs.models import Compte
    from premier_accueil.acteurs.requetes import role_de
    from premier_accueil.socle.cloison import situation

    a = datetime.now(UTC)
    role = role_de(Compte.objects.get(identifiant="accueil"), None, a)
    assert role
    with situation(structure=role.structure_id, mission=role.mission_id):
        poste = poste_de_travail(role, None)
        assert poste
        jeton = actions.renouveler_ecran(role=role, site_id=poste.site_id, a=a)

    def donner() -> None:
        with situation(structure=role.structure_id, mission=role.mission_id):
            actions.donner_ticket(etape=Etape.ACCUEIL, prenom="", role=role, site_id=poste.site_id, a=datetime.now(UTC))

    return jeton, donner


def servir(ecrans: int, tickets: int) -> None:
    """Serve a demonstration in a throwaway state folder, measure, stop it."""
    with tempfile.TemporaryDirectory() as dossier:
        Path(dossier).chmod(0o755)
        os.environ["PREMIER_ACCUEIL_DOSSIER"] = dossier
        from premier_accueil.commandes.demonstration import demonstration

        demonstration.callback(passages=0)  # type: ignore[misc]
        serveur = subprocess.Popen(
            [sys.executable, "-u", "-c", COMMANDE, "demarrer", "--port", "8791"], stdout=subprocess.PIPE, text=True
        )
        assert serveur.stdout
        trouve = next(t for ligne in serveur.stdout if (t := re.search(r"localhost:(\d+)", ligne)))
        try:
            asyncio.run(mesurer(int(trouve[1]), ecrans, tickets))
        finally:
            subprocess.run([sys.executable, "-c", COMMANDE, "arreter"], check=False)


def principal() -> None:
    """Serve, then measure."""
    options = argparse.ArgumentParser()
    options.add_argument("--petit", action="store_true", help="a smoke run")
    options.add_argument("--ecrans", type=int, default=300)
    choix = options.parse_args()
    servir(*((20, 5) if choix.petit else (choix.ecrans, 40)))


if __name__ == "__main__":
    principal()
