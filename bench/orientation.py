"""Time of an orientation at the size of the country, from words to reasons, beside a named baseline of the same run.

Run: ``python bench/orientation.py [--petit] [--services 90000] [--dossier D]``. It fills, once, a throwaway state
folder (``--dossier`` keeps it) with a made-up directory: real titles, real places, fixed seed (``bench/pays.py``).

Baseline "sql-50km": the same needs, already understood, asked to the same database in one SQL — thématique, zone,
within 50 km, ordered by distance, five lines — as a directory search does, with its proper indexes: GIN on thématiques
and zones, GiST on the points (made here, for it alone). "ranking alone" is ours from the same needs: reach, weights,
opening hours, diversity, reasons, the trip for several needs and the texts. "looking at everything" looks at the hours
and names of every service within reach instead of the leading ones: how often the five shown are the same.
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
from collections.abc import Callable
from datetime import datetime
from functools import partial
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
from premier_accueil.orientation.requetes import chauffer, propositions
a = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Europe/Paris"))
chauffer()  # as the server does when it starts
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


def resumer(nom: str, mesure: Chronometre) -> float:
    """Print p50, p95 and maximum in milliseconds, and the mean of processor; return p95."""
    temps = mesure.temps
    p95 = statistics.quantiles(temps, n=20)[-1]
    print(
        f"{nom:<24} p50 {statistics.median(temps):7.2f} ms   p95 {p95:7.2f} ms   max {max(temps):7.2f} ms"
        f"   processor {mesure.processeur / len(temps) * 1000:7.2f} ms   n={len(temps)}"
    )
    return p95


def preparer_le_sql(curseur, code: str, besoins: list[str]) -> Callable[[], list[tuple]]:
    """Return the baseline, ready to be asked."""
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

    def demander() -> list[tuple]:
        curseur.execute(BASE, parametres)
        return curseur.fetchall()

    return demander


class Chronometre:
    """Wall time of each call, and the processor time of this process and of its database backend, summed.

    The processor time says little of waiting, and is therefore what can be compared on a machine with other work.
    """

    def __init__(self, backend: int) -> None:
        self.stat, self.temps, self.processeur = Path(f"/proc/{backend}/stat"), [], 0.0

    def _depense(self) -> float:
        lu = self.stat.read_text().rpartition(")")[2].split() if self.stat.exists() else ["0"] * 13
        return time.process_time() + (int(lu[11]) + int(lu[12])) / os.sysconf("SC_CLK_TCK")

    def mesurer(self, appel):
        """Call, and return what was returned."""
        avant, debut = self._depense(), time.perf_counter()
        rendu = appel()
        self.temps.append((time.perf_counter() - debut) * 1000)
        self.processeur += self._depense() - avant
        return rendu


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
    lecteur.preparer()
    debut = time.perf_counter()
    index = memoire.memoire().index
    print(f"index: {time.perf_counter() - debut:.2f} s, {index.octets / 1e6:.1f} MB of arrays")
    chauffe, deux = min(24, combien), 0
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_backend_pid()")
        backend = curseur.fetchone()[0]
        for tour in (jeu[:chauffe], jeu):
            noms = ("orientation", "  understanding alone", "  ranking alone", "baseline sql-50km")
            notre, lecture, rang, base = mesures = [Chronometre(backend) for _ in noms]
            for texte, code, mode in tour:
                reponse = notre.mesurer(partial(propositions, texte, commune=code, a=A, mode=mode))
                lecture.mesurer(partial(lecteur.comprendre, texte))
                besoins = [t.code for t in reponse.thematiques]
                memoire._etat.actuelle = memoire.Memoire(memoire.memoire().edition, index)  # rows forgotten: read again
                rang.mesurer(partial(propositions, "", commune=code, a=A, mode=mode, thematiques=besoins))
                base.mesurer(preparer_le_sql(curseur, code, besoins))
                deux += reponse.tournee is not None
    p95 = [resumer(nom, m) for nom, m in zip(noms, mesures, strict=True)]
    cout = [m.processeur for m in mesures]
    print(
        f"times faster than sql-50km: ranking {p95[3] / p95[2]:.2f} at p95, {cout[3] / cout[2]:.2f} of processor;"
        f" end to end {p95[3] / p95[0]:.2f} at p95, {cout[3] / cout[0]:.2f} of processor. One trip proposed: {deux}"
    )
    comparer(jeu)


def comparer(jeu: list[tuple[str, str, str]]) -> None:
    """Say how often looking at every service within reach would show the same five."""
    from premier_accueil.orientation.requetes import peser, propositions

    def cinq() -> list[list[int]]:
        return [
            [p.service_id for p in propositions(t, commune=c, a=A, mode=m).propositions] for t, c, m in jeu[::6]
        ]

    vues, bornes = cinq(), (peser.MARGE, peser.MARGE_D_ACCUEIL, peser.PAR_BESOIN)
    peser.MARGE, peser.MARGE_D_ACCUEIL, peser.PAR_BESOIN = 100_000, 100_000, 100_000
    toutes = cinq()
    peser.MARGE, peser.MARGE_D_ACCUEIL, peser.PAR_BESOIN = bornes
    memes = sum(x == y for x, y in zip(vues, toutes, strict=True))
    parts = [len({*x} & {*y}) / max(1, len(y)) for x, y in zip(vues, toutes, strict=True)]
    print(f"looking at everything: same list {memes} of {len(vues)}, same services {statistics.mean(parts):.1%}")


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
