"""What the two barriers and the two registers cost, each part beside named baselines of the same run.

Run: ``python bench/partage.py [journal …] [--petit]``. Everything happens in a throwaway state folder, on a server that
flushes its commits to disk as in production.

Part "barrieres": time of three counter pages with row-level security and the journal, beside "sans barrières": the same
pages with the walls taken down by the owner and nothing written in the registers, in turns.

Part "cloison": what a structure reads of 50,000 persons, beside "sans cloison": the same query, walls taken down.

Part "journal": lines appended per second by 16 threads, one transaction and one real commit a line. Baselines:
"sans chaîne" (the same line, without head nor fingerprint) and "une chaîne pour tous" (one head for everybody).
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from uuid import uuid4

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


@contextmanager
def sans_murs() -> Iterator[None]:
    """Take the walls down, as the owner may, and put them back."""
    from django.db import connection, connections

    proprietaire = connections["proprietaire"].cursor()
    with connection.cursor() as curseur:
        curseur.execute("SELECT relname FROM pg_class WHERE relforcerowsecurity ORDER BY 1")
        tables = [nom for (nom,) in curseur.fetchall()]
    for table in tables:
        proprietaire.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    try:
        yield
    finally:
        for table in tables:
            proprietaire.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")


def barrieres(petit: bool) -> None:
    """Print the time of counter pages with both barriers and without any, and the cost of the barriers."""
    from django.test import Client

    from premier_accueil.accueil import actions
    from premier_accueil.accueil.actions import Demande
    from premier_accueil.accueil.regles import Nature
    from premier_accueil.acteurs.models import Compte
    from premier_accueil.acteurs.requetes import role_de
    from premier_accueil.annuaire.models import Site
    from premier_accueil.commandes.demonstration import demonstration
    from premier_accueil.pages import entree
    from premier_accueil.socle.cloison import situation
    from premier_accueil.socle.journal import ecriture

    demonstration.callback(passages=0)  # type: ignore[misc]
    compte = Compte.objects.get(identifiant="accueil")
    client = Client(SERVER_NAME="localhost")
    client.force_login(compte)
    a = datetime.now(UTC)
    role = role_de(compte, None, a)
    assert role is not None
    site = Site.objects.filter(structure_id=role.structure_id).order_by("nom", "pk")[0]
    with situation(structure=role.structure_id, mission=role.mission_id):
        for _ in range(60):
            demande = Demande(demande_id=uuid4(), nature=Nature.CONSEIL, mots="voiture en panne")
            recu = actions.accueillir(demande, role=role, site_id=site.pk, a=a)
    du_jour = "/guichet/passages/"
    pages = {"guichet": "/guichet/", "passage": f"{du_jour}{recu.passage_id}/", "passages du jour": du_jour}
    ecrire, situer = ecriture._ecrire, entree.situer
    tours, par_tour = (2, 10) if petit else (6, 50)
    print(f"barrières : {tours} × {par_tour} requêtes par page et par cas, à tour de rôle")
    for nom, adresse in pages.items():
        temps: dict[str, list[float]] = {"sans barrières (repère)": [], "cloisons et journal": []}
        for tour in range(2 * tours):
            nu = tour % 2 == 0
            with sans_murs() if nu else nullcontext():
                ecriture._ecrire = (lambda lignes: None) if nu else ecrire
                entree.situer = (lambda **qui: ()) if nu else situer
                for rang in range(par_tour + 3):
                    debut = time.perf_counter()
                    reponse = client.get(adresse)
                    duree = (time.perf_counter() - debut) * 1000
                    assert reponse.status_code == 200, (nom, reponse.status_code)
                    if rang >= 3:
                        temps["sans barrières (repère)" if nu else "cloisons et journal"].append(duree)
            ecriture._ecrire, entree.situer = ecrire, situer
        repere = statistics.median(temps["sans barrières (repère)"])
        for cas, durees in temps.items():
            p50, p95 = statistics.median(durees), statistics.quantiles(durees, n=20)[-1]
            print(f"{nom:<18}{cas:<26} p50 {p50:6.1f} ms   p95 {p95:6.1f} ms   {p50 / repere:5.2f} × sans barrières")


def cloison(petit: bool) -> None:
    """Print the time of a search by name among many persons, with and without walls, and what leaks: nothing."""
    from django.db import connection, connections

    from premier_accueil.acteurs.models import Structure
    from premier_accueil.personnes.models import MotDeNom, Personne
    from premier_accueil.socle.cloison import situation
    from tests.personnes.volumes import remplir

    combien = 2_000 if petit else 50_000
    une, autre = (
        Structure.objects.create(source="bench", source_id=nom, nom=nom, cle=nom).pk for nom in ("une", "autre")
    )
    for rang, structure in enumerate((une, autre)):
        with situation(structure=structure):
            remplir(structure, combien, A, rang)
    connections["proprietaire"].cursor().execute("ANALYZE personnes_personne, personnes_motdenom")
    for dit, qui in (("une autre structure", {"structure": 999_999}), ("aucun réglage", {})):
        with situation(**qui), connection.cursor() as curseur:
            curseur.execute("SELECT count(*) FROM personnes_personne")
            print(f"cloison : {dit} voit {curseur.fetchone()[0]} des {2 * combien} personnes")
    with situation(structure=une):
        mots = list(MotDeNom.objects.filter(genre="NOM").order_by("pk").values_list("mot", flat=True)[:200])

    def chercher() -> list[float]:
        durees = []
        for mot in mots:
            debut = time.perf_counter()
            with situation(structure=une):
                cles = MotDeNom.objects.filter(structure_id=une, mot=mot).values("personne_id")
                list(Personne.objects.filter(structure_id=une, pk__in=cles).order_by("cle", "pk")[:20])
            durees.append((time.perf_counter() - debut) * 1000)
        return durees

    chercher()
    with sans_murs():
        repere = statistics.median(chercher())
    avec = statistics.median(chercher())
    print(f"recherche par nom, {2 * combien} personnes : sans cloison (repère) {repere:.1f} ms, avec {avec:.1f} ms,")
    print(f"soit {avec / repere:.2f} × sans cloison")


PARTIES: dict[str, Callable[[bool], None]] = {"journal": journal, "cloison": cloison, "barrieres": barrieres}


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
