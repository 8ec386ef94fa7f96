"""``premier-accueil conservation``: the nightly look for files that have reached their term."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click

from premier_accueil.commandes.amorce import preparer


@click.group()
def conservation() -> None:
    """Proposer la destruction des dossiers arrivés à leur terme."""


@conservation.command()
def proposer() -> None:
    """Chercher, structure par structure, ce qui est arrivé à son terme (tâche de nuit) ; rien n'est détruit."""
    preparer()
    from premier_accueil.acteurs.models import Mission
    from premier_accueil.partage.actions.conservation import proposer_une_destruction
    from premier_accueil.socle.cloison import situation

    a = datetime.now(UTC)
    structures = list(Mission.objects.order_by("structure_id").values_list("structure_id", flat=True).distinct())
    proposees = 0
    with click.progressbar(structures, label="Conservation", file=sys.stderr) as barre:
        for structure_id in barre:
            with situation(structure=structure_id):
                proposees += proposer_une_destruction(structure_id=structure_id, a=a) is not None
    s = "s" if proposees > 1 else ""
    click.echo(f"{proposees} proposition{s} nouvelle{s}. Rien n'est détruit sans le visa des archives.")
