"""``premier-accueil rappels``: send the reminders that are due; to run every hour, safe to run twice."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import UTC, datetime

import click

from premier_accueil.commandes.amorce import preparer


@click.command()
def rappels() -> None:
    """Envoyer les rappels de rendez-vous, une fois chacun (à lancer toutes les heures)."""
    preparer()
    from premier_accueil.agenda.actions import rappeler
    from premier_accueil.agenda.models import PlageDAgenda
    from premier_accueil.agenda.regles import SUITES, Suite

    a = datetime.now(UTC)
    structures = list(PlageDAgenda.objects.order_by("structure_id").values_list("structure_id", flat=True).distinct())
    bilan: Counter[Suite] = Counter()
    with click.progressbar(structures, label="Rappels", file=sys.stderr) as barre:
        for structure_id in barre:
            bilan.update(rappeler(structure_id, a))
    for suite, libelle in SUITES:
        if bilan[suite]:
            click.echo(f"{bilan[suite]} : {libelle}")
    if not bilan:
        click.echo("Aucun rappel à envoyer.")
