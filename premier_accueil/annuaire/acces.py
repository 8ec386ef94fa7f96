"""Who keeps which entry of the directory."""

from __future__ import annotations

from django.db.models import Q

from premier_accueil.acteurs.regles import Droit, peut
from premier_accueil.acteurs.requetes import Role


def structures_tenues(role: Role) -> Q:
    """Choose the structures whose entry this role keeps: its own; for the coordination, those of the département."""
    if peut(role.fonction, Droit.TENIR_L_ANNUAIRE):
        return Q(departement=role.departement) | Q(pk=role.structure_id)
    if peut(role.fonction, Droit.TENIR_SA_FICHE):
        return Q(pk=role.structure_id)
    return Q(pk__in=())
