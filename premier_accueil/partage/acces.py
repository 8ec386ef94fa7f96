"""Who may see agreements and communications: one ``Q`` serves the object and the list, row-level security behind."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from premier_accueil.acteurs.regles import Droit, peut
from premier_accueil.acteurs.requetes import Role
from premier_accueil.personnes.acces import personnes_visibles

RIEN = Q(pk__in=[])


def accords_visibles(role: Role, a: datetime) -> Q:
    """Return the agreements asked by the role's structure, of the persons it sees (named blocks apart, T4)."""
    if not peut(role.fonction, Droit.COMMUNIQUER):
        return RIEN
    return Q(structure_id=role.structure_id) & personnes_visibles(role, a, "personne__")


def attestations_visibles(role: Role, a: datetime) -> Q:
    """Return what the role's structure attested, of the persons it sees (T4)."""
    return accords_visibles(role, a)


def communications_recues(role: Role) -> Q:
    """Return the copies addressed to the role's function in its structure: "not the same thing to everybody" (S1)."""
    if not peut(role.fonction, Droit.LIRE_CE_QUI_EST_SOUMIS):
        return RIEN
    return Q(structure_id=role.structure_id, fonction=role.fonction.value)
