"""``premier-accueil rappels``: send the reminders that are due; to run every hour, safe to run twice."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import click

from premier_accueil.commandes.amorce import Barre, preparer, progression, sans_barre


@click.command()
def rappels() -> None:
    """Envoyer les rappels de rendez-vous, une fois chacun (toutes les heures)."""
    preparer()
    click.echo(envoyer_les_rappels(a=datetime.now(UTC), barre=progression("Rappels")))


def envoyer_les_rappels(*, a: datetime, barre: Barre = sans_barre) -> str:
    """Send what is due, structure by structure; return what became of the reminders."""
    from premier_accueil.acteurs.requetes import structures_en_service
    from premier_accueil.agenda.actions import rappeler
    from premier_accueil.agenda.regles import SUITES, Suite

    bilan: Counter[Suite] = Counter()
    for structure_id in barre(structures_en_service()):
        bilan.update(rappeler(structure_id, a))
    dits = [f"{bilan[suite]} : {libelle}" for suite, libelle in SUITES if bilan[suite]]
    return "\n".join(dits) or "Aucun rappel à envoyer."
