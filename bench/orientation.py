"""Time of an orientation, from words to reasons, beside a named baseline of the same run.

Run: ``python bench/orientation.py [--petit]``. It loads, once, the demonstration network and — when found in
``../shared/data`` or ``PA_DONNEES`` — the real file of 2,845 France services, in a throwaway state folder
(``--dossier`` keeps it for the next run).

Baseline "sql-50km": the same needs, already understood, asked to the same database in one SQL — thématique, zone,
within 50 km, ordered by distance — as a directory search does. The ratio says what understanding, opening hours,
ranking and reasons cost beyond it.
"""

from __future__ import annotations

import argparse
import itertools
import os
import statistics
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

RACINE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(RACINE))
A = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Europe/Paris"))
# Around the demonstration network, then all over France and overseas.
COMMUNES = ("44213", "44109", "44003", "44015", "44184", "49007", "75056", "13055", "59350", "31555", "25056", "97411")
MODES = ("voiture", "pied", "transport", "velo")
PHRASES = (
    "voiture en panne, ne peut plus aller travailler", "j'ai reçu une lettre d'huissier", "plus rien à manger",
    "dossier caf bloqué depuis deux mois", "mon proprio veut me virer", "je comprends pas internet",
    "je cherche une garde d'enfants", "mal aux dents et pas de mutuelle", "je voudrais passer le permis",
    "mon père perd la tête", "je sais pas remplir le papier de la retraite", "surendettement", "xyzzy",
)  # fmt: skip
BASE = """
SELECT s.id, s.source_id, s.nom, st.nom,
       sqrt(power((site.latitude - %(lat)s) * 111.195, 2)
            + power((site.longitude - %(lon)s) * 111.195 * %(cos)s, 2)) AS km
  FROM annuaire_service s
  JOIN acteurs_structure st ON st.id = s.structure_id
  JOIN annuaire_permanence p ON p.service_id = s.id
  JOIN annuaire_site site ON site.id = p.site_id
 WHERE s.thematiques && %(besoins)s AND (s.zone = '{}' OR s.zone && %(zones)s)
   AND sqrt(power((site.latitude - %(lat)s) * 111.195, 2)
            + power((site.longitude - %(lon)s) * 111.195 * %(cos)s, 2)) <= 50
 ORDER BY km, s.id LIMIT 5
"""


def charger() -> None:
    """Load the demonstration network and the real France services file into the state folder, once."""
    from premier_accueil.commandes.amorce import preparer
    from premier_accueil.commandes.principal import principal

    preparer()
    from premier_accueil.annuaire.models import Service

    if Service.objects.exists():
        return
    principal.main(["demonstration"], standalone_mode=False)
    donnees = Path(os.environ.get("PA_DONNEES", RACINE.parent / "shared" / "data"))
    fichiers = sorted((donnees / "france-services").glob("liste-fs-*.csv"))
    if fichiers:
        principal.main(["importer", "france-services", str(fichiers[-1])], standalone_mode=False)
    else:
        print("France services file not found: demonstration network only.")
    from django.db import connections

    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("ANALYZE")


def situations(combien: int) -> list[tuple[str, str, str]]:
    """Return varied (words, commune, mode)."""
    cas = RACINE / "tests" / "orientation" / "cas" / "mesure.tsv"
    phrases = list(PHRASES)
    if cas.exists():
        lignes = cas.read_text(encoding="utf-8").splitlines()
        phrases = [ligne.split("\t")[0] for ligne in lignes if ligne.strip() and not ligne.startswith("#")]
    # Half of them where the demonstration network stands: that is where services compete.
    communes = itertools.cycle([c for autre in COMMUNES[1:] for c in (COMMUNES[0], autre)])
    return list(itertools.islice(zip(itertools.cycle(phrases), communes, itertools.cycle(MODES)), combien))


def resumer(nom: str, temps: list[float]) -> float:
    """Print p50, p95 and maximum in milliseconds; return p95."""
    p95 = statistics.quantiles(temps, n=20)[-1]
    p50 = statistics.median(temps)
    print(f"{nom:<24} p50 {p50:7.2f} ms   p95 {p95:7.2f} ms   max {max(temps):7.2f} ms   n={len(temps)}")
    return p95


def mesurer(combien: int) -> None:
    """Time the orientation, the understanding alone and the baseline on the same situations."""
    import math

    from django.db import connection

    from premier_accueil.annuaire.models import Permanence, Service
    from premier_accueil.orientation.requetes import proposer, propositions
    from premier_accueil.territoire.requetes import commune_par_code

    jeu = situations(combien)
    print(f"{Service.objects.count()} services, {Permanence.objects.count()} permanences, {len(jeu)} situations")
    debut = time.perf_counter()
    propositions(jeu[0][0], commune=jeu[0][1], a=A)
    print(f"first orientation of the process: {time.perf_counter() - debut:.2f} s (lexicon and encoder loaded)")
    lecteur = proposer._lecteur()
    lecteur.chauffer()  # as the server does when it starts
    notre, lecture, base = [], [], []
    vides = 0
    for texte, code, mode in jeu[:24] + jeu:
        debut = time.perf_counter()
        reponse = propositions(texte, commune=code, a=A, mode=mode)
        fin = time.perf_counter()
        notre.append((fin - debut) * 1000)
        lecteur.comprendre(texte)
        lecture.append((time.perf_counter() - fin) * 1000)
        vides += not reponse.propositions
        ici = commune_par_code(code)
        assert ici is not None
        lat, lon = ici.latitude or 0.0, ici.longitude or 0.0
        besoins = [t.code for t in reponse.thematiques]
        parametres = {
            "besoins": besoins, "lat": lat, "lon": lon, "cos": math.cos(math.radians(lat)),
            "zones": [ici.code, ici.epci_code, ici.departement, "france", "99100"],
        }  # fmt: skip
        debut = time.perf_counter()
        with connection.cursor() as curseur:
            curseur.execute(BASE, parametres)
            curseur.fetchall()
        base.append((time.perf_counter() - debut) * 1000)
    p95 = resumer("orientation", notre[24:])
    resumer("  understanding alone", lecture[24:])
    p95_base = resumer("baseline sql-50km", base[24:])
    print(f"ratio p95 orientation / sql-50km: {p95 / p95_base:.2f}   empty answers: {vides}")


def main() -> None:
    """Load, measure, stop the database that was started."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--petit", action="store_true", help="smoke run: 40 situations")
    arguments.add_argument("--dossier", help="state folder to keep and use again")
    voulu = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="pa-bench-", ignore_cleanup_errors=True) as provisoire:
        os.environ["PREMIER_ACCUEIL_DOSSIER"] = voulu.dossier or provisoire
        charger()
        try:
            mesurer(40 if voulu.petit else 372)
        finally:
            from django.db import connections

            from premier_accueil.socle import dossiers
            from premier_accueil.socle.base import Serveur

            connections.close_all()
            getattr(connections["default"], "close_pool", lambda: None)()
            Serveur(dossiers.etat()).arreter()


if __name__ == "__main__":
    main()
