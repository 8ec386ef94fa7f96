"""Import a whole directory, beside a named baseline of the same run.

    PREMIER_ACCUEIL_DOSSIER=/some/empty/folder python -m bench.importer [--petit] [--services 90000]

Writes data·inclusion files of the asked size — titles of service-public.fr found in ``../shared/data`` or
``PA_DONNEES``, else words of ours; points of the communes of France; fixed seed — and imports them twice: once into an
empty directory, once again unchanged. Baseline "copy": the same rows read back and sent by COPY to bare tables, without
key, index, constraint nor check. The ratio says what checking, placing, history, editions and resuming cost beyond it.
Empties the directory first: give it a folder of its own.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
GRAINE = 4_408_213
TABLES = ("acteurs_structure", "annuaire_site", "annuaire_service", "annuaire_permanence")
THEMES = (
    "mobilite--entretenir-reparer-son-vehicule", "numerique--acceder-a-des-services-en-ligne",
    "logement-hebergement--se-maintenir-dans-le-logement", "sante--acces-aux-soins", "famille--garde-denfants",
    "difficultes-financieres--situation-dendettement-surendettement", "equipement-et-alimentation--alimentation",
)  # fmt: skip
HEURES = ("Mo-Fr 09:00-12:00", "Mo,Th 14:00-17:30", "Tu 09:00-12:00,14:00-17:00; Sa 10:00-12:00")


def titres() -> list[str]:
    dossier = Path(os.environ.get("PA_DONNEES") or RACINE.parent / "shared" / "data")
    fichier = dossier / "service-public-2020" / "fiches_particuliers_F.csv"
    if not fichier.exists():
        return [f"Aide {mot}" for mot in ("au logement", "au budget", "à la mobilité", "alimentaire", "numérique")]
    with fichier.open(encoding="utf-8", newline="") as flux:
        lignes = csv.DictReader(flux)
        colonne = next(c for c in lignes.fieldnames or [] if "tit" in c.lower())
        return [x[colonne][:140] for x in lignes if len(x[colonne]) > 8]


def fichiers(dossier: Path, services: int) -> tuple[Path, Path]:
    """Write the files: about five services for three structures, as data·inclusion has."""
    from premier_accueil.territoire.models import Commune

    hasard = random.Random(GRAINE)
    communes = list(
        Commune.objects.filter(genre="COM").exclude(latitude=None).order_by("code")
        .values_list("code", "nom", "latitude", "longitude", "codes_postaux")
    )  # fmt: skip
    noms = titres()
    combien = max(1, services * 3 // 5)
    chemins = dossier / "structures.ndjson", dossier / "services.ndjson"
    with chemins[0].open("w", encoding="utf-8") as sortie:
        for i in range(combien):
            code, commune, latitude, longitude, postaux = hasard.choice(communes)
            fiche = {
                "source": "banc", "id": f"banc--s{i}",
                "nom": f"{hasard.choice(noms)[:110]}, {commune}"[:148].rstrip("."), "date_maj": "2026-10-01",
                "code_insee": code, "commune": commune,
                "code_postal": postaux[0] if postaux else None, "adresse": f"{hasard.randint(1, 99)} rue n° {i}",
                "latitude": latitude, "longitude": longitude, "telephone": f"02{hasard.randint(10**7, 10**8 - 1)}",
                "horaires_accueil": hasard.choice(HEURES),
            }  # fmt: skip
            sortie.write(json.dumps(fiche, ensure_ascii=False) + "\n")
    with chemins[1].open("w", encoding="utf-8") as sortie:
        for i in range(services):
            fiche = {
                "source": "banc", "structure_id": f"banc--s{hasard.randrange(combien)}", "id": f"banc--v{i}",
                "nom": hasard.choice(noms).rstrip("."), "description": f"{hasard.choice(noms)}. {hasard.choice(noms)}.",
                "date_maj": "2026-10-01", "thematiques": hasard.sample(THEMES, 2), "publics": ["tous-publics"],
                "modes_accueil": ["en-presentiel"], "frais": "gratuit",
            }  # fmt: skip
            sortie.write(json.dumps(fiche, ensure_ascii=False) + "\n")
    return chemins


def copie() -> float:
    """Send the rows that the import wrote to bare tables; return the seconds of the sending alone."""
    from django.db import connections

    duree = 0.0
    with connections["proprietaire"].cursor() as curseur:
        for table in TABLES:
            curseur.execute(f"CREATE TEMPORARY TABLE banc_{table} AS SELECT * FROM {table} WITH NO DATA")
            with curseur.copy(f"COPY {table} TO STDOUT") as flux:
                lignes = [bytes(x) for x in flux]
            depart = time.monotonic()
            with curseur.copy(f"COPY banc_{table} FROM STDIN") as flux:
                for ligne in lignes:
                    flux.write(ligne)
            duree += time.monotonic() - depart
    return duree


def vider() -> None:
    from django.db import connections

    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("TRUNCATE acteurs_structure, annuaire_importdannuaire CASCADE")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--services", type=int, default=90_000)
    options.add_argument("--petit", action="store_true", help="500 services")
    choix = options.parse_args()
    combien = 500 if choix.petit else choix.services

    from premier_accueil.commandes.amorce import preparer

    preparer()
    from django.utils import timezone

    from premier_accueil.annuaire.actions import importer_data_inclusion
    from premier_accueil.annuaire.models import PaireDeDoublons, Service
    from premier_accueil.commandes.importer import communes_pretes

    communes_pretes()
    vider()

    def dire(fait: int, total: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{fait} / {total}", end="", file=sys.stderr)

    with tempfile.TemporaryDirectory() as nom:
        chemins = fichiers(Path(nom), combien)
        octets = sum(c.stat().st_size for c in chemins)
        durees = {}
        for tour in ("premier", "encore"):
            depart = time.monotonic()
            bilan = importer_data_inclusion(*chemins, a=timezone.now(), progression=dire)
            durees[tour] = time.monotonic() - depart
            print(f"{tour}: {bilan}", file=sys.stderr)
    assert Service.objects.count() == combien, Service.objects.count()
    base = copie()
    print(json.dumps({
        "services": combien, "structures": max(1, combien * 3 // 5), "fichiers_mo": round(octets / 1e6, 1),
        "import_s": round(durees["premier"], 1), "encore_s": round(durees["encore"], 1), "copy_s": round(base, 2),
        "ratio_a_copy": round(durees["premier"] / base, 1), "services_par_s": round(combien / durees["premier"]),
        "doublons_proposes": PaireDeDoublons.objects.count(),
        "memoire_mo": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }, ensure_ascii=False, indent=1))  # fmt: skip


if __name__ == "__main__":
    main()
