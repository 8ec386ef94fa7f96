"""Who may see what in this room: one ``Q`` serves the object and the list."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from premier_accueil.accueil.acces import passages_visibles
from premier_accueil.accueil.models import Passage
from premier_accueil.acteurs.regles import Droit, peut
from premier_accueil.acteurs.requetes import Role
from premier_accueil.personnes.acces import personnes_visibles


def demarches_visibles(role: Role, a: datetime) -> Q:
    """Return what a role sees of the démarches: those of its structure, except of persons it does not see (T4).

    Args:
        role: who looks.
        a: when.
    """
    if not peut(role.fonction, Droit.OUVRIR_UN_DOSSIER):
        return Q(pk__in=[])
    passages = Passage.objects.filter(passages_visibles(role)).values("pk")
    anonymes = Q(personne=None) & (Q(passage=None) | Q(passage__in=passages))
    return Q(structure_id=role.structure_id) & (anonymes | personnes_visibles(role, a, "personne__"))


def domiciliations_visibles(role: Role, a: datetime) -> Q:
    """Return what a role sees of the domiciliations: those of the persons it sees.

    Args:
        role: who looks.
        a: when.
    """
    return Q(structure_id=role.structure_id) & personnes_visibles(role, a, "personne__")
