"""Read initiatives, collective actions and sectors for screens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet

from premier_accueil.acteurs.models import Structure
from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.acces import structures_tenues
from premier_accueil.annuaire.models import ActionCollective, Initiative, Secteur
from premier_accueil.annuaire.regles.recherche import publics, thematiques_de, themes
from premier_accueil.socle.horloge import jour_local

PAR_PAGE = 12


@dataclass(frozen=True)
class PageDe:
    """A page of rows; pages count from 1."""

    lignes: tuple[Any, ...]
    nombre: int
    page: int
    pages: int


@dataclass(frozen=True)
class InitiativeVue:
    """An initiative, with whether the reader keeps it."""

    id: int
    nom: str
    structure: str
    exemple: bool
    actions: str
    valeurs: str
    utilite_sociale: str
    themes: tuple[str, ...]
    publics: tuple[str, ...]
    codes: tuple[tuple[str, ...], tuple[str, ...]]
    depuis: date | None
    jusqu_au: date | None
    modifiee_le: datetime
    a_nous: bool


@dataclass(frozen=True)
class ActionVue:
    """A collective action, with whether the reader keeps it."""

    id: int
    nom: str
    structure: str
    exemple: bool
    telephone: str
    description: str
    themes: tuple[str, ...]
    publics: tuple[str, ...]
    codes: tuple[tuple[str, ...], tuple[str, ...]]
    ou: str
    commune_id: int
    commune: str
    site_id: int | None
    lieu: str
    debut: datetime
    fin: datetime
    venir: str
    places: int | None
    annulee: bool
    a_nous: bool


@dataclass(frozen=True)
class SecteurVu:
    """Who is competent for a commune or a street, from when to when, and by which decision."""

    id: int
    commune: str
    voie: str
    structure: str
    du: date
    au: date | None
    source: str
    a_venir: bool
    fini: bool


def initiatives(role: Role, *, theme: str = "", miennes: bool = False, page: int = 1) -> PageDe:
    """Return the initiatives of the département, latest first; three queries."""
    lignes = Initiative.objects.filter(structure__departement=role.departement)
    if miennes:
        lignes = lignes.filter(structure_id=role.structure_id)
    if theme:
        lignes = lignes.filter(thematiques__overlap=thematiques_de(theme))
    completes = lignes.select_related("structure").order_by("-modifiee_le", "-pk")
    return _page(completes, page, partial(_initiatives, role))


def initiative(initiative_id: int, role: Role) -> InitiativeVue | None:
    """Return one initiative; ``None`` when there is none."""
    une = Initiative.objects.select_related("structure").filter(pk=initiative_id).first()
    return _initiatives(role, [une])[0] if une else None


def actions_collectives(role: Role, a: datetime, *, theme: str = "", commune: str = "", page: int = 1) -> PageDe:
    """Return the collective actions to come in the département, soonest first; three queries."""
    lignes = ActionCollective.objects.filter(fin__gt=a, commune__departement=role.departement)
    if theme:
        lignes = lignes.filter(thematiques__overlap=thematiques_de(theme))
    if commune:
        lignes = lignes.filter(commune__code=commune)
    completes = lignes.select_related("structure", "commune", "site").defer("commune__contour", "commune__mairie")
    return _page(completes.order_by("debut", "pk"), page, partial(_actions, role))


def action_collective(action_id: int, role: Role) -> ActionVue | None:
    """Return one collective action; ``None`` when there is none."""
    lignes = ActionCollective.objects.select_related("structure", "commune", "site").defer("commune__contour")
    une = lignes.filter(pk=action_id).first()
    return _actions(role, [une])[0] if une else None


def secteurs(role: Role, a: datetime, *, commune_id: int | None = None, passes: bool = False, page: int = 1) -> PageDe:
    """Return the sectors of the département, by commune and street; those that ended too when asked; two queries."""
    jour = jour_local(a)
    lignes = Secteur.objects.filter(commune__departement=role.departement)
    if commune_id is not None:
        lignes = lignes.filter(commune_id=commune_id)
    if not passes:
        lignes = lignes.filter(Q(au=None) | Q(au__gte=jour))
    completes = lignes.select_related("structure", "commune").defer("commune__contour", "commune__mairie")
    return _page(
        completes.order_by("commune__cle", "cle_de_voie", "-du", "pk"), page,
        lambda rangees: [_secteur(x, jour) for x in rangees],
    )  # fmt: skip


def structures_du_departement(departement: str) -> list[tuple[int, str]]:
    """Return the structures that take part in a département, by name: those that receive or have accounts first."""
    lignes = Structure.objects.filter(departement=departement).filter(
        Q(assure_premier_accueil=True) | Q(missions__isnull=False)
    )
    return list(lignes.order_by("cle", "pk").distinct().values_list("pk", "nom")[:500])


def _tenues(role: Role, rangees: Iterable[Initiative | ActionCollective]) -> frozenset[int]:
    """Return the keys of the structures of these rows that one keeps."""
    chez = Structure.objects.filter(structures_tenues(role), pk__in={r.structure_id for r in rangees})
    return frozenset(chez.order_by().values_list("pk", flat=True))


def _page(lignes: QuerySet[Any], page: int, montrer: Callable[[list[Any]], Iterable[Any]]) -> PageDe:
    nombre = lignes.count()
    pages = max(1, -(-nombre // PAR_PAGE))
    page = min(max(1, page), pages)
    rangees = list(lignes[(page - 1) * PAR_PAGE : page * PAR_PAGE])
    return PageDe(tuple(montrer(rangees)), nombre, page, pages)


def _initiatives(role: Role, rangees: list[Initiative]) -> list[InitiativeVue]:
    tenues = _tenues(role, rangees)
    return [_initiative(i, tenues) for i in rangees]


def _actions(role: Role, rangees: list[ActionCollective]) -> list[ActionVue]:
    tenues = _tenues(role, rangees)
    return [_action(c, tenues) for c in rangees]


def _secteur(s: Secteur, jour: date) -> SecteurVu:
    fini = s.au is not None and s.au < jour
    return SecteurVu(s.pk, s.commune.nom, s.voie, s.structure.nom, s.du, s.au, s.source, s.du > jour, fini)


def _mots(codes: Sequence[str], vocabulaire: Any) -> tuple[str, ...]:
    return tuple(str(vocabulaire.get(code, code)) for code in codes)


def _initiative(i: Initiative, tenues: frozenset[int]) -> InitiativeVue:
    return InitiativeVue(
        i.pk, i.nom, i.structure.nom, i.structure.exemple, i.actions, i.valeurs, i.utilite_sociale,
        _mots(i.thematiques, themes()), _mots(i.publics, publics()), (tuple(i.thematiques), tuple(i.publics)),
        i.depuis, i.jusqu_au, i.modifiee_le, i.structure_id in tenues,
    )  # fmt: skip


def _action(c: ActionCollective, tenues: frozenset[int]) -> ActionVue:
    adresse = f"{c.site.nom}, {c.site.adresse}".strip(", ") if c.site else c.lieu
    return ActionVue(
        c.pk, c.nom, c.structure.nom, c.structure.exemple, c.structure.telephone, c.description,
        _mots(c.thematiques, themes()), _mots(c.publics, publics()), (tuple(c.thematiques), tuple(c.publics)),
        f"{adresse}, {c.commune.nom}".strip(", "), c.commune_id, c.commune.nom, c.site_id, c.lieu,
        c.debut, c.fin, c.venir, c.places, c.annulee_le is not None, c.structure_id in tenues,
    )  # fmt: skip
