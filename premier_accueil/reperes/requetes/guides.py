"""Operational guides: an ordered set of sheets, printed as one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from premier_accueil.acteurs.requetes import Role
from premier_accueil.reperes.acces import fiches_visibles, guides_ecrits, guides_visibles
from premier_accueil.reperes.models import FicheRepere, GuideOperationnel, VersionDeFiche
from premier_accueil.reperes.requetes.fiche import version_vue
from premier_accueil.reperes.requetes.listes import EN_FORCE
from premier_accueil.reperes.requetes.vues import VersionVue

AU_PLUS = 60


@dataclass(frozen=True)
class GuideCourt:
    """A guide in a list."""

    id: int
    titre: str
    proprietaires: tuple[str, ...]
    fiches: int
    ecrit_le: datetime


@dataclass(frozen=True)
class GuideVu:
    """A guide with its sheets in their order: the version in force of each, nothing else.

    Attributes:
        sans_version: sheets of the guide that nothing is in force of: said, not printed.
    """

    id: int
    titre: str
    introduction: str
    avec_le_curseur: bool
    revision: int
    proprietaires: tuple[tuple[int, str], ...]
    fiches: tuple[tuple[int, VersionVue], ...]
    sans_version: int
    ecrit_par: str
    ecrit_le: datetime
    ecrit: bool


def guides(role: Role) -> tuple[GuideCourt, ...]:
    """Return the guides that this role reads, by title; three queries."""
    vus = GuideOperationnel.objects.filter(guides_visibles(role)).prefetch_related("proprietaires", "places")
    return tuple(
        GuideCourt(g.pk, g.titre, tuple(sorted(s.nom for s in g.proprietaires.all())), len(g.places.all()), g.ecrit_le)
        for g in vus.order_by("titre", "pk")[:AU_PLUS]
    )


def guide_vu(guide_id: int, role: Role) -> GuideVu:
    """Return a guide; six queries.

    Raises:
        GuideOperationnel.DoesNotExist: not visible to this role.
    """
    guide = GuideOperationnel.objects.select_related("ecrit_par").get(guides_visibles(role), pk=guide_id)
    ordre = list(guide.places.order_by("rang").values_list("fiche_id", flat=True))
    visibles = FicheRepere.objects.filter(fiches_visibles(role), pk__in=ordre)
    versions = {
        v.fiche_id: version_vue(v)
        for v in VersionDeFiche.objects.filter(fiche__in=visibles, etat__in=EN_FORCE).order_by("pk")
        .select_related("ecrit_par").prefetch_related("structures")
    }  # fmt: skip
    proprietaires = tuple(guide.proprietaires.order_by("cle", "pk").values_list("pk", "nom"))
    return GuideVu(
        guide.pk, guide.titre, guide.introduction, guide.avec_le_curseur, guide.revision, proprietaires,
        tuple((f, versions[f]) for f in ordre if f in versions), sum(f not in versions for f in ordre),
        guide.ecrit_par.nom, guide.ecrit_le, any(cle == role.structure_id for cle, _ in proprietaires),
    )  # fmt: skip


def guide_a_ecrire(guide_id: int, role: Role) -> GuideVu:
    """Return a guide that the role's structure writes.

    Raises:
        GuideOperationnel.DoesNotExist: not its to write.
    """
    GuideOperationnel.objects.filter(guides_ecrits(role)).get(pk=guide_id)
    return guide_vu(guide_id, role)


def fiches_a_ranger(role: Role) -> tuple[tuple[int, str], ...]:
    """Return the sheets in force that a guide may take, by title; one query."""
    en_vigueur = VersionDeFiche.objects.filter(fiche__in=FicheRepere.objects.filter(fiches_visibles(role)))
    return tuple(en_vigueur.filter(etat__in=EN_FORCE).order_by("titre", "pk").values_list("fiche_id", "titre"))
