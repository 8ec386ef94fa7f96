"""Write one block of an import: structures, places, services; then what hangs from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from premier_accueil.acteurs.models import Structure
from premier_accueil.annuaire.actions.connues import Connues, cles_possibles
from premier_accueil.annuaire.actions.garde import Garde
from premier_accueil.annuaire.actions.lieux import Communes, LieuTrouve
from premier_accueil.annuaire.actions.lots import Pose
from premier_accueil.annuaire.actions.permanences import ecrire_interlocuteurs, ecrire_permanences
from premier_accueil.annuaire.imports.bilan import BilanDImport, Origine, Sort
from premier_accueil.annuaire.imports.fiches import (
    PRINCIPAL,
    FicheService,
    FicheStructure,
    Lieu,
    PermanenceVoulue,
)
from premier_accueil.annuaire.models import Service, Site
from premier_accueil.annuaire.requetes.fusions import lieux_absorbes, services_absorbes

FUSIONNE = "fusionné avec un autre service : sa ligne ne change rien"
Placees = list[tuple[PermanenceVoulue, Site | None]]


class Chantier:
    """What one block knows while it is written."""

    def __init__(
        self, bilan: BilanDImport, refusees: set[str], lieux: Mapping[tuple[str, str], Lieu], a: datetime
    ) -> None:
        """Prepare it.

        Args:
            bilan: what became of its lines.
            refusees: identifiers of the structures that earlier blocks refused.
            lieux: main place of each structure of the file.
            a: the moment of the import.
        """
        self.bilan, self.a = bilan, a
        self._refusees, self._lieux = refusees, lieux
        self._sites: dict[tuple[int, str], Site] = {}
        self._principaux: dict[int, set[tuple[int, str]]] = {}
        self._voulus: dict[tuple[int, str], Site] = {}
        self._anciennes: set[Origine] = set()
        self._absorbes: dict[tuple[int, str], Site] = {}

    def ecrire(self, structures: Sequence[FicheStructure], services: Sequence[FicheService]) -> None:
        """Write the entries of the block; its transaction and its lock are the caller's."""
        hotes = {p.lieu.hote for s in services for p in s.permanences if p.lieu and p.lieu.hote}
        self._connues = Connues(structures, services, hotes)
        dehors = [lieu for s in services if (lieu := self._lieux.get((s.source, s.structure_source_id)))]
        self._communes = Communes([*_lieux(structures, services), *dehors])
        lieux = self._ecrire_structures(structures)
        gardes = self._avec_structure(services)
        places = self._placer(lieux, gardes)
        poses = self._ecrire_services([s for s in gardes if id(s) in places])
        ecrire_permanences([(s, service, places[id(s)]) for s, service in poses], self.bilan, self.a)
        ecrire_interlocuteurs(poses, self.bilan, self.a)

    def _ecrire_structures(
        self, fiches: Sequence[FicheStructure]
    ) -> list[tuple[FicheStructure, Structure, LieuTrouve]]:
        """Write the structures; return the main place of each."""
        trouvees = {id(f): self._connues.connue(f.source, f.source_id) for f in fiches}
        garde = Garde(Structure, [s.pk for s in trouvees.values() if s])
        pose = Pose(Structure, self.bilan, self.a, _source(fiches), garde)
        lieux = []
        for fiche in fiches:
            champs = dict(fiche.champs)
            trouve = self._communes.trouver(fiche.lieu, fiche.origine, self.bilan) if fiche.lieu else None
            if fiche.lieu and trouve is None:
                self._refusees.add(fiche.source_id)
                continue
            if trouve:
                champs["departement"] = trouve.departement
            connue, alias = trouvees[id(fiche)], self._connues.alias(fiche.source, fiche.source_id)
            if connue and alias is None and self._plus_ancienne(fiche, connue):
                champs, trouve = {}, None
            identite = {"source": fiche.source, "source_id": fiche.source_id}
            structure = pose.vouloir(fiche.origine, connue, identite, champs, alias)
            self._connues.ajouter(fiche.source, fiche.source_id, structure)
            if trouve:
                lieux.append((fiche, structure, trouve))
        pose.ecrire()
        return [(fiche, structure, trouve) for fiche, structure, trouve in lieux if structure.pk is not None]

    def _plus_ancienne(self, fiche: FicheStructure | FicheService, connue: Structure | Service) -> bool:
        """Tell, and say, that a line is older than what is known of the same source: it teaches nothing."""
        du_fichier = fiche.champs.get("date_maj")
        if du_fichier is None or connue.date_maj is None or du_fichier >= connue.date_maj:
            return False
        motif = f"la ligne est plus ancienne que la fiche ({connue.date_maj:%d/%m/%Y}) : la fiche est gardée"
        if fiche.origine not in self._anciennes:
            self.bilan.avertir(fiche.origine, "date_maj", motif, f"{du_fichier:%d/%m/%Y}")
        self._anciennes.add(fiche.origine)
        return True

    def _avec_structure(self, services: Sequence[FicheService]) -> list[FicheService]:
        gardes = []
        absorbes = services_absorbes(c for f in services for c in cles_possibles(f.source, f.source_id))
        for fiche in services:
            if absorbes.intersection(cles_possibles(fiche.source, fiche.source_id)):
                self.bilan.noter(fiche.origine, Sort.INCHANGE)
                self.bilan.avertir(fiche.origine, "id", FUSIONNE, fiche.source_id)
                continue
            refusee = fiche.structure_source_id in self._refusees
            sienne = None if refusee else self._connues.structure(fiche.source, fiche.structure_source_id)
            if sienne is not None and sienne.pk is not None:
                gardes.append(fiche)
            elif not self.bilan.est_refusee(fiche.origine):
                motif = "structure inconnue, ou refusée plus haut"
                self.bilan.refuser(fiche.origine, "structure_id", motif, fiche.structure_source_id)
        return gardes

    def _placer(
        self, lieux: list[tuple[FicheStructure, Structure, LieuTrouve]], services: Sequence[FicheService]
    ) -> dict[int, Placees]:
        """Write the places; return, for each service that is kept, its permanences with their place."""
        lignes = Site.objects.filter(structure__in=self._connues.toutes()).order_by("pk")
        self._sites = {(site.structure_id, site.source_id): site for site in lignes}
        for (structure_id, source_id), site in self._sites.items():
            if source_id.endswith(PRINCIPAL):
                cle_du_lieu = LieuTrouve(Lieu(adresse=site.adresse), site.commune_id, "", "", None).adresse_cle()
                self._principaux.setdefault(structure_id, set()).add(cle_du_lieu)
        garde = Garde(Site, [site.pk for site in self._sites.values()])
        self._suivre_les_fusions()
        pose = Pose(Site, self.bilan, self.a, _source([f for f, _, _ in lieux] or services), garde, principale=False)
        for fiche, structure, trouve in lieux:
            self._principaux.setdefault(structure.pk, set()).add(trouve.adresse_cle())
            cle = structure.pk, self._connues.prefixe(fiche.source, fiche.source_id) + PRINCIPAL
            self._voulus[cle] = self._vouloir_site(pose, fiche.origine, cle, trouve)
        places: dict[int, Placees] = {}
        for service in services:
            posees = self._placer_service(pose, service)
            if posees is not None:
                places[id(service)] = posees
        pose.ecrire()
        return places

    def _suivre_les_fusions(self) -> None:
        """Know the places that were merged: a line that means one is held at the place that took it in."""
        menent = lieux_absorbes({s.pk for s in self._connues.toutes()})
        par_pk = {site.pk: site for site in self._sites.values()}
        ailleurs = Site.objects.in_bulk([cle for cle in menent.values() if cle not in par_pk])
        self._absorbes = {cle: site for cle, pk in menent.items() if (site := par_pk.get(pk) or ailleurs.get(pk))}
        self._sites |= self._absorbes

    def _placer_service(self, pose: Pose[Site], fiche: FicheService) -> Placees | None:
        posees: Placees = []
        sienne = self._connues.structure(fiche.source, fiche.structure_source_id)
        assert sienne is not None
        prefixe = self._connues.prefixe(fiche.source, fiche.structure_source_id)
        for permanence in fiche.permanences:
            if permanence.lieu is None:
                cle = sienne.pk, prefixe + PRINCIPAL
                principal = self._voulus.get(cle) or self._sites.get(cle)
                posees.append((permanence, None if permanence.sans_lieu else principal))
                continue
            trouve = self._communes.trouver(permanence.lieu, fiche.origine, self.bilan)
            if trouve is None:
                return None
            posees.append((permanence, self._site_de(pose, fiche, sienne, prefixe, trouve)))
        return posees

    def _site_de(
        self, pose: Pose[Site], fiche: FicheService, sienne: Structure, prefixe: str, trouve: LieuTrouve
    ) -> Site:
        hote = trouve.lieu.hote
        tenante = self._connues.hote(fiche.source, hote) if hote else sienne
        if tenante is None or tenante.pk is None:
            motif = "structure hôte inconnue : le lieu est rattaché à la structure du service"
            self.bilan.avertir(fiche.origine, "hote", motif, hote)
            tenante = sienne
        if tenante.pk != sienne.pk:
            prefixe = ""
        cle = tenante.pk, (prefixe + trouve.source_id())[:200]
        if (tenante.pk, trouve.lieu.cle) in self._sites:
            cle = tenante.pk, trouve.lieu.cle
        elif trouve.adresse_cle() in self._principaux_de(tenante.pk, fiche):
            cle = tenante.pk, prefixe + PRINCIPAL
        site = self._voulus.get(cle)
        if site is None and cle[1].endswith(PRINCIPAL) and cle in self._sites:
            site = self._sites[cle]  # another import masters it: used as it is
        if site is None:
            site = self._vouloir_site(pose, fiche.origine, cle, trouve)
        self._voulus[cle] = site
        return site

    def _principaux_de(self, structure_id: int, fiche: FicheService) -> set[tuple[int, str]]:
        """Return the addresses of a main place: the one of today, and the one that the file gives."""
        du_fichier = self._lieux.get((fiche.source, fiche.structure_source_id))
        cles = self._principaux.setdefault(structure_id, set())
        sienne = self._connues.structure(fiche.source, fiche.structure_source_id)
        if du_fichier and sienne and sienne.pk == structure_id:
            trouve = self._communes.trouver(du_fichier, fiche.origine, BilanDImport())
            if trouve:
                cles.add(trouve.adresse_cle())
        return cles

    def _vouloir_site(self, pose: Pose[Site], origine: Origine, cle: tuple[int, str], trouve: LieuTrouve) -> Site:
        if cle in self._absorbes:
            return self._absorbes[cle]
        identite = {"structure_id": cle[0], "source_id": cle[1]}
        return pose.vouloir(origine, self._sites.get(cle), identite, trouve.champs())

    def _ecrire_services(self, fiches: Sequence[FicheService]) -> list[tuple[FicheService, Service]]:
        paires = {c for f in fiches for c in cles_possibles(f.source, f.source_id)}
        lignes = Service.objects.filter(source__in={s for s, _ in paires}, source_id__in={i for _, i in paires})
        connus = {(s.source, s.source_id): s for s in lignes.order_by("pk")}
        garde = Garde(Service, [s.pk for s in connus.values()])
        pose = Pose(Service, self.bilan, self.a, _source(fiches), garde)
        poses = []
        for fiche in fiches:
            connu = next((connus[c] for c in cles_possibles(fiche.source, fiche.source_id) if c in connus), None)
            sienne = self._connues.structure(fiche.source, fiche.structure_source_id)
            assert sienne is not None
            champs = {**fiche.champs, "structure_id": sienne.pk}
            ancienne = connu is not None and self._plus_ancienne(fiche, connu)
            if ancienne:
                champs = {"structure_id": sienne.pk}
            identite = {"source": fiche.source, "source_id": fiche.source_id}
            service = pose.vouloir(fiche.origine, connu, identite, champs)
            if not ancienne:
                poses.append((fiche, service))
        pose.ecrire()
        return [(fiche, service) for fiche, service in poses if service.pk is not None]


def _source(fiches: Sequence[FicheStructure | FicheService]) -> str:
    return next((f.source for f in fiches), "")


def _lieux(structures: Iterable[FicheStructure], services: Iterable[FicheService]) -> Iterable[Lieu]:
    yield from (s.lieu for s in structures if s.lieu)
    yield from (p.lieu for s in services for p in s.permanences if p.lieu)
