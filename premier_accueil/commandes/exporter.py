"""``premier-accueil exporter``: give the directory to other software, or to a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import click

from premier_accueil.commandes.amorce import arreter_avec, preparer

DEPARTEMENT = click.option("--departement", default="", help="Code du département (par défaut, tout l'annuaire).")


@click.group()
def exporter() -> None:
    """Exporter l'annuaire : données ouvertes, sans aucun contact réservé au réseau."""


@exporter.command("data-inclusion")
@click.argument("dossier", type=click.Path(path_type=Path, file_okay=False))
@click.option("--format", "forme", type=click.Choice(["json", "ndjson", "csv"]), default="json")
@DEPARTEMENT
def data_inclusion(dossier: Path, forme: str, departement: str) -> None:
    """Écrire structures et services au format data·inclusion v1 dans DOSSIER."""
    for quoi in ("structures", "services"):
        _ecrire(f"{quoi}-{forme}", dossier, departement)


@exporter.command("tableau")
@click.argument("dossier", type=click.Path(path_type=Path, file_okay=False))
@click.option("--format", "forme", type=click.Choice(["csv", "ods"]), default="ods")
@DEPARTEMENT
def tableau(dossier: Path, forme: str, departement: str) -> None:
    """Écrire un tableau lisible, une ligne par service et par lieu, dans DOSSIER."""
    _ecrire(f"tableau-{forme}", dossier, departement)


def _ecrire(code: str, dossier: Path, departement: str) -> None:
    preparer()
    from premier_accueil.annuaire.exports import FORMATS, produire

    contenu, laissees = produire(code, departement=departement)
    try:
        dossier.mkdir(parents=True, exist_ok=True)
        chemin = dossier / FORMATS[code].nom
        chemin.write_bytes(contenu)
    except OSError as erreur:
        arreter_avec(f"Le fichier ne peut pas être écrit : {erreur.strerror} ({dossier}).")
        return
    click.echo(f"{chemin} : {len(contenu)} octets.")
    for phrase in laissees:
        click.echo(f"  {phrase}")
