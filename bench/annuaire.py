"""Time of the professionals' search at the size of the country, beside a plain SQL search of the same run.

Run: ``python bench/annuaire.py [--petit]``. It fills, once, a throwaway state folder (``--dossier`` keeps it) with the
communes of France and made-up services spread among them as people are, with a fixed seed: 90,000 services by default.

Baseline "ilike": the same filters written as one plain SQL — ``ILIKE`` on the words, the same thématique, the same box
and distance, the first twelve — as a directory without an index of words does. The ratio says what accents, slips,
opening hours and unknown facts cost or spare.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

RACINE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(RACINE))
A = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Europe/Paris"))
GENRES = ("CCAS", "ASSOCIATION", "CAF", "FRANCE_SERVICES", "MAIRIE", "CENTRE_SOCIAL", "EDS", "MISSION_LOCALE")
QUOI = (
    "Accueil", "Aide aux démarches", "Garage solidaire", "Épicerie sociale", "Écoute budget", "Permanence logement",
    "Atelier de français", "Microcrédit personnel", "Transport à la demande", "Consultation juridique",
    "Colis alimentaire", "Hébergement d'urgence", "Accompagnement vers l'emploi", "Point numérique", "Soins infirmiers",
    "Médiation familiale",
)  # fmt: skip
HORAIRES = (
    "Mo-Fr 09:00-12:00,14:00-17:00; PH off", "Mo-Fr 08:30-12:30", "Tu,Th 14:00-18:30", "We[1] 09:30-12:00", "",
    "week 2-53/2 Tu 14:00-17:00", "Mo-Sa 09:00-12:00; Aug off", "Mo-Fr 09:00-17:00; SH off", "Sa 10:00-12:00",
)  # fmt: skip
BASE = """
SELECT s.id, s.nom, st.nom, {km} AS km
  FROM annuaire_service s
  JOIN acteurs_structure st ON st.id = s.structure_id
  JOIN annuaire_permanence p ON p.service_id = s.id
  JOIN annuaire_site site ON site.id = p.site_id
 WHERE {km} <= %(rayon)s {mots} {theme}
 ORDER BY km, s.id LIMIT 12
"""
KM = "111.195 * sqrt(power(site.latitude - %(lat)s, 2) + power((site.longitude - %(lon)s) * %(cos)s, 2))"


def charger(combien: int) -> None:
    """Fill the state folder, once: communes, then made-up structures, places and services."""
    from premier_accueil.commandes.amorce import preparer

    preparer()
    from django.db import connections

    from premier_accueil.acteurs.models import Structure
    from premier_accueil.annuaire.models import Permanence, Service, Site
    from premier_accueil.annuaire.regles.recherche import themes
    from premier_accueil.socle.texte import cle
    from premier_accueil.territoire.actions import charger_communes_si_besoin
    from premier_accueil.territoire.models import Commune

    if Service.objects.count() >= combien:
        return
    charger_communes_si_besoin()
    hasard = random.Random(44)
    communes = list(
        Commune.objects.filter(genre="COM", latitude__isnull=False, population__isnull=False)
        .only("id", "code", "nom", "departement", "latitude", "longitude", "population").order_by("code")
    )  # fmt: skip
    choisies = hasard.choices(communes, weights=[c.population or 1 for c in communes], k=combien)
    thematiques = [code for code in themes() if "--" in code]
    for debut in range(0, combien, 1000):
        lot = list(enumerate(choisies[debut : debut + 1000], start=debut))
        structures, sites, services = [], [], []
        for n, commune in lot:
            genre = hasard.choice(GENRES)
            nom = f"{genre.replace('_', ' ').capitalize()} de {commune.nom}"
            structures.append(Structure(
                source="bench", source_id=str(n), nom=nom[:200], cle=cle(nom)[:200], genre=genre,
                departement=commune.departement,
            ))  # fmt: skip
        Structure.objects.bulk_create(structures)
        for (n, commune), structure in zip(lot, structures, strict=True):
            ecart = hasard.uniform(-0.03, 0.03), hasard.uniform(-0.03, 0.03)
            sites.append(Site(
                structure=structure, source_id=str(n), nom="Accueil", commune_id=commune.pk, adresse="1 rue de l'Essai",
                latitude=commune.latitude + ecart[0], longitude=commune.longitude + ecart[1], point_verifie=True,
                fauteuil=hasard.choice((True, False, None, None)),
            ))  # fmt: skip
            quoi = hasard.choice(QUOI)
            services.append(Service(
                structure=structure, source="bench", source_id=str(n), nom=f"{quoi} n° {n}", cle=cle(f"{quoi} n {n}"),
                description=f"{quoi} pour les habitants de {commune.nom} et des environs.",
                thematiques=hasard.sample(thematiques, 2), publics=hasard.choice((["tous-publics"], ["jeunes"], [])),
                modes_accueil=hasard.choice((["en-presentiel"], ["en-presentiel", "a-distance"], [])),
                zone=[commune.departement] if n % 3 else [], langues=["ar"] if n % 7 == 0 else [],
                date_maj=A.date() if n % 5 else None,
            ))  # fmt: skip
        Site.objects.bulk_create(sites)
        Service.objects.bulk_create(services)
        Permanence.objects.bulk_create(
            Permanence(service=s, site=lieu, horaires=hasard.choice(HORAIRES))
            for s, lieu in zip(services, sites, strict=True)
        )
        print(f"\r{debut + len(lot)} services", end="", file=sys.stderr)
    print(file=sys.stderr)
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("ANALYZE")


def demandes(combien: int) -> list:
    """Return varied searches, half of them with a place where many people live."""
    from premier_accueil.annuaire.regles.emploi import Moment
    from premier_accueil.annuaire.regles.recherche import Criteres, themes

    hasard = random.Random(7)
    communes = ("44213", "44109", "49007", "75056", "13055", "59350", "31555", "25056", "42218", "67482", "97411")
    mots = ("garage", "épicerie", "microcredit", "logment", "demarche", "atelier francais", "accueil", "juridiqe")
    thematiques = list(themes())
    sortie = []
    for n in range(combien):
        c = Criteres(commune=hasard.choice(communes), rayon_km=hasard.choice((10, 20, 30, 50)))
        if n % 2:
            c = replace(c, mots=hasard.choice(mots))
        if n % 3 == 0:
            c = replace(c, theme=hasard.choice(thematiques))
        if n % 4 == 0:
            c = replace(c, ouvert_a=A)
        if n % 5 == 0:
            c = replace(c, emploi=frozenset({Moment.APRES_17H30}), acces=frozenset({"fauteuil"}))
        if n % 6 == 0:
            c = replace(c, minutes=30, mode=hasard.choice(("voiture", "transport", "pied")), hors_ccas=True)
        if n % 7 == 0:
            c = replace(c, langue="ar", public="jeunes")
        sortie.append(c)
    return sortie


def base(curseur, c) -> float:
    """Ask the same in one plain SQL; return milliseconds."""
    from premier_accueil.annuaire.regles.recherche import thematiques_de
    from premier_accueil.territoire.requetes import commune_par_code

    debut = time.perf_counter()
    ici = commune_par_code(c.commune)
    assert ici is not None
    lat, lon = ici.latitude or 0.0, ici.longitude or 0.0
    parametres = {"lat": lat, "lon": lon, "cos": math.cos(math.radians(lat)), "rayon": c.portee_km()}
    mots = ""
    for n, mot in enumerate(c.mots.split()):
        parametres[f"mot{n}"] = f"%{mot}%"
        mots += f" AND (s.nom ILIKE %(mot{n})s OR s.description ILIKE %(mot{n})s OR st.nom ILIKE %(mot{n})s)"
    theme = ""
    if c.theme:
        parametres["themes"] = thematiques_de(c.theme)
        theme = " AND s.thematiques && %(themes)s::varchar[]"
    curseur.execute(BASE.format(km=KM, mots=mots, theme=theme), parametres)
    curseur.fetchall()
    return (time.perf_counter() - debut) * 1000


def resumer(nom: str, temps: list[float]) -> float:
    """Print p50, p95 and maximum in milliseconds; return p95."""
    p95 = statistics.quantiles(temps, n=20)[-1]
    p50 = statistics.median(temps)
    print(f"{nom:<24} p50 {p50:7.2f} ms   p95 {p95:7.2f} ms   max {max(temps):7.2f} ms   n={len(temps)}")
    return p95


def mesurer(combien: int) -> None:
    """Time the search and the baseline on the same demands."""
    from django.db import connection, transaction

    from premier_accueil.acteurs.regles import Fonction
    from premier_accueil.acteurs.requetes import Role
    from premier_accueil.annuaire.models import MotDeLAnnuaire, Permanence, Service
    from premier_accueil.annuaire.requetes.recherche import chercher

    role = Role(0, 0, "bench", 0, "bench", "44", Fonction.ACCUEIL)
    jeu = demandes(combien)
    print(
        f"{Service.objects.count()} services, {Permanence.objects.count()} permanences,"
        f" {MotDeLAnnuaire.objects.count()} words, {len(jeu)} searches"
    )
    notre, plain, trouves = [], [], []
    with connection.cursor() as curseur:
        for c in jeu[:20] + jeu:
            debut = time.perf_counter()
            with transaction.atomic():  # as a page does
                reponse = chercher(c, role, A)
            notre.append((time.perf_counter() - debut) * 1000)
            trouves.append(reponse.nombre)
            plain.append(base(curseur, c))
    p95 = resumer("search", notre[20:])
    p95_base = resumer("baseline ilike", plain[20:])
    vides, median = sum(n == 0 for n in trouves[20:]), statistics.median(trouves[20:])
    print(f"ratio p95 search / ilike: {p95 / p95_base:.2f}   median found: {median:.0f}   empty: {vides}")
    pire = max(range(20, len(notre)), key=lambda i: notre[i])
    print(f"slowest: {notre[pire]:.0f} ms, {trouves[pire]} found, {(jeu[:20] + jeu)[pire]}")


def main() -> None:
    """Load, measure, stop the database that was started."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--petit", action="store_true", help="smoke run: 2,000 services, 40 searches")
    arguments.add_argument("--services", type=int, default=90_000)
    arguments.add_argument("--dossier", help="state folder to keep and use again")
    voulu = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="pa-bench-", ignore_cleanup_errors=True) as provisoire:
        os.environ["PREMIER_ACCUEIL_DOSSIER"] = voulu.dossier or provisoire
        charger(2_000 if voulu.petit else voulu.services)
        try:
            mesurer(40 if voulu.petit else 300)
        finally:
            from django.db import connections

            from premier_accueil.socle import dossiers
            from premier_accueil.socle.base import Serveur

            connections.close_all()
            getattr(connections["default"], "close_pool", lambda: None)()
            Serveur(dossiers.etat()).arreter()


if __name__ == "__main__":
    main()
