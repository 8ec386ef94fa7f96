"""Who may see which passage: one ``Q`` serves the object and the list."""

from __future__ import annotations

from django.db.models import Q

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.acteurs.requetes import Role


def passages_visibles(role: Role) -> Q:
    """Return what this role sees of the passages.

    Receptionists and social workers see their structure's; an elected official sees his own only (T10);
    coordination and partners see none.
    """
    if role.fonction in {Fonction.ACCUEIL, Fonction.TRAVAIL_SOCIAL}:
        return Q(structure_id=role.structure_id)
    if role.fonction is Fonction.ELU:
        return Q(structure_id=role.structure_id, auteur_id=role.compte_id)
    return Q(pk__in=[])


def attentes_visibles(role: Role) -> Q:
    """Return what this role sees of the queues: those of its structure, if it receives people."""
    if role.fonction in {Fonction.ACCUEIL, Fonction.TRAVAIL_SOCIAL, Fonction.ELU}:
        return Q(structure_id=role.structure_id)
    return Q(pk__in=[])
