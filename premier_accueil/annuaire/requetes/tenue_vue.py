"""What a page says beside an entry: how sure, how well filled, who keeps it, what was proposed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from premier_accueil.acteurs.models import Structure
from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.acces import structures_tenues
from premier_accueil.annuaire.models import Correction, Permanence, Service
from premier_accueil.annuaire.regles.campagnes import Etat
from premier_accueil.annuaire.regles.champs import CHAMPS
from premier_accueil.annuaire.regles.declarations import dire_l_adresse, libelle_de
from premier_accueil.annuaire.regles.fraicheur import Fraicheur, fraicheur
from premier_accueil.annuaire.regles.historique import Objet
from premier_accueil.annuaire.regles.qualite import Qualite
from premier_accueil.annuaire.requetes.fiches import sites_de
from premier_accueil.annuaire.requetes.fraicheur import DERNIER_MOT, FraicheurVue, fraicheur_de
from premier_accueil.annuaire.requetes.parties import PartieVue, parties_de_la_structure
from premier_accueil.annuaire.requetes.qualite import qualite_du_service
from premier_accueil.annuaire.requetes.tenue import tient
from premier_accueil.annuaire.requetes.vues import LieuVu
from premier_accueil.socle.horloge import jour_local

PAR_PAGE = 15


@dataclass(frozen=True)
class TenueDeService:
    """Beside a service."""

    fraicheur: FraicheurVue
    qualite: Qualite
    tient: bool
    en_attente: int


@dataclass(frozen=True)
class ServiceTenu:
    """A service of a structure, in one line."""

    id: int
    nom: str
    le: date | None
    a_confirmer: bool
    ferme_le: date | None


@dataclass(frozen=True)
class TenueDeStructure:
    """The entry of a structure: its own fields in words, its services, how sure."""

    id: int
    nom: str
    exemple: bool
    lignes: tuple[tuple[str, str], ...]
    services: tuple[ServiceTenu, ...]
    fraicheur: FraicheurVue
    tient: bool
    lieux: tuple[LieuVu, ...]
    occupes: frozenset[int]
    """Places where something is held: they cannot be taken out."""


@dataclass(frozen=True)
class CorrectionVue:
    """A proposed correction, as who decides and who proposed read it."""

    id: int
    structure_id: int
    service_id: int | None
    fiche: str
    champ: str
    avant: str
    apres: str
    pourquoi: str
    par: str
    le: datetime
    etat: str
    mot: str
    en_attente: bool


def tenue_du_service(service_id: int, structure_id: int, role: Role, a: datetime) -> TenueDeService | None:
    """Return what stands beside a service; five queries."""
    note = qualite_du_service(service_id, a)
    vue = fraicheur_de(Objet.SERVICE, [service_id], a).get(service_id)
    if note is None or vue is None:
        return None
    attente = Correction.objects.filter(service=service_id, etat=Etat.PROPOSEE.value).count()
    return TenueDeService(vue, note, tient(role, structure_id), attente)


def tenue_de_la_structure(structure_id: int, role: Role, a: datetime) -> TenueDeStructure | None:
    """Return the entry of a structure, services first to confirm first; eight queries."""
    fiche = parties_de_la_structure(structure_id)
    if fiche is None:
        return None
    jour, partie = jour_local(a), fiche.parties[0]
    exemple = Structure.objects.filter(pk=structure_id, exemple=True).exists()
    services = Service.objects.filter(structure=structure_id).annotate(dernier=DERNIER_MOT)
    vus = [
        ServiceTenu(pk, nom, le, ferme is None and fraicheur(le, jour) is Fraicheur.A_CONFIRMER, ferme)
        for pk, nom, le, ferme in services.order_by("cle", "pk").values_list("pk", "nom", "dernier", "ferme_le")[:200]
    ]
    return TenueDeStructure(
        structure_id, fiche.nom, exemple, _lignes(partie), tuple(sorted(vus, key=lambda s: not s.a_confirmer)),
        fraicheur_de(Objet.STRUCTURE, [structure_id], a)[structure_id], tient(role, structure_id),
        sites_de(structure_id),
        frozenset(Permanence.objects.filter(site__structure=structure_id).values_list("site_id", flat=True)),
    )  # fmt: skip


def _lignes(partie: PartieVue) -> tuple[tuple[str, str], ...]:
    dites = [(champ.libelle, champ.dire(partie.valeurs[nom])) for nom, champ in CHAMPS[partie.objet].items()]
    return tuple((libelle, dit) for libelle, dit in dites if dit)


def corrections_a_trancher(role: Role) -> tuple[CorrectionVue, ...]:
    """Return the corrections that wait for this role, the oldest first; one query."""
    tenues = Structure.objects.filter(structures_tenues(role))
    lignes = Correction.objects.filter(structure__in=tenues, etat=Etat.PROPOSEE.value)
    return tuple(_vue(c) for c in lignes.select_related("structure", "service").order_by("le", "pk")[:PAR_PAGE])


def mes_corrections(role: Role) -> tuple[CorrectionVue, ...]:
    """Return what this account proposed, the latest first, with what became of it; one query."""
    lignes = Correction.objects.filter(par=role.compte_id).select_related("structure", "service")
    return tuple(_vue(c) for c in lignes.order_by("-le", "-pk")[:PAR_PAGE])


def corrections_acceptees(role: Role) -> tuple[CorrectionVue, ...]:
    """Return the last corrections accepted in the entries that this role keeps: each may be undone; one query."""
    tenues = Structure.objects.filter(structures_tenues(role))
    lignes = Correction.objects.filter(structure__in=tenues, etat=Etat.ACCEPTEE.value).exclude(ecrites=[])
    return tuple(_vue(c) for c in lignes.select_related("structure", "service").order_by("-decidee_le", "-pk")[:5])


def _vue(c: Correction) -> CorrectionVue:
    champ = CHAMPS[Objet(c.objet)].get(c.champ)
    dire = champ.dire if champ else dire_l_adresse
    return CorrectionVue(
        c.pk, c.structure_id, c.service_id, f"{c.service.nom}, {c.structure.nom}" if c.service else c.structure.nom,
        champ.libelle if champ else libelle_de(c.champ), dire(c.avant), dire(c.apres),
        c.pourquoi, c.par_dit, c.le, c.get_etat_display(), c.mot, c.etat == Etat.PROPOSEE.value,
    )  # fmt: skip
