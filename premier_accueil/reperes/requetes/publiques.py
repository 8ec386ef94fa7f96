"""What anybody may read: the public version of a sheet in force, when somebody chose to show it."""

from __future__ import annotations

from django.db.models import QuerySet

from premier_accueil.reperes.models import VersionDeFiche
from premier_accueil.reperes.regles import numeros_de
from premier_accueil.reperes.requetes.listes import EN_FORCE
from premier_accueil.reperes.requetes.vues import FichePublique

AU_PLUS = 60


def fiches_publiques() -> tuple[FichePublique, ...]:
    """Return every public version, by title; two queries."""
    return tuple(map(_vue, _publiques().order_by("titre", "pk")[:AU_PLUS]))


def fiche_publique(slug: str) -> FichePublique | None:
    """Return the public version of a sheet, or ``None`` when nobody chose to show one; two queries."""
    version = _publiques().filter(fiche__slug=slug).first()
    return _vue(version) if version else None


def _publiques() -> QuerySet[VersionDeFiche]:
    choisies = VersionDeFiche.objects.filter(etat__in=EN_FORCE, publique_le__isnull=False)
    return choisies.select_related("fiche").prefetch_related("fiche__proprietaires").defer("conduite", "texte")


def _vue(v: VersionDeFiche) -> FichePublique:
    assert v.publiee_le is not None  # held by the table
    return FichePublique(
        v.titre_public or v.titre, v.fiche.slug, v.texte_public, tuple(v.urgences), numeros_de(v.numeros), v.exemple,
        v.publiee_le,
        tuple(sorted(s.nom for s in v.fiche.proprietaires.all())),
    )  # fmt: skip
