"""Server time of every counter page, beside a named baseline of the same run.

Run: ``python bench/guichet.py [--petit] [--passages 600000] [--dossier DOSSIER]``. It loads the demonstration network
and a year of visits in a throwaway state folder — or in one that it keeps, so that a long load is paid once —, signs in
as the receptionist and asks each page through Django (routing, transaction, journal, template; no network).

Baseline "page-nue": the sign-in page of the same process, which reads no passage and no directory.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from contextlib import nullcontext
from itertools import cycle
from pathlib import Path
from uuid import uuid4

RACINE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(RACINE))
PHRASES = cycle(
    ("voiture en panne, ne peut plus aller travailler", "plus de loyer payé et le petit est malade", "caf coupée",
     "lettre d'huissier", "je voudrais passer le permis", "j'ai plus rien à manger", "je comprends pas internet")
)  # fmt: skip


def mesurer(tours: int) -> None:
    """Print the median and 95th percentile of each page, in milliseconds, and their ratio to the baseline."""
    from django.test import Client
    from django.utils import timezone

    from premier_accueil.accueil.models import Attente, Passage
    from premier_accueil.acteurs.models import Compte
    from premier_accueil.acteurs.requetes import role_de
    from premier_accueil.orientation.comprendre import charger
    from premier_accueil.socle.cloison import situation
    from premier_accueil.socle.horloge import jour_local

    charger().chauffer()
    charger().preparer()
    nu, client = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
    agent = Compte.objects.get(identifiant="accueil")
    client.force_login(agent)
    ici = role_de(agent, None, timezone.now())
    assert ici is not None
    with situation(structure=ici.structure_id):  # a kept folder starts each run with nobody in the queue
        Attente.objects.filter(etat__in=["EN_ATTENTE", "PARTI"], jour=jour_local(timezone.now())).delete()

    def saisie(**champs: str) -> dict[str, str]:
        return {"demande_id": str(uuid4()), "mots": next(PHRASES), "commune": "Loireauxence"} | champs

    passage = client.post("/guichet/accueillir/", saisie(nature="INFORMATION", nom="Ada"))["Location"]
    pages = {
        "page-nue (baseline)": lambda: nu.get("/compte/connexion/"),
        "guichet": lambda: client.get("/guichet/"),
        "suggestions": lambda: client.post("/guichet/suggestions/", saisie()),
        "communes": lambda: client.post("/guichet/communes/", {"commune": "loirauxence"}),
        "accueillir": lambda: client.post("/guichet/accueillir/", saisie(nature="INFORMATION")),
        "passer la personne": lambda: client.post("/guichet/accueillir/", saisie(nature="TRAVAILLEUR_SOCIAL")),
        "passage": lambda: client.get(passage),
        "passages du jour": lambda: client.get("/guichet/passages/"),
        "file": lambda: client.get("/file/?etape=TRAVAIL_SOCIAL"),
    }
    base = 0.0
    for nom, demander in pages.items():
        durees = []
        for tour in range(tours + 5):
            # A browser shows the message of an act on its next page; here they would pile up in their cookie.
            client.cookies.pop("messages", None)
            depart = time.perf_counter()
            reponse = demander()
            duree = (time.perf_counter() - depart) * 1000
            assert reponse.status_code in {200, 302}, (nom, reponse.status_code)
            if tour >= 5:
                durees.append(duree)
        p50, p95 = statistics.median(durees), statistics.quantiles(durees, n=20)[-1]
        base = base or p95
        print(f"{nom:32} p50 {p50:6.1f} ms   p95 {p95:6.1f} ms   p95/baseline {p95 / base:5.1f}")
    with situation(structure=ici.structure_id):
        print(f"sizes: {Passage.objects.count()} passages, {tours} requests a page")


def principal() -> None:
    """Load, then measure."""
    options = argparse.ArgumentParser()
    options.add_argument("--petit", action="store_true", help="a smoke run")
    options.add_argument("--passages", type=int, default=4_000, help="visits of the year before, 600000 for load")
    options.add_argument("--dossier", help="state folder to use and keep")
    choix = options.parse_args()
    tours = 15 if choix.petit else 200
    garde = nullcontext(choix.dossier) if choix.dossier else tempfile.TemporaryDirectory()
    with garde as dossier:
        Path(dossier).mkdir(exist_ok=True)
        Path(dossier).chmod(0o755)
        os.environ["PREMIER_ACCUEIL_DOSSIER"] = dossier
        from premier_accueil.commandes.amorce import preparer
        from premier_accueil.commandes.demonstration import demonstration

        preparer()  # a kept folder: the demonstration says that it is ready, and starts nothing
        demonstration.callback(passages=choix.passages)  # type: ignore[misc]
        try:
            mesurer(tours)
        finally:
            from django.db import connection

            from premier_accueil.socle.base import Serveur

            connection.close()
            connection.close_pool()
            Serveur(Path(dossier)).arreter()


if __name__ == "__main__":
    principal()
