"""Who may see which person: one ``Q`` serves the object and the list, row-level security stands behind."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from premier_accueil.acteurs.regles import Droit, peut
from premier_accueil.acteurs.requetes import Role
from premier_accueil.personnes.models import Blocage, BrisDeGlace


def personnes_visibles(role: Role, a: datetime, prefixe: str = "") -> Q:
    """Return what a role sees of the persons: those of its structure, named blocks apart (T4, T7).

    A block stops hiding while the same account has opened the file exceptionally.

    Args:
        role: who looks.
        a: when.
        prefixe: path to the person from another table, e.g. ``"personne__"``.
    """
    ouvertes = BrisDeGlace.objects.filter(
        structure_id=role.structure_id, compte_id=role.compte_id, vaut_jusqu_a__gt=a
    ).values("personne_id")  # fmt: skip
    return _sauf(role, _bloquees(role).exclude(personne_id__in=ouvertes), prefixe)


def personnes_tenues(role: Role) -> Q:
    """Return the persons whose file this role keeps in full.

    An exceptional opening gives no right to reveal an address, to lift a block nor to merge files.
    """
    return _sauf(role, _bloquees(role), "")


def _bloquees(role: Role) -> QuerySet[Blocage]:
    return Blocage.objects.filter(structure_id=role.structure_id, compte_id=role.compte_id, leve_le=None)


def _sauf(role: Role, cachees: QuerySet[Blocage], prefixe: str) -> Q:
    if not peut(role.fonction, Droit.OUVRIR_UN_DOSSIER):
        return Q(pk__in=[])
    siennes: dict[str, Any] = {f"{prefixe}structure_id": role.structure_id, f"{prefixe}fusionnee_dans": None}
    return Q(**siennes) & ~Q(**{f"{prefixe}pk__in": cachees.values("personne_id")})
