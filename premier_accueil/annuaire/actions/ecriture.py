"""Write entries of a directory: structures, places, services; then what hangs from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import connection, transaction

from premier_accueil.acteurs.models import Structure
from premier_accueil.annuaire.actions.lieux import PRINCIPAL, Communes, LieuTrouve
from premier_accueil.annuaire.actions.lots import Pose, Progression
from premier_accueil.annuaire.actions.permanences import ecrire_interlocuteurs, ecrire_permanences
from premier_accueil.annuaire.imports.bilan import BilanDImport, Origine
from premier_accueil.annuaire.imports.fiches import FicheService, FicheStructure, Lieu, PermanenceVoulue
from premier_accueil.annuaire.models import Service, Site

# Two imports at the same time would both create what neither sees yet: they wait for each other.
VERROU = 4_408_213_001

Fiche = TypeVar("Fiche", FicheStructure, FicheService)


@dataclass
class Chantier:
    """What one import knows while it writes."""

    bilan: BilanDImport
    communes: Communes
    structures: dict[str, Structure] = field(default_factory=dict)
    principaux: dict[int, tuple[int, str]] = field(default_factory=dict)
    sites: dict[tuple[int, str], Site] = field(default_factory=dict)
    absents: set[tuple[str, str]] = field(default_factory=set)


def ecrire(
    structures: Sequence[FicheStructure],
    services: Sequence[FicheService],
    bilan: BilanDImport,
    progression: Progression | None = None,
) -> None:
    """Write entries in one transaction; a second time with the same entries changes nothing.

    Args:
        structures: structures of the file.
        services: services of the file; their structure is in it, or already known from the same source.
        bilan: filled with what became of each line.
        progression: told (done, total) of the structures, then of the services.
    """
    structures, services = _sans_doublon(structures, bilan), _sans_doublon(services, bilan)
    with transaction.atomic():
        with connection.cursor() as curseur:
            curseur.execute("SELECT pg_advisory_xact_lock(%s)", [VERROU])
        chantier = Chantier(bilan, Communes(_lieux(structures, services)))
        lieux = _ecrire_structures(chantier, structures, services, progression)
        gardes = _avec_structure(chantier, services)
        places = _placer(chantier, lieux, gardes)
        poses = _ecrire_services(chantier, [s for s in gardes if id(s) in places], services, progression)
        bilan.absents = len(chantier.absents)
        ecrire_permanences([(s, service, places[id(s)]) for s, service in poses], bilan)
        ecrire_interlocuteurs(poses, bilan)


def _sans_doublon(fiches: Sequence[Fiche], bilan: BilanDImport) -> list[Fiche]:
    premieres: dict[tuple[str, str], Fiche] = {}
    for fiche in fiches:
        premiere = premieres.setdefault((fiche.source, fiche.source_id), fiche)
        if premiere is not fiche and not bilan.est_refusee(fiche.origine):
            motif = f"identifiant déjà vu à la ligne {premiere.origine.ligne}"
            bilan.refuser(fiche.origine, "id", motif, fiche.source_id)
    return list(premieres.values())


def _lieux(structures: Iterable[FicheStructure], services: Iterable[FicheService]) -> Iterable[Lieu]:
    yield from (s.lieu for s in structures if s.lieu)
    yield from (p.lieu for s in services for p in s.permanences if p.lieu)


def _ecrire_structures(
    chantier: Chantier,
    fiches: Sequence[FicheStructure],
    services: Sequence[FicheService],
    progression: Progression | None,
) -> list[tuple[Origine, Structure, LieuTrouve]]:
    """Write the structures; return the main place of each."""
    bilan = chantier.bilan
    sources = {f.source for f in fiches} | {f.source for f in services}
    connues = {(s.source, s.source_id): s for s in Structure.objects.filter(source__in=sources).order_by("pk")}
    vues = {(f.source, f.source_id) for f in fiches}
    chantier.absents |= connues.keys() - vues if fiches else set()
    pose, lieux = Pose(Structure, bilan), []
    for fiche in fiches:
        champs = dict(fiche.champs)
        trouve = chantier.communes.trouver(fiche.lieu, fiche.origine, bilan) if fiche.lieu else None
        if fiche.lieu and trouve is None:
            continue
        if trouve:
            champs["departement"] = trouve.departement
        identite = {"source": fiche.source, "source_id": fiche.source_id}
        structure = pose.vouloir(fiche.origine, connues.get((fiche.source, fiche.source_id)), identite, champs)
        chantier.structures[fiche.source_id] = structure
        if trouve:
            lieux.append((fiche.origine, structure, trouve))
    pose.ecrire(progression)
    refusees = {f.source_id for f in fiches if f.source_id not in chantier.structures}
    chantier.structures = {i: s for i, s in chantier.structures.items() if s.pk is not None}
    for (_, source_id), structure in connues.items():
        if source_id not in refusees:
            chantier.structures.setdefault(source_id, structure)
    hotes = {p.lieu.hote for s in services for p in s.permanences if p.lieu and p.lieu.hote}
    for structure in Structure.objects.filter(source_id__in=hotes - set(chantier.structures)).order_by("pk"):
        chantier.structures.setdefault(structure.source_id, structure)
    return [(origine, structure, trouve) for origine, structure, trouve in lieux if structure.pk is not None]


def _avec_structure(chantier: Chantier, services: Sequence[FicheService]) -> list[FicheService]:
    gardes = []
    for fiche in services:
        if fiche.structure_source_id in chantier.structures:
            gardes.append(fiche)
        elif not chantier.bilan.est_refusee(fiche.origine):
            motif = "structure inconnue, ou refusée plus haut"
            chantier.bilan.refuser(fiche.origine, "structure_id", motif, fiche.structure_source_id)
    return gardes


def _placer(
    chantier: Chantier, lieux: list[tuple[Origine, Structure, LieuTrouve]], services: Sequence[FicheService]
) -> dict[int, list[tuple[PermanenceVoulue, Site | None]]]:
    """Write the places; return, for each service that is kept, its permanences with their place."""
    chantier.sites = {
        (site.structure_id, site.source_id): site
        for site in Site.objects.filter(structure__in=list(chantier.structures.values())).order_by("pk")
    }
    for (structure_id, source_id), site in chantier.sites.items():
        if source_id == PRINCIPAL:
            lieu = Lieu(adresse=site.adresse)
            chantier.principaux[structure_id] = LieuTrouve(lieu, site.commune_id, "", "", None).adresse_cle()
    pose = Pose(Site, chantier.bilan, principale=False)
    voulus: dict[tuple[int, str], Site] = {}
    for origine, structure, trouve in lieux:
        chantier.principaux[structure.pk] = trouve.adresse_cle()
        voulus[structure.pk, PRINCIPAL] = _vouloir_site(chantier, pose, origine, (structure.pk, PRINCIPAL), trouve)
    places: dict[int, list[tuple[PermanenceVoulue, Site | None]]] = {}
    for fiche in services:
        posees = _placer_service(chantier, pose, voulus, fiche)
        if posees is not None:
            places[id(fiche)] = posees
    pose.ecrire()
    return places


def _placer_service(
    chantier: Chantier, pose: Pose[Site], voulus: dict[tuple[int, str], Site], fiche: FicheService
) -> list[tuple[PermanenceVoulue, Site | None]] | None:
    posees: list[tuple[PermanenceVoulue, Site | None]] = []
    sienne = chantier.structures[fiche.structure_source_id]
    for permanence in fiche.permanences:
        if permanence.lieu is None:
            principal = voulus.get((sienne.pk, PRINCIPAL)) or chantier.sites.get((sienne.pk, PRINCIPAL))
            posees.append((permanence, None if permanence.sans_lieu else principal))
            continue
        trouve = chantier.communes.trouver(permanence.lieu, fiche.origine, chantier.bilan)
        if trouve is None:
            return None
        tenante = chantier.structures.get(permanence.lieu.hote or fiche.structure_source_id)
        if tenante is None:
            motif = "structure hôte inconnue : le lieu est rattaché à la structure du service"
            chantier.bilan.avertir(fiche.origine, "hote", motif, permanence.lieu.hote)
            tenante = sienne
        cle_du_lieu = (tenante.pk, trouve.source_id())
        if chantier.principaux.get(tenante.pk) == trouve.adresse_cle():
            cle_du_lieu = (tenante.pk, PRINCIPAL)
        site = voulus.get(cle_du_lieu)
        if site is None and cle_du_lieu[1] == PRINCIPAL:
            site = chantier.sites[cle_du_lieu]  # another import masters it: used as it is
        if site is None:
            site = _vouloir_site(chantier, pose, fiche.origine, cle_du_lieu, trouve)
        voulus[cle_du_lieu] = site
        posees.append((permanence, site))
    return posees


def _vouloir_site(
    chantier: Chantier, pose: Pose[Site], origine: Origine, cle_du_lieu: tuple[int, str], trouve: LieuTrouve
) -> Site:
    identite = {"structure_id": cle_du_lieu[0], "source_id": cle_du_lieu[1]}
    return pose.vouloir(origine, chantier.sites.get(cle_du_lieu), identite, trouve.champs())


def _ecrire_services(
    chantier: Chantier,
    fiches: Sequence[FicheService],
    toutes: Sequence[FicheService],
    progression: Progression | None,
) -> list[tuple[FicheService, Service]]:
    sources = {f.source for f in toutes}
    connus = {(s.source, s.source_id): s for s in Service.objects.filter(source__in=sources).order_by("pk")}
    vus = {(f.source, f.source_id) for f in toutes}
    chantier.absents |= connus.keys() - vus
    pose = Pose(Service, chantier.bilan)
    poses = []
    for fiche in fiches:
        champs = {**fiche.champs, "structure_id": chantier.structures[fiche.structure_source_id].pk}
        identite = {"source": fiche.source, "source_id": fiche.source_id}
        service = pose.vouloir(fiche.origine, connus.get((fiche.source, fiche.source_id)), identite, champs)
        poses.append((fiche, service))
    pose.ecrire(progression)
    return [(fiche, service) for fiche, service in poses if service.pk is not None]
