"""Time of an orientation at the size of the country, from words to reasons, beside a named baseline of the same run.

Run: ``python bench/orientation.py [--petit] [--services 90000] [--dossier D]``. It fills, once, a throwaway state
folder (``--dossier`` keeps it) with a made-up directory: real titles, real places, fixed seed (``bench/pays.py``).

Baseline "sql-50km": the same needs, already understood, asked to the same database in one SQL — thématique, zone,
within 50 km, ordered by distance, five lines — as a directory search does, with its proper indexes: GIN on thématiques
and zones, GiST on the points (made here, for it alone). "ranking alone" is ours from the same needs: reach, weights,
opening hours, diversity, reasons, the trip for several needs and the texts. "weighing everything" weighs every service
within reach instead of the leading ones: how often the five shown are the same.
"""

from __future__ import annotations

import argparse
import itertools
import math
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

RACINE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(RACINE))
A = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Europe/Paris"))
MODES = ("voiture", "pied", "transport", "velo")
PHRASES = (
    "voiture en panne, ne peut plus aller travailler", "j'ai reçu une lettre d'huissier", "plus rien à manger",
    "dossier caf bloqué depuis deux mois", "mon proprio veut me virer", "je comprends pas internet",
    "je cherche une garde d'enfants", "mal aux dents et pas de mutuelle", "je voudrais passer le permis",
    "mon père perd la tête", "je sais pas remplir le papier de la retraite", "surendettement", "xyzzy",
)  # fmt: skip
INDEX = "CREATE INDEX IF NOT EXISTS banc_point ON annuaire_site USING gist (point(longitude, latitude))"
BASE = """
SELECT s.id, s.source_id, s.nom, st.nom,
       sqrt(power((site.latitude - %(lat)s) * 111.195, 2)
            + power((site.longitude - %(lon)s) * 111.195 * %(cos)s, 2)) AS km
  FROM annuaire_service s
  JOIN acteurs_structure st ON st.id = s.structure_id
  JOIN annuaire_permanence p ON p.service_id = s.id
  JOIN annuaire_site site ON site.id = p.site_id
 WHERE s.thematiques && %(besoins)s::varchar[] AND (s.zone = '{}' OR s.zone && %(zones)s::varchar[])
   AND point(site.longitude, site.latitude) <@ box(point(%(ouest)s, %(sud)s), point(%(est)s, %(nord)s))
   AND sqrt(power((site.latitude - %(lat)s) * 111.195, 2)
            + power((site.longitude - %(lon)s) * 111.195 * %(cos)s, 2)) <= 50
 ORDER BY km, s.id LIMIT 5
"""
NEUF = """
import sys, time
from premier_accueil.commandes.amorce import preparer
preparer()
from datetime import datetime
from zoneinfo import ZoneInfo
from premier_accueil.orientation.requetes import propositions
a = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Europe/Paris"))
propositions("voiture en panne, plus de quoi payer le loyer", commune="44109", a=a)
premiere, processeur = time.time(), time.process_time()
for code in sys.argv[2:]:
    propositions("plus de quoi payer le loyer et le petit est malade", commune=code, a=a)
kilo = int(next(x for x in open("/proc/self/status") if x.startswith("VmRSS")).split()[1])
print(premiere - float(sys.argv[1]), processeur, kilo / 1024)
"""


def situations(combien: int) -> list[tuple[str, str, str]]:
    """Return varied (words, commune, mode): communes drawn as people live, so that nearly all are met once only."""
    from premier_accueil.territoire.models import Commune

    cas = RACINE / "tests" / "orientation" / "cas" / "mesure.tsv"
    phrases = list(PHRASES)
    if cas.exists():
        lignes = cas.read_text(encoding="utf-8").splitlines()
        phrases = [ligne.split("\t")[0] for ligne in lignes if ligne.strip() and not ligne.startswith("#")]
    lues = list(
        Commune.objects.filter(genre="COM", latitude__isnull=False, population__gt=0)
        .order_by("code").values_list("code", "population")
    )  # fmt: skip
    codes = random.Random(7).choices([c for c, _ in lues], [p for _, p in lues], k=combien)
    return list(itertools.islice(zip(itertools.cycle(phrases), codes, itertools.cycle(MODES)), combien))


def resumer(nom: str, temps: list[float]) -> float:
    """Print p50, p95 and maximum in milliseconds; return p95."""
    p95 = statistics.quantiles(temps, n=20)[-1]
    p50 = statistics.median(temps)
    print(f"{nom:<24} p50 {p50:7.2f} ms   p95 {p95:7.2f} ms   max {max(temps):7.2f} ms   n={len(temps)}")
    return p95


def demander_en_sql(curseur, code: str, besoins: list[str]) -> float:
    """Ask the baseline; return milliseconds."""
    from premier_accueil.territoire.requetes import commune_par_code

    ici = commune_par_code(code)
    assert ici is not None
    lat, lon = ici.latitude or 0.0, ici.longitude or 0.0
    cos = math.cos(math.radians(lat))
    haut, large = 50 / 111.195, 50 / 111.195 / cos
    parametres = {
        "besoins": besoins, "lat": lat, "lon": lon, "cos": cos, "nord": lat + haut, "sud": lat - haut,
        "est": lon + large, "ouest": lon - large,
        "zones": [ici.code, ici.epci_code, ici.departement, "france", "99100"],
    }  # fmt: skip
    debut = time.perf_counter()
    curseur.execute(BASE, parametres)
    curseur.fetchall()
    return (time.perf_counter() - debut) * 1000


def mesurer(combien: int) -> None:
    """Time the orientation, its two halves and the baseline on the same situations."""
    from django.db import connection, connections

    from premier_accueil.annuaire.models import Permanence, Service
    from premier_accueil.orientation.requetes import memoire, proposer, propositions

    with connections["proprietaire"].cursor() as curseur:
        curseur.execute(INDEX)
        curseur.execute("ANALYZE annuaire_site")
    jeu = situations(combien)
    print(f"{Service.objects.count()} services, {Permanence.objects.count()} permanences, {len(jeu)} situations")
    print(f"load of the machine: {os.getloadavg()[0]:.1f} for {os.cpu_count()} processors")
    lecteur = proposer._lecteur()
    lecteur.chauffer()  # as the server does when it starts
    debut = time.perf_counter()
    index = memoire.memoire().index
    print(f"index: {time.perf_counter() - debut:.2f} s, {index.octets / 1e6:.1f} MB of arrays")
    notre, lecture, rang, base, deux = [], [], [], [], 0
    chauffe = min(24, combien)
    with connection.cursor() as curseur:
        for texte, code, mode in jeu[:chauffe] + jeu:
            debut = time.perf_counter()
            reponse = propositions(texte, commune=code, a=A, mode=mode)
            fin = time.perf_counter()
            notre.append((fin - debut) * 1000)
            lecteur.comprendre(texte)
            lecture.append((time.perf_counter() - fin) * 1000)
            besoins = [t.code for t in reponse.thematiques]
            memoire._etat.actuelle = memoire.Memoire(memoire.memoire().edition, index)  # rows forgotten: read again
            debut = time.perf_counter()
            propositions("", commune=code, a=A, mode=mode, thematiques=besoins)
            rang.append((time.perf_counter() - debut) * 1000)
            base.append(demander_en_sql(curseur, code, besoins))
            deux += reponse.tournee is not None
    fins = {nom: resumer(nom, temps[chauffe:]) for nom, temps in (
        ("orientation", notre), ("  understanding alone", lecture), ("  ranking alone", rang),
        ("baseline sql-50km", base),
    )}  # fmt: skip
    sql = fins["baseline sql-50km"]
    print(f"times faster than sql-50km, p95: ranking {sql / fins['  ranking alone']:.2f}, "
          f"end to end {sql / fins['orientation']:.2f}; one trip proposed: {deux} of {len(notre)}")  # fmt: skip
    comparer(jeu)


def comparer(jeu: list[tuple[str, str, str]]) -> None:
    """Say how often weighing every service within reach would show the same five."""
    from premier_accueil.orientation.requetes import peser, propositions

    def cinq() -> list[list[int]]:
        return [
            [p.service_id for p in propositions(t, commune=c, a=A, mode=m).propositions] for t, c, m in jeu[::6]
        ]

    vues, bornes = cinq(), (peser.PAR_SORTE, peser.PAR_SORTE_ACCUEIL)
    peser.PAR_SORTE, peser.PAR_SORTE_ACCUEIL = 100_000, 100_000
    toutes = cinq()
    peser.PAR_SORTE, peser.PAR_SORTE_ACCUEIL = bornes
    memes = sum(x == y for x, y in zip(vues, toutes, strict=True))
    parts = [len({*x} & {*y}) / max(1, len(y)) for x, y in zip(vues, toutes, strict=True)]
    print(f"weighing everything: same list {memes} of {len(vues)}, same services {statistics.mean(parts):.1%}")


def neuf(codes: list[str]) -> None:
    """Start a fresh process: time to its first answer, memory after many."""
    secondes, processeur, mo = subprocess.run(
        [sys.executable, "-c", NEUF, str(time.time()), *codes], check=True, capture_output=True, text=True, cwd=RACINE
    ).stdout.split()  # fmt: skip
    print(
        f"fresh process: first answer {float(secondes):.2f} s ({float(processeur):.2f} s of processor),"
        f" {float(mo):.0f} MB after {len(codes)} more"
    )


def main() -> None:
    """Fill, measure, stop the database that was started."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--petit", action="store_true", help="smoke run: 3,000 services, 40 situations")
    arguments.add_argument("--services", type=int, default=90_000)
    arguments.add_argument("--dossier", help="state folder to keep and use again")
    voulu = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="pa-bench-", ignore_cleanup_errors=True) as provisoire:
        os.environ["PREMIER_ACCUEIL_DOSSIER"] = voulu.dossier or provisoire
        from premier_accueil.commandes.amorce import preparer

        preparer()
        from bench.pays import remplir

        try:
            remplir(3_000 if voulu.petit else voulu.services)
            mesurer(40 if voulu.petit else 372)
            neuf([code for _, code, _ in situations(120)])
        finally:
            from django.db import connections

            from premier_accueil.socle import dossiers
            from premier_accueil.socle.base import Serveur

            connections.close_all()
            getattr(connections["default"], "close_pool", lambda: None)()
            Serveur(dossiers.etat()).arreter()


if __name__ == "__main__":
    main()
