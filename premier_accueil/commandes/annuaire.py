"""``premier-accueil annuaire``: what keeps the directory true without anybody asking."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from premier_accueil.commandes.amorce import preparer


@click.group()
def annuaire() -> None:
    """Tenir l'annuaire : écrire aux structures pendant une campagne."""


@annuaire.command("relances")
def relances_() -> None:
    """Envoyer les liens et les relances des campagnes ouvertes (toutes les heures, sans risque si déjà fait)."""
    preparer()
    click.echo(envoyer_les_liens(a=datetime.now(UTC)))


def envoyer_les_liens(*, a: datetime) -> str:
    """Send the messages of the open campaigns that are due; return how many left."""
    from premier_accueil.annuaire.actions.campagnes import envoyer_les_liens as envoyer

    return f"{envoyer(a=a)} message(s) envoyé(s) aux structures de l'annuaire."
