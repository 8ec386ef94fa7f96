"""Who may see which passage: one ``Q`` serves the object and the list."""

from __future__ import annotations

from django.db.models import Q

from premier_accueil.acteurs.regles import Droit, peut
from premier_accueil.acteurs.requetes import Role


def passages_visibles(role: Role) -> Q:
    """Return what this role sees of the passages.

    Receptionists and social workers see their structure's; an elected official or a volunteer sees his own only (T10);
    the others see none.
    """
    if peut(role.fonction, Droit.VOIR_LES_PASSAGES_DE_LA_STRUCTURE):
        return Q(structure_id=role.structure_id)
    if peut(role.fonction, Droit.RECEVOIR):
        return Q(structure_id=role.structure_id, auteur_id=role.compte_id)
    return Q(pk__in=[])


def attentes_visibles(role: Role) -> Q:
    """Return what this role sees of the queues: those of its structure, if it receives people."""
    if peut(role.fonction, Droit.RECEVOIR):
        return Q(structure_id=role.structure_id)
    return Q(pk__in=[])
