"""``premier-accueil conservation``: the nightly look for files that have reached their term."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from premier_accueil.commandes.amorce import Barre, preparer, progression, sans_barre


@click.group()
def conservation() -> None:
    """Proposer la destruction des dossiers arrivés à leur terme."""


@conservation.command()
def proposer() -> None:
    """Chercher, structure par structure, ce qui est arrivé à son terme (tâche de nuit) ; rien n'est détruit."""
    preparer()
    click.echo(proposer_partout(a=datetime.now(UTC), barre=progression("Conservation")))


def proposer_partout(*, a: datetime, barre: Barre = sans_barre) -> str:
    """Propose what has reached its term, structure by structure; return how many proposals are new."""
    from premier_accueil.acteurs.requetes import structures_en_service
    from premier_accueil.partage.actions.conservation import proposer_une_destruction
    from premier_accueil.socle.cloison import situation

    proposees = 0
    for structure_id in barre(structures_en_service()):
        with situation(structure=structure_id):
            proposees += proposer_une_destruction(structure_id=structure_id, a=a) is not None
    s = "s" if proposees > 1 else ""
    return f"{proposees} proposition{s} nouvelle{s}. Rien n'est détruit sans le visa des archives."
