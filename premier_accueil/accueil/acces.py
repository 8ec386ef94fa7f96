"""Who may see which passage: one ``Q`` serves the object and the list."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.db.models.expressions import Combinable, ExpressionWrapper
from django.db.models.fields import BooleanField

from premier_accueil.acteurs.regles import Droit, peut
from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.models import Permanence
from premier_accueil.personnes.models import Blocage


def passages_visibles(role: Role) -> Q:
    """Return what this role sees of the passages.

    Receptionists and social workers see their structure's; an elected official or a volunteer sees his own only (T10);
    the others see none. A passage attached to a person whom a block hides from this account is hidden too (T4).
    """
    return _visibles(role, "personne_id")


def bulletins_visibles(role: Role) -> Q:
    """Return what this role sees of the slips of papers: as of the passages, a blocked person's apart (T4, T10)."""
    return _visibles(role, "passage__personne_id")


def _visibles(role: Role, personne: str) -> Q:
    bloquees = Blocage.objects.filter(structure_id=role.structure_id, compte_id=role.compte_id, leve_le=None)
    sauf = ~Q(**{f"{personne}__in": bloquees.values("personne_id")})
    if peut(role.fonction, Droit.VOIR_LES_PASSAGES_DE_LA_STRUCTURE):
        return Q(structure_id=role.structure_id) & sauf
    if peut(role.fonction, Droit.RECEVOIR):
        return Q(structure_id=role.structure_id, auteur_id=role.compte_id) & sauf
    return Q(pk__in=[])


def attentes_visibles(role: Role) -> Q:
    """Return what this role sees of the queues: those of its structure, if it receives people."""
    if peut(role.fonction, Droit.RECEVOIR):
        return Q(structure_id=role.structure_id)
    return Q(pk__in=[])


def passe_devant(a: datetime) -> Combinable:
    """Return whether a ticket is called before the others now: an appointment's priority begins at its hour."""
    return ExpressionWrapper(
        Q(prioritaire=True) & (Q(rendez_vous_le=None) | Q(rendez_vous_le__lte=a)), output_field=BooleanField()
    )


def lieux_de_la_structure(structure_id: int) -> Q:
    """Return the places where a structure receives: its own, and those that host one of its services (S1)."""
    recue = Permanence.objects.filter(service__structure_id=structure_id, site__isnull=False)
    return Q(structure_id=structure_id) | Q(pk__in=recue.values("site_id"))
