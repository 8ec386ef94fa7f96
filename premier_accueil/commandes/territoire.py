"""``premier-accueil territoire``: load the communes of France, look one up."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from premier_accueil.commandes.amorce import arreter_avec, preparer

if TYPE_CHECKING:
    from premier_accueil.territoire.actions import BilanDeChargement


@click.group()
def territoire() -> None:
    """Charger les communes de France, en chercher une."""


@territoire.command()
@click.option(
    "--details",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Fichier CSV où écrire les mairies placées hors de leur commune.",
)
def charger(details: Path | None) -> None:
    """Charger ou mettre à jour les communes (sans risque si déjà fait)."""
    preparer()
    from premier_accueil.territoire.actions import DonneesAbsentes, charger_communes

    try:
        with click.progressbar(length=100, label="Communes de France", file=sys.stderr) as barre:
            bilan = charger_communes(progression=lambda fait, total: barre.update(int(100 * fait / total) - barre.pos))
    except DonneesAbsentes as erreur:
        arreter_avec(str(erreur))
        return
    _dire(bilan)
    if details:
        try:
            _ecrire(bilan, details)
        except OSError as erreur:
            arreter_avec(f"Le fichier {details} ne peut pas être écrit : {erreur.strerror}.")


@territoire.command()
@click.argument("texte")
@click.option("--departement", help="Code du département à proposer d'abord, par exemple 44.")
@click.option("--limite", type=click.IntRange(1, 50), default=8, show_default=True, help="Nombre de réponses.")
def chercher(texte: str, departement: str | None, limite: int) -> None:
    """Chercher une commune par son nom, un ancien nom, un code postal ou un code INSEE."""
    preparer()
    from premier_accueil.territoire.models import Commune
    from premier_accueil.territoire.requetes import chercher_communes

    trouvees = chercher_communes(texte, departement=departement, limite=limite)
    for trouvee in trouvees:
        click.echo(f"{trouvee.code}  {trouvee.libelle}")
    if not trouvees and not Commune.objects.exists():
        arreter_avec("Aucune commune n'est chargée : lancez « premier-accueil territoire charger ».")
    if not trouvees:
        arreter_avec("Aucune commune ne ressemble à ce texte.")


def _dire(bilan: BilanDeChargement) -> None:
    genres = bilan.par_genre
    click.echo(
        f"{_nombre(genres['COM'])} communes, {_nombre(genres['COMD'])} communes déléguées, "
        f"{_nombre(genres['COMA'])} communes associées, en {bilan.secondes:.1f} s."
    )
    click.echo(f"{_nombre(bilan.ajoutees)} ajoutées, {_nombre(bilan.modifiees)} modifiées.")
    click.echo(f"{_nombre(bilan.population)} habitants (population municipale {bilan.population_annee}).")
    hors = _nombre(len(bilan.ecartes))
    click.echo(f"{hors} mairies sont placées hors de leur commune : leur point n'est pas utilisé.")
    click.echo(f"{_nombre(bilan.sans_point)} communes sans point, {_nombre(bilan.sans_contour)} sans contour.")
    if bilan.disparues:
        click.echo(f"{_nombre(bilan.disparues)} communes ne sont plus dans la source : elles sont gardées.")


def _ecrire(bilan: BilanDeChargement, fichier: Path) -> None:
    with fichier.open("w", encoding="utf-8", newline="") as sortie:
        ecrivain = csv.writer(sortie)
        ecrivain.writerow(["code", "genre", "nom", "latitude", "longitude"])
        ecrivain.writerows((p.code, p.genre, p.nom, p.latitude, p.longitude) for p in bilan.ecartes)


def _nombre(valeur: int) -> str:
    return f"{valeur:,}".replace(",", "\u202f")
