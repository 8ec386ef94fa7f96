"""What the two barriers and the two registers cost, each part beside named baselines of the same run.

Run: ``python bench/partage.py [journal …] [--petit]``. Everything happens in a throwaway state folder, on a server that
flushes its commits to disk as in production.

Part "journal": lines appended per second by 16 threads, one transaction and one real commit a line. Baselines:
"sans chaîne" (the same line, without head nor fingerprint) and "une chaîne pour tous" (one head for everybody).
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(RACINE))
FILS = STRUCTURES = 16
A, MOIS = datetime(2026, 11, 23, 9, 0, tzinfo=UTC), date(2026, 11, 1)
INSERTION = (
    "INSERT INTO socle_acces (structure_id, mois, rang, a, empreinte, objet_id, compte_id, geste, action, objet)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)


def journal(petit: bool) -> None:
    """Print the rate of appends and its ratio to each baseline, then of reading the chains again."""
    from django.db import connection, transaction

    from premier_accueil.socle.cloison import situation, situer
    from premier_accueil.socle.journal import Geste, noter
    from premier_accueil.socle.journal.verification import verifier

    valeurs = {"compte_id": 3, "geste": Geste.LECTURE, "action": "passage_vu", "objet": "PASSAGE"}
    rangs = count(1)

    def sans_chaine(fil: int, n: int) -> None:
        chez = 1000 + fil
        with transaction.atomic():
            situer(structure=chez)
            with connection.cursor() as curseur:
                curseur.execute(INSERTION, [chez, MOIS, next(rangs), A, "0" * 64, n, *valeurs.values()])

    def chaine(chez: int, n: int) -> None:
        with transaction.atomic():
            situer(structure=chez)
            noter(structure_id=chez, objet_id=n, a=A, **valeurs)

    lignes = 40 if petit else 250
    cas: dict[str, Callable[[int, int], None]] = {
        "sans chaîne (repère)": sans_chaine,
        "une chaîne par structure": lambda fil, n: chaine(1 + fil % STRUCTURES, n),
        "une chaîne pour tous (repère)": lambda fil, n: chaine(999, n),
    }
    print(f"journal : {FILS} fils, {STRUCTURES} structures, {lignes} lignes par fil, trois passes, un commit par ligne")
    debits: dict[str, list[float]] = {nom: [] for nom in cas}
    en_fils(lambda fil: [f(fil, 0) for f in cas.values()])
    for _ in range(3):
        for nom, f in cas.items():
            debits[nom].append(FILS * lignes / en_fils(lambda fil, f=f: [f(fil, n) for n in range(lignes)]))
    repere = sorted(debits["sans chaîne (repère)"])[1]
    for nom, trois in debits.items():
        bas, milieu, haut = sorted(trois)
        print(f"{nom:<32} {milieu:7.0f} lignes/s ({bas:.0f} à {haut:.0f})   {milieu / repere:5.2f} × sans chaîne")
    debut, relues, fautes = time.perf_counter(), 0, 0
    for chez in (*range(1, STRUCTURES + 1), 999):
        with situation(structure=chez):
            bilan = verifier(chez, a=A)
        relues, fautes = relues + bilan.lignes, fautes + len(bilan.fautes)
    duree = time.perf_counter() - debut
    print(f"{'relire les chaînes':<32} {relues / duree:7.0f} lignes/s   {relues} lignes, {fautes} faute")


def en_fils(f: Callable[[int], object]) -> float:
    """Run ``f`` in every thread at once; return the seconds until the last one is done.

    Raises:
        RuntimeError: one of them failed.
    """
    from django.db import connection

    depart, erreurs = threading.Barrier(FILS + 1), []

    def courir(fil: int) -> None:
        connection.ensure_connection()
        depart.wait()
        try:
            f(fil)
        except Exception as erreur:
            erreurs.append(erreur)
        finally:
            connection.close()

    fils = [threading.Thread(target=courir, args=(n,)) for n in range(FILS)]
    for fil in fils:
        fil.start()
    depart.wait()
    debut = time.perf_counter()
    for fil in fils:
        fil.join()
    duree = time.perf_counter() - debut
    if erreurs:
        raise RuntimeError(f"{len(erreurs)} threads failed") from erreurs[0]
    return duree


PARTIES: dict[str, Callable[[bool], None]] = {"journal": journal}


def main() -> None:
    """Run the parts asked for, all of them by default."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("parties", nargs="*", choices=[[], *PARTIES], metavar="partie", help=", ".join(PARTIES))
    options.add_argument("--petit", action="store_true", help="fewer turns, to check that it runs")
    lu = options.parse_args()
    with tempfile.TemporaryDirectory() as dossier:
        os.environ["PREMIER_ACCUEIL_DOSSIER"] = dossier
        from premier_accueil.commandes.amorce import preparer

        preparer()
        from premier_accueil.socle.base import Serveur

        try:
            for nom in lu.parties or PARTIES:
                PARTIES[nom](lu.petit)
        finally:
            from django.db import connections

            for lien in connections.all():
                lien.close()
                getattr(lien, "close_pool", lambda: None)()
            Serveur(Path(dossier)).arreter()


if __name__ == "__main__":
    main()
