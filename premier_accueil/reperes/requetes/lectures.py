"""Who read a version: names inside a structure, numbers outside; never in the order of anything (T19)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from premier_accueil.acteurs.models import Mission
from premier_accueil.acteurs.requetes import Role
from premier_accueil.reperes.acces import fiches_visibles
from premier_accueil.reperes.models import FicheRepere, LectureDeFiche, VersionDeFiche
from premier_accueil.reperes.regles import EN_VIGUEUR, EtatDeFiche
from premier_accueil.reperes.requetes.fiche import a_revoir
from premier_accueil.reperes.requetes.listes import EN_FORCE, preparees

AU_PLUS = 100


@dataclass(frozen=True)
class LecteurVu:
    """A colleague, and the day they said they read it; ``None``: not yet."""

    nom: str
    fonction: str
    lu_le: datetime | None


@dataclass(frozen=True)
class Lectures:
    """Who of the role's structure read the version in force; ``ailleurs``: other structures, as numbers."""

    fiche_id: int
    titre: str
    numero: int | None
    ici: tuple[LecteurVu, ...]
    ailleurs: tuple[LuParStructure, ...]

    @property
    def manquent(self) -> int:
        """Return how many colleagues have not said that they read it."""
        return sum(x.lu_le is None for x in self.ici)


@dataclass(frozen=True)
class LuParStructure:
    """How many of those who have a mission in a structure read a version."""

    structure: str
    lus: int
    equipe: int


@dataclass(frozen=True)
class ASuivre:
    """One sheet of the coordination's list.

    Attributes:
        lus, equipe: of those who have a mission in the département, how many read the version in force.
    """

    id: int
    titre: str
    libelle: str
    numero: int
    exemple: bool
    revoir_le: date | None
    a_revoir: bool
    lus: int
    equipe: int


@dataclass(frozen=True)
class Suivi:
    """What waits for the committee: to decide, to review, to be read."""

    en_relecture: tuple[ASuivre, ...]
    en_vigueur: tuple[ASuivre, ...]


def qui_a_lu(fiche_id: int, role: Role, a: datetime) -> Lectures:
    """Return who read the version in force: colleagues by name, other structures as numbers; five queries.

    Raises:
        FicheRepere.DoesNotExist: not visible to this role.
    """
    fiche = FicheRepere.objects.get(fiches_visibles(role), pk=fiche_id)
    version = fiche.versions.filter(etat__in=sorted(EN_VIGUEUR)).first()
    titre = version.titre if version else fiche.versions.order_by("-numero").values_list("titre", flat=True)[0]
    if version is None:
        return Lectures(fiche.pk, titre, None, (), ())
    lus = {
        (structure, compte): quand
        for structure, compte, quand in LectureDeFiche.objects.filter(version=version).order_by("pk")
        .values_list("structure_id", "compte_id", "lu_le")
    }  # fmt: skip
    equipes = _equipes(role, a, fiche.departement)
    ici = tuple(
        LecteurVu(m.compte.nom, m.get_fonction_display(), lus.get((m.structure_id, m.compte_id)))
        for m in equipes.pop(role.structure_id, {}).values()
    )
    ailleurs = (
        LuParStructure(
            next(iter(autres.values())).structure.nom, sum((s, compte) in lus for compte in autres), len(autres)
        )
        for s, autres in equipes.items()
    )
    return Lectures(fiche.pk, titre, version.numero, ici, tuple(sorted(ailleurs, key=lambda x: x.structure)))


def suivi(role: Role, a: datetime) -> Suivi:
    """Return what waits for the committee in the role's département; four queries."""
    attendent = preparees(role).exclude(etat=EtatDeFiche.BROUILLON.value).select_related("fiche").order_by("ecrit_le")
    ici = Q(fiche__departement__in=["", role.departement])
    vigueur = VersionDeFiche.objects.filter(ici, etat__in=EN_FORCE).select_related("fiche").order_by(
        "fiche__revoir_le", "titre", "pk"
    )[:AU_PLUS]  # fmt: skip
    equipe = {
        (structure, compte) for structure, membres in _equipes(role, a, role.departement).items() for compte in membres
    }
    lus: dict[int, set[tuple[int, int]]] = defaultdict(set)
    lectures = LectureDeFiche.objects.filter(version__in=[v.pk for v in vigueur]).order_by("pk")
    for version, structure, compte in lectures.values_list("version_id", "structure_id", "compte_id"):
        lus[version].add((structure, compte))

    def une(v: VersionDeFiche) -> ASuivre:
        return ASuivre(
            v.fiche_id, v.titre, v.get_etat_display(), v.numero, v.exemple, v.fiche.revoir_le,
            a_revoir(v.fiche, v, a), len(lus[v.pk] & equipe), len(equipe),
        )  # fmt: skip

    return Suivi(tuple(map(une, attendent[:AU_PLUS])), tuple(map(une, vigueur)))


def _equipes(role: Role, a: datetime, departement: str) -> dict[int, dict[int, Mission]]:
    """Return the missions that run today, by structure then account, each account once; by name."""
    ici = Q(structure_id=role.structure_id)
    ici |= Q(structure__departement=departement or role.departement)
    equipes: dict[int, dict[int, Mission]] = defaultdict(dict)
    missions = Mission.objects.en_cours(a).filter(ici, compte__is_active=True)
    for m in missions.select_related("compte", "structure").order_by("structure__cle", "compte__nom", "pk"):
        equipes[m.structure_id].setdefault(m.compte_id, m)
    return equipes
