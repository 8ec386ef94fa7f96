"""Load the communes of France and search them; each figure stands beside a named baseline of the same run.

    PREMIER_ACCUEIL_DOSSIER=/some/empty/folder python -m bench.territoire

Baselines: the same rows written by Django's ``bulk_create``; the same words searched by ``ILIKE '%…%'`` on the name.
Empties the table of communes and loads it again: give it a folder of its own.
"""

from __future__ import annotations

import json
import os
import statistics
import time

TEXTES = [
    "loireauxence", "loirauxence", "varades", "44370", "44213", "443", "44", "st nazaire", "saint etienne",
    "saint etiene", "st étienne 44", "nantes", "nante", "nan", "na", "sa", "saint", "sainte luce", "havre",
    "notre dame landes", "angerrs", "paris 12", "la", "les sables", "chateaubriant", "chateaubriand",
    "vitry s/ seine", "xqzt", "44370 loireauxence", "loi", "loire", "beaulieu 44", "mont", "ancenis", "belligne",
    "orée d'anjou", "angers", "cholet", "besancon", "bezançon",
]  # fmt: skip
TOURS = 15


def percentiles(durees: list[float]) -> dict[str, float]:
    rangs = statistics.quantiles(durees, n=100, method="inclusive")
    p50, p95, pire = (round(x, 2) for x in (rangs[49], rangs[94], max(durees)))
    return {"p50_ms": p50, "p95_ms": p95, "max_ms": pire, "n": len(durees)}


def chronometrer(recherche, textes) -> dict[str, float]:
    durees = []
    for _ in range(TOURS):
        for texte in textes:
            depart = time.perf_counter()
            recherche(texte)
            durees.append(1000 * (time.perf_counter() - depart))
    return percentiles(durees[len(textes) :])  # the first round warms up


def vider() -> None:
    from django.db import connections

    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("TRUNCATE territoire_commune, territoire_mot CASCADE")


def naif() -> float:
    """Load the same rows with the ORM alone."""
    import json as j

    from premier_accueil.territoire.actions.communes import COLONNES
    from premier_accueil.territoire.actions.source import Lecture, dossier_des_donnees
    from premier_accueil.territoire.models import Commune

    depart = time.monotonic()
    objets, parents = [], {}
    for ligne in Lecture(dossier_des_donnees()).lignes():
        valeurs = {c: getattr(ligne, c) for c in COLONNES if c not in ("parente_code", "mairie")}
        objets.append((Commune(**valeurs, mairie=j.loads(ligne.mairie)), ligne.parente_code))
    Commune.objects.bulk_create([o for o, parent in objets if not parent], batch_size=1000)
    parents = dict(Commune.objects.filter(genre="COM").values_list("code", "pk"))
    for objet, parent in objets:
        objet.parente_id = parents.get(parent)
    Commune.objects.bulk_create([o for o, parent in objets if parent], batch_size=1000)
    return time.monotonic() - depart


def main() -> None:
    from premier_accueil.commandes.amorce import preparer

    preparer()
    from django.db import connections

    from premier_accueil.territoire.actions import charger_communes
    from premier_accueil.territoire.models import Commune
    from premier_accueil.territoire.requetes import chercher_communes

    if "PREMIER_ACCUEIL_DOSSIER" not in os.environ:
        raise SystemExit("Give PREMIER_ACCUEIL_DOSSIER: the tables of communes are emptied.")
    vider()
    orm = naif()
    vider()
    premier, second = charger_communes(), charger_communes()
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("ANALYZE territoire_commune, territoire_mot")

    def ilike(texte: str) -> list[Commune]:
        return list(Commune.objects.filter(nom__icontains=texte).order_by("-population").defer("contour", "mairie")[:8])

    ici = chronometrer(lambda texte: chercher_communes(texte, departement="44"), TEXTES)
    reference = chronometrer(ilike, TEXTES)
    print(json.dumps({
        "load": {
            "rows": premier.total, "first_s": round(premier.secondes, 2), "again_s": round(second.secondes, 2),
            "baseline_bulk_create_s": round(orm, 2), "ratio": round(orm / premier.secondes, 2),
        },
        "search": {"texts": len(TEXTES), **ici},
        "baseline_ilike": reference,
        "search_ratio_p95": round(reference["p95_ms"] / ici["p95_ms"], 2),
        "cpu_load": [round(x, 2) for x in os.getloadavg()],
    }, indent=2))  # fmt: skip


if __name__ == "__main__":
    main()
