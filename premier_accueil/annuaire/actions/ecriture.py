"""Write entries of a directory, block by block: what is written stays, an interrupted import goes on from there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from django.db import connection, transaction

from premier_accueil.annuaire.actions.chantier import Chantier
from premier_accueil.annuaire.actions.connues import cles_possibles
from premier_accueil.annuaire.actions.lots import Progression
from premier_accueil.annuaire.actions.suivi import Suivi
from premier_accueil.annuaire.imports.bilan import BilanDImport
from premier_accueil.annuaire.imports.fiches import FicheService, FicheStructure, Lieu
from premier_accueil.annuaire.models import Service
from premier_accueil.annuaire.requetes.sources import ids_connus

# Two imports at the same time would both create what neither sees yet: their blocks wait for each other.
VERROU = 4_408_213_001
BLOC = 1000

Fiche = TypeVar("Fiche", FicheStructure, FicheService)


@dataclass
class Bloc:
    """Entries written together; a service that comes of the same line as its structure stays with it."""

    structures: list[FicheStructure] = field(default_factory=list)
    services: list[FicheService] = field(default_factory=list)

    def __len__(self) -> int:
        """Return how many entries it holds."""
        return len(self.structures) + len(self.services)


def ecrire(
    structures: Sequence[FicheStructure],
    services: Sequence[FicheService],
    bilan: BilanDImport,
    progression: Progression | None = None,
    *,
    a: datetime,
    suivi: Suivi | None = None,
) -> None:
    """Write entries, one transaction a block; a second time with the same entries changes nothing.

    Args:
        structures: structures of the file.
        services: services of the file; their structure is in it, or already known from the same source.
        bilan: filled with what became of each line.
        progression: told (done, total) of the entries after each block.
        a: the moment of the import.
        suivi: remembers the blocks that are done; they are not written again.
    """
    structures, services = _sans_doublon(structures, bilan), _sans_doublon(services, bilan)
    blocs = list(decouper(structures, services))
    # Where a structure of the file stands, for the services that are there too.
    lieux = {(f.source, f.source_id): f.lieu for f in structures if f.lieu}
    if suivi:
        suivi.commencer(len(blocs), bilan)
    faits, total, refusees = 0, len(structures) + len(services), set[str]()
    for rang, bloc in enumerate(blocs, start=1):
        bilan.ajouter(_ecrire_bloc(bloc, rang, refusees, lieux, a=a, suivi=suivi))
        refusees |= {f.source_id for f in bloc.structures if bilan.est_refusee(f.origine)}
        faits += len(bloc)
        if progression:
            progression(faits, total)
    bilan.absents = _absents(structures, services)


def _ecrire_bloc(
    bloc: Bloc,
    rang: int,
    refusees: set[str],
    lieux: dict[tuple[str, str], Lieu],
    *,
    a: datetime,
    suivi: Suivi | None,
) -> BilanDImport:
    with transaction.atomic():
        with connection.cursor() as curseur:
            curseur.execute("SELECT pg_advisory_xact_lock(%s)", [VERROU])
        fait = suivi.deja(rang) if suivi else None
        if fait is not None:
            return fait
        bilan = BilanDImport()
        Chantier(bilan, refusees, lieux, a).ecrire(bloc.structures, bloc.services)
        if suivi:
            suivi.noter(rang, bilan)
    return bilan


def decouper(structures: Sequence[FicheStructure], services: Sequence[FicheService]) -> Iterator[Bloc]:
    """Cut the entries in blocks: always the same for the same file, structures before what they hold."""
    de_la_ligne: dict[tuple[str, int], Bloc] = {}
    blocs: list[Bloc] = []
    for debut in range(0, len(structures), BLOC):
        bloc = Bloc(list(structures[debut : debut + BLOC]))
        blocs.append(bloc)
        de_la_ligne |= {(f.origine.fichier, f.origine.ligne): bloc for f in bloc.structures}
    seuls: list[FicheService] = []
    for service in services:
        avec = de_la_ligne.get((service.origine.fichier, service.origine.ligne))
        (avec.services if avec else seuls).append(service)
    yield from blocs
    for debut in range(0, len(seuls), BLOC):
        yield Bloc([], seuls[debut : debut + BLOC])


def _sans_doublon(fiches: Sequence[Fiche], bilan: BilanDImport) -> list[Fiche]:
    premieres: dict[tuple[str, str], Fiche] = {}
    for fiche in fiches:
        premiere = premieres.setdefault((fiche.source, fiche.source_id), fiche)
        if premiere is not fiche and not bilan.est_refusee(fiche.origine):
            motif = f"identifiant déjà vu à la ligne {premiere.origine.ligne}"
            bilan.refuser(fiche.origine, "id", motif, fiche.source_id)
    return list(premieres.values())


def _absents(structures: Sequence[FicheStructure], services: Sequence[FicheService]) -> int:
    """Count the entries of the same sources that the files no longer hold."""
    sources = {f.source for f in structures} | {f.source for f in services}
    absentes: set[tuple[str, str]] = set()
    if structures:
        absentes |= ids_connus(sources) - {c for f in structures for c in cles_possibles(f.source, f.source_id)}
    connus = set(Service.objects.filter(source__in=sources).order_by().values_list("source", "source_id"))
    return len(absentes | (connus - {c for f in services for c in cles_possibles(f.source, f.source_id)}))

