"""Import an open directory: read the files, check each line, write what is good, tell what became of the rest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from premier_accueil.annuaire.actions.ecriture import ecrire
from premier_accueil.annuaire.actions.lots import Progression
from premier_accueil.annuaire.imports import data_inclusion, france_services
from premier_accueil.annuaire.imports.bilan import BilanDImport
from premier_accueil.annuaire.imports.fiches import FicheService, FicheStructure
from premier_accueil.annuaire.imports.lecture import Ligne, lire_lignes


def importer_data_inclusion(
    structures: Path, services: Path, *, a: datetime, progression: Progression | None = None
) -> BilanDImport:
    """Import structures and services written in data·inclusion v1 (JSON, NDJSON or CSV).

    Args:
        structures: file of structures.
        services: file of services.
        a: the moment of the import.
        progression: told (done, total), twice: structures, then services.

    Returns:
        what became of each line. Entries that are no longer in the files are left as they are, and counted.

    Raises:
        FichierIllisible: a file cannot be read at all; nothing was written.
    """
    lignes_structures = lire_lignes(Path(structures), data_inclusion.REQUISES_STRUCTURES)
    lignes_services = lire_lignes(Path(services), data_inclusion.REQUISES_SERVICES)
    noms = (Path(structures).name, Path(services).name)
    if noms[0] == noms[1]:
        noms = (f"structures/{noms[0]}", f"services/{noms[1]}")
    return importer_lignes(lignes_structures, lignes_services, *noms, progression=progression)


def importer_lignes(
    structures: Iterable[Ligne],
    services: Iterable[Ligne],
    nom_structures: str,
    nom_services: str,
    *,
    progression: Progression | None = None,
) -> BilanDImport:
    """Import data·inclusion lines already cut out of their files; names are those of the report."""
    bilan = BilanDImport()
    fiches: list[FicheStructure] = []
    for ligne in structures:
        bilan.lus += 1
        if (structure := data_inclusion.fiche_structure(ligne, nom_structures, bilan)) is not None:
            fiches.append(structure)
    par_id = {f.source_id: f for f in fiches}
    fiches_services: list[FicheService] = []
    for ligne in services:
        bilan.lus += 1
        if (service := data_inclusion.fiche_service(ligne, nom_services, par_id, bilan)) is not None:
            fiches_services.append(service)
    ecrire(fiches, fiches_services, bilan, progression)
    return bilan


def importer_france_services(
    chemin: Path, *, a: datetime, date_maj: date | None = None, progression: Progression | None = None
) -> BilanDImport:
    """Import the national list of France services (ANCT, CSV).

    Args:
        chemin: the file.
        a: the moment of the import.
        date_maj: the day the list is true of; by default the one written in its name, else unknown.
        progression: told (done, total), twice.

    Returns:
        what became of each line.

    Raises:
        FichierIllisible: the file cannot be read at all; nothing was written.
    """
    chemin = Path(chemin)
    lignes = lire_lignes(chemin, france_services.REQUISES)
    jour = date_maj or france_services.date_du_nom(chemin.name)
    bilan = BilanDImport()
    structures, services = [], []
    for ligne in lignes:
        bilan.lus += 1
        paire = france_services.fiches(ligne, chemin.name, jour, bilan)
        if paire:
            structures.append(paire[0])
            services.append(paire[1])
    ecrire(structures, services, bilan, progression)
    return bilan
