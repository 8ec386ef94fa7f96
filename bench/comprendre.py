"""Measure how well words are understood: our reader against the labels alone, same sentences, same run.

Usage: python bench/comprendre.py [--froid] [--themes]
Prints aggregates only; the sentences of mesure.tsv, neuves.tsv, controle.tsv and temoin.tsv are never shown.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(RACINE))
THEMES = "--themes" in sys.argv
CAS = RACINE / "tests" / "orientation" / "cas"
DEPART = """
import time; t = time.perf_counter()
from premier_accueil.orientation import comprendre
lecteur = comprendre.charger(); charge = time.perf_counter() - t
lecteur.reperer_urgences("je dors dehors"); urgence = time.perf_counter() - t
lecteur.comprendre("ma bagnole m'a encore lâché sur la route du boulot"); phrase = time.perf_counter() - t
print(f"{charge:.2f} s chargé, {urgence:.2f} s première urgence, {phrase:.2f} s première phrase")
"""


def etiquettes():
    """Return the baseline: nearest official label by the sentence encoder."""
    import numpy as np

    from premier_accueil.orientation.comprendre import lexique, vecteurs

    codes = sorted(lexique.LIBELLES)
    reperes = vecteurs.encoder([lexique.LIBELLES[c] for c in codes])

    def rendre(texte: str) -> list[str]:
        proches = vecteurs.encoder([texte])[0] @ reperes.T
        return [codes[i] for i in np.argsort(-proches)[:3]]

    return rendre


def tableau(nom: str, lecteur, reference) -> None:
    from tests.orientation.mesures import lire

    comptes: dict[str, list[int]] = defaultdict(lambda: [0] * 5)
    urgences: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    fausses = sans = 0
    fiabilite: dict[int, list[float]] = defaultdict(lambda: [0, 0.0, 0])
    for texte, codes, motif in lire(CAS / nom):
        reponse = lecteur.comprendre(texte)
        rendus = [t.code for t in reponse.thematiques]
        if motif:
            urgences[motif][0] += 1
            urgences[motif][1] += reponse.urgence is not None
        else:
            sans += 1
            fausses += reponse.urgence is not None
        if not codes:
            continue
        base = reference(texte)
        sur = reponse.thematiques[0].score if rendus else 0.0
        case = fiabilite[min(9, int(sur * 10))]
        case[0], case[1], case[2] = case[0] + 1, case[1] + sur, case[2] + bool(set(rendus[:1]) & codes)
        for cle in {c if THEMES else c.split("--")[0] for c in codes} | {"ENSEMBLE"}:
            ligne = comptes[cle]
            ligne[0] += 1
            ligne[1] += bool(set(rendus[:1]) & codes)
            ligne[2] += bool(set(rendus[:3]) & codes)
            ligne[3] += bool(set(base[:1]) & codes)
            ligne[4] += bool(set(base) & codes)
    print(f"\n{nom}\n{'famille':44}{'n':>5}{'1er':>8}{'dans 3':>8}{'labels':>8}{'dans 3':>8}")
    for cle, (n, *bons) in sorted(comptes.items(), key=lambda kv: (kv[0] != "ENSEMBLE", kv[0])):
        print(f"{cle:44}{n:5}" + "".join(f"{b / n:8.3f}" for b in bons))
    n = sum(case[0] for case in fiabilite.values())
    ecart = sum(abs(somme - bons) for _, somme, bons in fiabilite.values()) / max(1, n)
    print(f"calibration : écart moyen entre score annoncé et part de bonnes réponses (ECE, dix cases) {ecart:.3f}")
    print("  " + ", ".join(f"{s / k:.2f}→{b / k:.2f} ({k})" for _, (k, s, b) in sorted(fiabilite.items())))
    dites, vues = (sum(v[i] for v in urgences.values()) for i in (0, 1))
    if dites:
        print(f"urgences : rappel {vues}/{dites} = {vues / dites:.3f}, précision {vues}/{vues + fausses}"
              f" = {vues / max(1, vues + fausses):.3f}, fausses {fausses} sur {sans} phrases sans urgence")
        print("  " + ", ".join(f"{m} {v}/{n}" for m, (n, v) in sorted(urgences.items())))


def latences(lecteur) -> None:
    from tests.orientation.mesures import lire

    phrases = [t for t, _, _ in lire(CAS / "construction.tsv")]
    durees = []
    for _ in range(3):
        for texte in phrases:
            debut = time.perf_counter()
            lecteur.comprendre(texte)
            durees.append((time.perf_counter() - debut) * 1000)
    quantiles = statistics.quantiles(durees, n=100)
    print(f"\nà chaud, {len(durees)} appels : p50 {quantiles[49]:.1f} ms, p95 {quantiles[94]:.1f} ms, "
          f"charge de la machine {os.getloadavg()[0]:.1f} sur {os.cpu_count()} cœurs")


def departs() -> None:
    with tempfile.TemporaryDirectory() as dossier:
        env = os.environ | {"PREMIER_ACCUEIL_DOSSIER": dossier}
        for nom in ("premier départ (apprend et garde)", "départ suivant"):
            commande = [sys.executable, "-c", DEPART]
            sortie = subprocess.run(commande, cwd=RACINE, env=env, check=True, capture_output=True)
            print(f"{nom} : {sortie.stdout.decode().strip()}")


def principal() -> None:
    from premier_accueil.orientation import comprendre

    lecteur = comprendre.charger()
    print(f"lexique : {len(lecteur._lexique.entrees)} façons de dire, {len(lecteur.urgences())} fiches d'urgence")
    lecteur.chauffer()
    lecteur.preparer()
    reference = etiquettes()
    for nom in ("construction.tsv", "mesure.tsv", "neuves.tsv", "controle.tsv", "temoin.tsv"):
        if (CAS / nom).exists():
            tableau(nom, lecteur, reference)
    latences(lecteur)
    if "--froid" in sys.argv:
        departs()


if __name__ == "__main__":
    principal()
