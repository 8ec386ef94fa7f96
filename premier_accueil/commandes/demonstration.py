"""Load the demonstration: communes, network, ready-made accounts. Safe to run twice, refused on real data."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from premier_accueil.commandes.amorce import arreter_avec, preparer
from premier_accueil.socle import dossiers


@click.command()
def demonstration() -> None:
    """Charger les communes, le réseau d'exemple de Loire-Atlantique et les comptes d'essai."""
    preparer()
    from django.conf import settings

    from premier_accueil.acteurs.actions import InstallationReelle, installer_demonstration
    from premier_accueil.annuaire.actions import charger_demonstration
    from premier_accueil.socle.fichiers import lire_yaml
    from premier_accueil.territoire.actions import charger_communes_si_besoin

    a = datetime.now(UTC)
    dossier = dossiers.donnees() / "demonstration"
    comptes = lire_yaml(dossier / "comptes.yaml")["comptes"]
    try:
        with click.progressbar(length=100, label="Communes de France", file=_erreurs()) as barre:
            charger_communes_si_besoin(progression=lambda fait, total: barre.update(int(100 * fait / total) - barre.pos))
        click.echo("Réseau d'exemple de Loire-Atlantique…", err=True)
        bilan = charger_demonstration(dossier, a=a)
        installer_demonstration(comptes, a=a)
    except InstallationReelle as erreur:
        arreter_avec(str(erreur))
        return
    if settings.BASE_EMBARQUEE:
        (dossiers.etat() / "demonstration").touch()
    else:
        click.echo("Base extérieure : ajoutez PREMIER_ACCUEIL_DEMONSTRATION=1 pour ouvrir les comptes d'essai.", err=True)
    click.echo(f"Démonstration prête : {bilan}.")


def _erreurs() -> object:
    return click.get_text_stream("stderr")
