"""Who coordinates what: heads of network, named referents, and the themes that nobody holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from premier_accueil.annuaire.models import ReferentDeTerritoire, ReferentThematique, TeteDeReseau
from premier_accueil.annuaire.regles import Diffusion
from premier_accueil.annuaire.regles.missions import MissionDeTerritoire
from premier_accueil.annuaire.regles.recherche import famille_de, themes
from premier_accueil.annuaire.requetes.vues import VISIBLES


@dataclass(frozen=True)
class ReferentVu:
    """A professional whom one may call by name, and what about."""

    id: int
    nom: str
    fonction: str
    structure: str
    telephone: str
    courriel: str
    diffusion: Diffusion
    au_sujet_de: tuple[str, ...]
    missions: tuple[str, ...] = ()


@dataclass(frozen=True)
class TeteVue:
    """The head of network of a theme."""

    id: int
    structure_id: int
    structure: str
    du: date
    source: str


@dataclass(frozen=True)
class ThemeVu:
    """A theme with who holds it; ``tete`` is ``None`` when nobody does.

    Attributes:
        de_la_famille: the head is that of the whole family.
    """

    code: str
    libelle: str
    tete: TeteVue | None
    de_la_famille: bool
    referents: tuple[ReferentVu, ...]


@dataclass(frozen=True)
class FamilleVue:
    """A family of themes."""

    code: str
    libelle: str
    tete: TeteVue | None
    referents: tuple[ReferentVu, ...]
    themes: tuple[ThemeVu, ...]

    @property
    def sans_tete(self) -> int:
        """Return how many of its themes have no head of network."""
        return sum(t.tete is None for t in self.themes)


def _tenus(modele: QuerySet, departement: str, jour: date) -> QuerySet:  # type: ignore[type-arg]
    chez = modele.filter(Q(au=None) | Q(au__gte=jour), du__lte=jour, departement=departement)
    return chez.select_related("structure")


def referents_de(
    themes_cherches: Iterable[str],
    commune: str,
    *,
    departement: str,
    jour: date,
    cercle: Diffusion = Diffusion.RESEAU,
    limite: int = 3,
) -> tuple[ReferentVu, ...]:
    """Return whom the network may call about these themes, or about this place; two queries.

    Args:
        themes_cherches: codes of thématiques; a referent of their family answers too, after.
        commune: INSEE code; empty: no territory referent.
        cercle: who reads: a screen for the public asks for ``PUBLIC``.
        limite: how many of each at most.
    """
    exacts = [t for t in dict.fromkeys(themes_cherches) if t]
    codes = {*exacts, *map(famille_de, exacts)}
    visibles = [d.value for d in VISIBLES[cercle]]
    tenus = _tenus(ReferentThematique.objects.filter(diffusion__in=visibles), departement, jour)
    par_theme = sorted(
        tenus.filter(themes__overlap=sorted(codes)).order_by("nom", "pk") if codes else (),
        key=lambda r: not set(r.themes) & set(exacts),
    )[:limite]
    ici = _tenus(ReferentDeTerritoire.objects.filter(diffusion__in=visibles), departement, jour)
    d_ici = ici.filter(communes__contains=[commune]).order_by("nom", "pk")[:limite] if commune else ()
    return (*(_thematique(r, codes) for r in par_theme), *map(_territoire, d_ici))


def reseau_du_departement(departement: str, jour: date) -> tuple[FamilleVue, ...]:
    """Return every theme with its head of network and referents, the empty ones included; two queries."""
    tetes = {
        t.theme: TeteVue(t.pk, t.structure_id, t.structure.nom, t.du, t.source)
        for t in _tenus(TeteDeReseau.objects.all(), departement, jour).order_by("du", "pk")
    }
    tous = list(_tenus(ReferentThematique.objects.all(), departement, jour).order_by("nom", "pk"))

    def de(code: str) -> tuple[ReferentVu, ...]:
        return tuple(_thematique(r, None) for r in tous if code in r.themes)

    return tuple(
        FamilleVue(
            famille, libelle, tetes.get(famille), de(famille),
            tuple(
                ThemeVu(code, mots, tetes.get(code) or tetes.get(famille), code not in tetes, de(code))
                for code, mots in themes().items()
                if code != famille and famille_de(code) == famille
            ),
        )
        for famille, libelle in themes().items()
        if famille_de(famille) == famille
    )  # fmt: skip


def referents_de_territoire(departement: str, jour: date) -> tuple[ReferentVu, ...]:
    """Return the territory referents of a département, by territory; one query."""
    tenus = _tenus(ReferentDeTerritoire.objects.all(), departement, jour).order_by("territoire", "nom", "pk")
    return tuple(map(_territoire, tenus))


def _thematique(r: ReferentThematique, codes: Collection[str] | None) -> ReferentVu:
    sujets = [t for t in r.themes if codes is None or t in codes or famille_de(t) in codes]
    return _vu(r, tuple(themes().get(t, t) for t in sujets))


def _territoire(r: ReferentDeTerritoire) -> ReferentVu:
    return _vu(r, (r.territoire,), tuple(MissionDeTerritoire(m).libelle for m in r.missions))


def _vu(
    r: ReferentThematique | ReferentDeTerritoire, sujets: tuple[str, ...], missions: tuple[str, ...] = ()
) -> ReferentVu:
    return ReferentVu(
        r.pk, r.nom, r.fonction, r.structure.nom, r.telephone, r.courriel, Diffusion(r.diffusion), sujets, missions
    )
