"""``premier-accueil importer``: bring an open directory in."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from premier_accueil.commandes.amorce import arreter_avec, preparer

if TYPE_CHECKING:
    from premier_accueil.annuaire.imports import BilanDImport, Refus

A_L_ECRAN = 20
FICHIER = click.Path(path_type=Path)
RAPPORT = click.option("--rapport", type=FICHIER, help="Écrire le rapport ligne par ligne dans ce fichier (CSV).")

DATE = click.option(
    "--date", "date_maj", type=click.DateTime(["%Y-%m-%d"]),
    help="Jour où la liste était vraie (par défaut, celui du nom du fichier).",
)  # fmt: skip


@click.group()
def importer() -> None:
    """Importer un annuaire ouvert. Refaire le même import ne change rien."""


@importer.command("data-inclusion")
@click.argument("structures", type=FICHIER)
@click.argument("services", type=FICHIER)
@RAPPORT
def data_inclusion(structures: Path, services: Path, rapport: Path | None) -> None:
    """Importer des STRUCTURES et des SERVICES au format data·inclusion v1 (JSON ou CSV)."""
    _importer(
        lambda actions, a: actions.importer_data_inclusion(structures, services, a=a, progression=_avance), rapport
    )


def _liste(nom: str, action: str, aide: str) -> None:
    """Add the command of a format of one file, true of one day."""

    @importer.command(nom, help=aide)
    @click.argument("fichier", type=FICHIER)
    @DATE
    @RAPPORT
    def lire(fichier: Path, date_maj: datetime | None, rapport: Path | None) -> None:
        jour: date | None = date_maj.date() if date_maj else None
        _importer(
            lambda actions, a: getattr(actions, action)(fichier, a=a, date_maj=jour, progression=_avance), rapport
        )


_liste(
    "france-services", "importer_france_services",
    "Importer la liste nationale des France services (CSV de l'ANCT, ou GeoJSON de 2020).",
)  # fmt: skip
_liste("dila", "importer_dila", "Importer l'annuaire de l'administration (CSV de la DILA), sans coordonnées.")
_liste(
    "mediation-numerique", "importer_mediation_numerique",
    "Importer les lieux de médiation numérique de Maine-et-Loire (JSON, Lambert 93).",
)  # fmt: skip


@importer.command("sources")
def sources() -> None:
    """Lire les sources déclarées dont c'est le jour (tâche de nuit, sans risque si déjà fait)."""
    preparer()
    communes_pretes()
    click.echo(lire_les_sources(a=datetime.now(UTC)))


@importer.command("declarer")
@click.argument("nom")
@click.argument("genre", type=click.Choice(["FRANCE_SERVICES", "DATA_INCLUSION", "DILA", "MEDIATION_NUMERIQUE"]))
@click.argument("adresse")
@click.argument("adresse_services", default="")
@click.option("--rythme", type=click.Choice(["A_LA_DEMANDE", "JOUR", "SEMAINE", "MOIS"]), default="SEMAINE")
def declarer(nom: str, genre: str, adresse: str, adresse_services: str, rythme: str) -> None:
    """Noter une source à relire : une adresse https://, ou le chemin d'un fichier de cette machine."""
    preparer()
    from premier_accueil.annuaire.actions.sources import SourceRefusee, declarer_une_source

    try:
        source = declarer_une_source(
            nom=nom, genre=genre, adresse=adresse, adresse_services=adresse_services, rythme=rythme, role=None,
            a=datetime.now(UTC),
        )  # fmt: skip
    except SourceRefusee as refus:
        arreter_avec(str(refus))
        return
    click.echo(f"Source notée : {source.nom}. « premier-accueil importer sources » la lit maintenant.")


def lire_les_sources(*, a: datetime) -> str:
    """Read the declared sources that are due; return what became of each."""
    from premier_accueil.annuaire.actions.sources import lire_les_sources as lire

    return lire(a=a)


def _importer(travail: Callable[..., BilanDImport], rapport: Path | None) -> None:
    """Make the communes ready, do the import, say what became of the lines."""
    preparer()
    from django.utils import timezone

    from premier_accueil.annuaire import actions

    if rapport and not rapport.absolute().parent.is_dir():
        arreter_avec(f"Le dossier du rapport n'existe pas : {rapport.absolute().parent}")
    communes_pretes()
    try:
        bilan = travail(actions, timezone.now())
    except actions.FichierIllisible as erreur:
        arreter_avec(str(erreur))
        return
    finally:
        _effacer_l_avance()
    dire(bilan)
    if rapport:
        try:
            ecrire_rapport(bilan, rapport)
        except OSError as erreur:
            arreter_avec(f"L'import est fait, mais le rapport ne peut pas être écrit : {erreur.strerror} ({rapport}).")
        click.echo(f"Rapport ligne par ligne : {rapport}")


def communes_pretes() -> None:
    """Load the communes of France when the table is empty."""
    from premier_accueil.territoire.models import Commune

    if Commune.objects.exists():
        return
    try:
        from premier_accueil.territoire.actions import charger_communes
    except ImportError:
        arreter_avec("Les communes ne sont pas chargées : lancez d'abord « premier-accueil territoire ».")
        return
    click.echo("Chargement des communes de France…", err=True)
    charger_communes()


def dire(bilan: BilanDImport) -> None:
    """Print the summary, and the first refusals."""
    click.echo(f"{bilan}.")
    if bilan.absents:
        click.echo(f"{bilan.absents} fiches déjà connues ne sont plus dans le fichier : elles sont gardées.")
    if bilan.avertissements:
        click.echo(f"{len(bilan.avertissements)} avertissements (une valeur laissée de côté ou douteuse).")
    for refus in bilan.refus[:A_L_ECRAN]:
        click.echo(f"  {_phrase(refus)}")
    if len(bilan.refus) > A_L_ECRAN:
        click.echo(f"  … et {len(bilan.refus) - A_L_ECRAN} autres refus : voir --rapport.")


def _phrase(refus: Refus) -> str:
    qui = f" ({refus.identifiant})" if refus.identifiant else ""
    champ = f"{refus.champ} : " if refus.champ else ""
    valeur = f" — « {refus.valeur} »" if refus.valeur else ""
    return f"{refus.fichier}, ligne {refus.ligne}{qui} : {champ}{refus.motif}{valeur}"


def ecrire_rapport(bilan: BilanDImport, chemin: Path) -> None:
    """Write every refusal and warning, one per line, as a CSV that opens in a spreadsheet."""
    from premier_accueil.annuaire.imports.rapport import en_csv, lignes

    chemin.write_text(en_csv(lignes(bilan)), encoding="utf-8", newline="")


def _avance(fait: int, total: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{fait} / {total}", nl=False, err=True)


def _effacer_l_avance() -> None:
    if sys.stderr.isatty():
        click.echo("\r" + " " * 30 + "\r", nl=False, err=True)
