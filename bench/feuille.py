"""Time of a printed sheet: cold process, then warm, beside a named baseline of the same run.

Run: ``python bench/feuille.py [--tours N]``. Baseline "page vide": typst compiling one tagged page that holds only its
title, with the same fonts and the same PDF/UA-1 standard. The ratio says what the sheet itself costs.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(RACINE))
FROID = "import sys; sys.path[:0] = [{racine!r}, {ici!r}]; from feuille import froid; froid()"


def exemple(tour: int = 0):
    """Return a full sheet of four steps; ``tour`` changes its words so that no cache answers for it."""
    from premier_accueil.accueil.feuille.contenu import TITRE, Etape, Feuille

    etapes = tuple(
        Etape(
            n, "Appelez", f"Maison des services {tour}-{n}", "Structure d'exemple", f"{n} rue du Parc",
            "44370 Loireauxence", "02 40 00 00 00", ("Lundi : 9 h – 12 h", "Jeudi : 14 h – 17 h"), "Ouvre jeudi à 14 h",
            "environ 12 min en voiture (estimation)", True, ("Une pièce d'identité",),
        )
        for n in range(1, 5)
    )  # fmt: skip
    return Feuille(
        TITRE, date(2026, 11, 23), "CCAS d'exemple", "1 place de la Mairie, 44370 Loireauxence", "02 40 00 00 01",
        "Mme Exemple", etapes, ("Un relevé d'identité", "Le devis du garage"), f"Revenez quand vous voulez {tour}.",
        f"REF-{tour}", "482 915", f"https://exemple.test/f/REF{tour}",
    )  # fmt: skip


def froid() -> None:
    """Print the time of the first sheet of this process, imports of Django left out (the web process has them)."""
    debut = time.perf_counter()
    from premier_accueil.accueil.feuille.rendu import pdf

    importe = time.perf_counter()
    pdf(exemple())
    print(json.dumps({"import": (importe - debut) * 1000, "premiere": (time.perf_counter() - importe) * 1000}))


def mesurer(f: Callable[[int], object], tours: int) -> tuple[float, float, float]:
    """Return p50, p95 and maximum in milliseconds."""
    temps = []
    for tour in range(tours):
        debut = time.perf_counter()
        f(tour)
        temps.append((time.perf_counter() - debut) * 1000)
    centiles = statistics.quantiles(temps, n=100, method="inclusive")
    return centiles[49], centiles[94], max(temps)


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--tours", type=int, default=60)
    tours = options.parse_args().tours
    from premier_accueil.accueil.feuille import sms
    from premier_accueil.accueil.feuille.rendu import pdf, qr_svg
    from premier_accueil.socle import pdf as atelier

    commande = [sys.executable, "-c", FROID.format(racine=str(RACINE), ici=str(RACINE / "bench"))]
    froids = [json.loads(subprocess.run(commande, capture_output=True, text=True, check=True).stdout) for _ in range(5)]
    print(f"cinq processus froids ; polices : {', '.join(atelier.polices())}")
    for nom in ("import", "premiere"):
        valeurs = sorted(f[nom] for f in froids)
        print(f"froid, {nom:<24} médiane {statistics.median(valeurs):7.1f} ms   max {valeurs[-1]:7.1f} ms")

    with tempfile.TemporaryDirectory() as dossier:
        vide = Path(dossier) / "vide.typ"
        vide.write_text(
            "#let d = json(bytes(sys.inputs.donnees))\n#set document(title: d.titre, date: none)\n"
            '#set text(lang: "fr", font: json(bytes(sys.inputs.polices)))\n#heading(d.titre)\n',
            encoding="utf-8",
        )
        cas: dict[str, Callable[[int], object]] = {
            "page vide (repère)": lambda n: atelier.compiler(vide, {"titre": f"Votre feuille de route {n}"}),
            "feuille, 4 étapes, 11 pt": lambda n: pdf(exemple(n)),
            "feuille, 4 étapes, 16 pt": lambda n: pdf(exemple(n), grand=True),
            "carré QR pour l'écran": lambda n: qr_svg(f"https://exemple.test/f/REF{n}"),
            "SMS": lambda n: sms.texte(exemple(n)),
        }
        repere = 0.0
        for nom, f in cas.items():
            f(-1)
            p50, p95, pire = mesurer(f, tours)
            repere = repere or p50
            print(f"{nom:<30} p50 {p50:7.2f} ms  p95 {p95:7.2f} ms  max {pire:7.2f} ms  {p50 / repere:6.2f} × repère")
    for grand in (False, True):
        print(f"poids : {len(pdf(exemple(), grand=grand)) / 1000:.0f} ko ({16 if grand else 11} pt)")


if __name__ == "__main__":
    main()
