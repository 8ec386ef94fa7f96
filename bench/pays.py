"""A made-up directory of the size of the country, for benchmarks: real titles, real places, fixed seed.

Titles are those of service-public.fr (``../shared/data`` or ``PA_DONNEES``, else words of ours); places are the
communes of France, drawn as people live, and the real France services points when found. Written by COPY, the search
triggers off: only the directory itself is measured by who uses this.
"""

from __future__ import annotations

import csv
import itertools
import os
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.importer import titres

RACINE = Path(__file__).resolve().parent.parent
GRAINE = 7_090_000
JOUR = date(2026, 11, 23)
GENRES = ("ASSOCIATION", "CCAS", "MAIRIE", "EDS", "CAF", "FRANCE_SERVICES", "CENTRE_SOCIAL", "MISSION_LOCALE")
POIDS_DES_GENRES = (50, 12, 10, 6, 4, 4, 10, 4)
PUBLICS = (["tous-publics"], [], ["jeunes"], ["seniors"], ["familles"], ["femmes"], ["personnes-exilees"])
MODES = (["en-presentiel"], ["en-presentiel", "a-distance"], ["a-distance"], [])
MOBILISATION = (["se-presenter", "telephoner"], ["telephoner"], ["envoyer-un-courriel"], [])
CONDITIONS = ("", "", "", "", "Sur présentation d'un justificatif.", "Avoir entre 16 et 25 ans.", "Plus de 60 ans.")
JOURS = ("Mo-Fr", "Mo,Tu,Th,Fr", "Tu,Th", "We", "Mo-Sa", "Mo-We,Fr", "Th[1]", "week 2-53/2 Tu", "Mo")
TABLES = ("acteurs_structure", "annuaire_site", "annuaire_service", "annuaire_permanence")
PAR_LOT = 5_000


def remplir(combien: int) -> None:
    """Fill an empty directory: ``combien`` services, three structures for five of them, a third held twice."""
    from django.db import connections

    from premier_accueil.annuaire.models import Service
    from premier_accueil.territoire.actions import charger_communes_si_besoin

    if Service.objects.count() >= combien:
        return
    charger_communes_si_besoin()
    with connections["proprietaire"].cursor() as curseur:
        for table in TABLES:
            curseur.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for lot in _lots(combien):
            for objets in lot:
                _copier(curseur, objets)
            print(f"\r{lot[2][-1].pk} services", end="", file=sys.stderr)
        for table in TABLES:
            curseur.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            curseur.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
        curseur.execute("INSERT INTO annuaire_edition DEFAULT VALUES")
        curseur.execute("ANALYZE")
    print(file=sys.stderr)


def _copier(curseur: Any, objets: list[Any]) -> None:
    champs = type(objets[0])._meta.concrete_fields
    colonnes = ", ".join(c.column for c in champs)
    table = type(objets[0])._meta.db_table
    with curseur.copy(f"COPY {table} ({colonnes}) FROM STDIN") as flux:
        for objet in objets:
            flux.write_row([getattr(objet, c.attname) for c in champs])


def _lots(combien: int) -> Iterator[tuple[list[Any], ...]]:
    from premier_accueil.acteurs.models import Structure
    from premier_accueil.annuaire.models import Permanence, Service, Site
    from premier_accueil.orientation.requetes import libelles
    from premier_accueil.socle.texte import cle
    from premier_accueil.territoire.models import Commune

    hasard = random.Random(GRAINE)
    communes = list(
        Commune.objects.filter(genre="COM", latitude__isnull=False, population__isnull=False)
        .only("id", "code", "nom", "departement", "epci_code", "latitude", "longitude", "population").order_by("code")
    )  # fmt: skip
    habitants = list(itertools.accumulate(c.population or 1 for c in communes))
    reels = _points_reels()
    themes = sorted(libelles())
    hasard.shuffle(themes)
    cumul = list(itertools.accumulate(1 / (10 + rang) for rang in range(len(themes))))  # some needs are common
    noms = titres()
    permanence = itertools.count(1)
    for debut in range(0, combien, PAR_LOT):
        numeros = range(debut + 1, min(debut + PAR_LOT, combien) + 1)
        structures, sites, services, permanences, places = [], [], [], [], []
        for n in range(debut * 3 // 5 + 1, (numeros[-1] * 3) // 5 + 1):
            (commune,) = hasard.choices(communes, cum_weights=habitants)
            places.append(commune)
            (genre,) = hasard.choices(GENRES, POIDS_DES_GENRES)
            nom = f"{genre.replace('_', ' ').capitalize()} de {commune.nom}"
            structures.append(Structure(
                id=n, source="banc", source_id=str(n), nom=nom, cle=cle(nom), genre=genre,
                departement=commune.departement, telephone=f"+332{hasard.randrange(10**7, 10**8)}",
            ))  # fmt: skip
            point = reels.get(commune.code) if genre == "FRANCE_SERVICES" else None
            latitude = point[0] if point else commune.latitude + hasard.uniform(-0.02, 0.02)
            longitude = point[1] if point else commune.longitude + hasard.uniform(-0.02, 0.02)
            sites.append(Site(
                id=n, structure_id=n, source_id=str(n), nom="Accueil", adresse=f"{n % 99 + 1} rue de l'Essai",
                commune_id=commune.pk, latitude=latitude, longitude=longitude, point_verifie=True,
            ))  # fmt: skip
        for n in numeros:
            rang = hasard.randrange(len(structures))
            structure, site, commune = structures[rang], sites[rang], places[rang]
            nom = hasard.choice(noms)[:150]
            zone = hasard.choices(
                ([commune.code], [commune.epci_code or commune.departement], [commune.departement], ["france"], []),
                (30, 25, 25, 2, 18),
            )[0]  # fmt: skip
            modes = hasard.choices(MODES, (60, 20, 5, 15))[0]
            services.append(Service(
                id=n, structure_id=structure.id, source="banc", source_id=str(n), nom=nom, cle=cle(nom)[:200],
                description=f"{hasard.choice(noms)}. {hasard.choice(noms)}.",
                thematiques=sorted({hasard.choices(themes, cum_weights=cumul)[0] for _ in range(hasard.randint(1, 4))}),
                publics=hasard.choices(PUBLICS, (50, 20, 8, 8, 6, 4, 4))[0], modes_accueil=modes, zone=zone,
                modes_mobilisation=hasard.choice(MOBILISATION), conditions_acces=hasard.choice(CONDITIONS),
                telephone=structure.telephone, date_maj=JOUR - timedelta(days=hasard.randrange(900)),
            ))  # fmt: skip
            ici = modes != ["a-distance"]
            for horaires in {_horaires(hasard) for _ in range(1 + (n % 3 == 0))}:
                permanences.append(Permanence(
                    id=next(permanence), service_id=n, site_id=site.id if ici else None,
                    forme="FIXE" if ici else "TELEPHONE", horaires=horaires,
                    sur_rendez_vous=hasard.choice((True, False, None)),
                ))  # fmt: skip
        yield structures, sites, services, permanences


def _horaires(hasard: random.Random) -> str:
    """Return one of some four thousand ways of being open; a tenth say nothing."""
    if hasard.random() < 0.1:
        return ""
    ouvre, ferme = hasard.randint(8, 10), hasard.randint(16, 18)
    quart = hasard.choice((0, 15, 30, 45))
    return (
        f"{hasard.choice(JOURS)} {ouvre:02d}:{quart:02d}-12:{hasard.choice((0, 30)):02d},14:00-{ferme:02d}:{quart:02d}"
        + hasard.choice(("; PH off", "", "; Aug off"))
    )


def _points_reels() -> dict[str, tuple[float, float]]:
    """Return the real points of France services, by commune; none when the file is not there."""
    dossier = Path(os.environ.get("PA_DONNEES") or RACINE.parent / "shared" / "data") / "france-services"
    points: dict[str, tuple[float, float]] = {}
    for fichier in sorted(dossier.glob("liste-fs-*.csv")):
        with fichier.open(encoding="utf-8-sig", newline="") as flux:
            for ligne in csv.DictReader(flux, delimiter=_separateur(fichier)):
                bas = {cle.lower(): valeur for cle, valeur in ligne.items() if cle}
                try:
                    points[bas["insee_com"]] = float(bas["latitude"]), float(bas["longitude"])
                except (KeyError, ValueError):
                    continue
    return points


def _separateur(fichier: Path) -> str:
    with fichier.open(encoding="utf-8-sig") as flux:
        return ";" if ";" in flux.readline() else ","
