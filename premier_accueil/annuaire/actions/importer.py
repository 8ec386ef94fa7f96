"""Import an open directory: read the files, check each line, write what is good, tell what became of the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from premier_accueil.annuaire.actions.doublons import proposer_des_doublons
from premier_accueil.annuaire.actions.ecriture import ecrire
from premier_accueil.annuaire.actions.lots import Progression
from premier_accueil.annuaire.actions.suivi import Suivi, ouvrir
from premier_accueil.annuaire.imports import data_inclusion, dila, france_services, mediation_numerique
from premier_accueil.annuaire.imports.bilan import BilanDImport
from premier_accueil.annuaire.imports.communs import date_du_nom
from premier_accueil.annuaire.imports.fiches import FicheService, FicheStructure
from premier_accueil.annuaire.imports.lecture import FichierIllisible, Ligne, lire_lignes, lire_octets
from premier_accueil.annuaire.regles.sources import GenreDeSource

Lecteur = Callable[
    [Ligne, str, "date | None", BilanDImport], "tuple[FicheStructure, FicheService | None] | None"
]


def importer_data_inclusion(
    structures: Path,
    services: Path,
    *,
    a: datetime,
    progression: Progression | None = None,
    source_id: int | None = None,
) -> BilanDImport:
    """Import structures and services written in data·inclusion v1 (JSON, NDJSON or CSV).

    Args:
        structures: file of structures.
        services: file of services.
        a: the moment of the import.
        progression: told (done, total) after each block.
        source_id: the declared source it comes from.

    Returns:
        what became of each line. Entries that are no longer in the files are left as they are, and counted.

    Raises:
        FichierIllisible: a file cannot be read at all; nothing was written.
    """
    structures, services = Path(structures), Path(services)
    lignes_structures = lire_lignes(structures, data_inclusion.REQUISES_STRUCTURES)
    lignes_services = lire_lignes(services, data_inclusion.REQUISES_SERVICES)
    noms = (structures.name, services.name)
    if noms[0] == noms[1]:
        noms = (f"structures/{noms[0]}", f"services/{noms[1]}")
    contenus = [lire_octets(structures), lire_octets(services)]
    suivi = ouvrir(GenreDeSource.DATA_INCLUSION, noms, contenus, a=a, source_id=source_id)
    return importer_lignes(lignes_structures, lignes_services, *noms, a=a, progression=progression, suivi=suivi)


def importer_lignes(
    structures: Iterable[Ligne],
    services: Iterable[Ligne],
    nom_structures: str,
    nom_services: str,
    *,
    a: datetime,
    progression: Progression | None = None,
    suivi: Suivi | None = None,
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
    return _ecrire(fiches, fiches_services, bilan, progression, a=a, suivi=suivi)


def importer_france_services(
    chemin: Path,
    *,
    a: datetime,
    date_maj: date | None = None,
    progression: Progression | None = None,
    source_id: int | None = None,
) -> BilanDImport:
    """Import the national list of France services (ANCT): the CSV of today, or the GeoJSON of 2020.

    Args:
        chemin: the file.
        a: the moment of the import.
        date_maj: the day the list is true of; by default the one written in its name, else unknown.
        progression: told (done, total) after each block.
        source_id: the declared source it comes from.

    Returns:
        what became of each line.

    Raises:
        FichierIllisible: the file cannot be read at all; nothing was written.
    """
    chemin = Path(chemin)
    try:
        lignes, defaut = lire_lignes(chemin, france_services.REQUISES), None
    except FichierIllisible as autre:
        try:
            lignes = lire_lignes(chemin, france_services.REQUISES_2020)
        except FichierIllisible:
            raise autre from None
        defaut = france_services.date_de_2020()
    jour = date_maj or date_du_nom(chemin.name) or defaut
    return _une_ligne_une_fiche(
        GenreDeSource.FRANCE_SERVICES, france_services.fiches, lignes, chemin, jour, a, progression, source_id
    )


def importer_dila(
    chemin: Path,
    *,
    a: datetime,
    date_maj: date | None = None,
    progression: Progression | None = None,
    source_id: int | None = None,
) -> BilanDImport:
    """Import the directory of public bodies (DILA, CSV), which holds no point; see ``importer_france_services``."""
    chemin = Path(chemin)
    jour = date_maj or date_du_nom(chemin.name) or dila.date_par_defaut()
    lignes = lire_lignes(chemin, dila.REQUISES)
    return _une_ligne_une_fiche(GenreDeSource.DILA, dila.fiches, lignes, chemin, jour, a, progression, source_id)


def importer_mediation_numerique(
    chemin: Path,
    *,
    a: datetime,
    date_maj: date | None = None,
    progression: Progression | None = None,
    source_id: int | None = None,
) -> BilanDImport:
    """Import the places of digital help of Maine-et-Loire (JSON); each line bears its own day."""
    chemin = Path(chemin)
    lignes = lire_lignes(chemin, mediation_numerique.REQUISES)
    genre = GenreDeSource.MEDIATION_NUMERIQUE
    jour = date_maj or date_du_nom(chemin.name)
    return _une_ligne_une_fiche(genre, mediation_numerique.fiches, lignes, chemin, jour, a, progression, source_id)


def _une_ligne_une_fiche(
    genre: GenreDeSource,
    lecteur: Lecteur,
    lignes: Sequence[Ligne],
    chemin: Path,
    jour: date | None,
    a: datetime,
    progression: Progression | None,
    source_id: int | None,
) -> BilanDImport:
    suivi = ouvrir(genre, (chemin.name, str(jour or "")), [lire_octets(chemin)], a=a, source_id=source_id)
    bilan = BilanDImport()
    structures: list[FicheStructure] = []
    services: list[FicheService] = []
    for ligne in lignes:
        bilan.lus += 1
        paire = lecteur(ligne, chemin.name, jour, bilan)
        if paire:
            structures.append(paire[0])
            if paire[1]:
                services.append(paire[1])
    return _ecrire(structures, services, bilan, progression, a=a, suivi=suivi)


def _ecrire(
    structures: Sequence[FicheStructure],
    services: Sequence[FicheService],
    bilan: BilanDImport,
    progression: Progression | None,
    *,
    a: datetime,
    suivi: Suivi | None,
) -> BilanDImport:
    ecrire(structures, services, bilan, progression, a=a, suivi=suivi)
    if suivi:
        sources = {f.source for f in structures} | {f.source for f in services}
        suivi.finir(bilan, a=a, doublons=proposer_des_doublons(sources=sources, a=a))
    return bilan
