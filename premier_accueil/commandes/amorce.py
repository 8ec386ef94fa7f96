"""Wake what a command needs: the embedded database, Django, and tables up to date."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import click

Barre = Callable[[Iterable[Any]], Iterable[Any]]
"""Goes through things one by one, and may show how far it is."""

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "premier_accueil.config.settings")


def preparer() -> None:
    """Start the embedded database if it sleeps, set Django up and bring the tables up to date.

    Exits with a sentence in French, never a trace, when the database or the disk is not there.
    """
    import django
    from django.conf import settings

    from premier_accueil.socle import dossiers
    from premier_accueil.socle.base import BaseIndisponible, Serveur

    try:
        if settings.BASE_EMBARQUEE:
            Serveur(dossiers.etat()).demarrer()
        django.setup()
        if settings.BASE_EMBARQUEE:
            migrer_si_besoin()
    except BaseIndisponible as erreur:
        arreter_avec(str(erreur))
    except OSError as erreur:
        arreter_avec(f"Le dossier de l'installation ne peut pas être écrit : {erreur.strerror} ({erreur.filename}).")
    verifier_connexion()


def progression(libelle: str) -> Barre:
    """Return what goes through things with a progress bar on the error output."""

    def avancer(choses: Iterable[Any]) -> Iterator[Any]:
        with click.progressbar(list(choses), label=libelle, file=sys.stderr) as barre:
            yield from barre

    return avancer


def sans_barre(choses: Iterable[Any]) -> Iterable[Any]:
    """Go through things without a word: nobody is looking."""
    return choses


def verifier_connexion() -> None:
    """Exit with a sentence when the database does not answer or was never migrated."""
    from django.db import DatabaseError, connection

    try:
        with connection.cursor() as curseur:
            curseur.execute("SELECT to_regclass('accueil_passage') IS NOT NULL")
            (presentes,) = curseur.fetchone()
    except DatabaseError as erreur:
        arreter_avec(f"La base ne répond pas : {str(erreur).splitlines()[0]}")
    if not presentes:
        arreter_avec("La base est vide : lancez d'abord « premier-accueil migrer ».")


def migrer_si_besoin() -> bool:
    """Apply missing migrations with the owner role; return whether there were any."""
    from django.core.management import call_command
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executeur = MigrationExecutor(connections["proprietaire"])
    manquantes = executeur.migration_plan(executeur.loader.graph.leaf_nodes())
    if manquantes:
        click.echo("Mise à jour des tables…", err=True)
        call_command("migrate", database="proprietaire", verbosity=0, interactive=False)
    connections["proprietaire"].close()
    return bool(manquantes)


def arreter_avec(phrase: str) -> None:
    """Print a sentence on the error output and leave with code 1."""
    click.echo(phrase, err=True)
    sys.exit(1)
