"""Which addresses of a structure's own software are told that a relay moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from premier_accueil.acteurs.requetes import Role
from premier_accueil.relais.models import Abonnement
from premier_accueil.relais.regles import ECHECS_AU_PLUS


@dataclass(frozen=True)
class AbonnementVu:
    """An address that is told; ``tue``: it failed too often, nothing leaves to it any more."""

    id: int
    adresse: str
    cree_le: datetime
    echecs: int
    tue: bool


def abonnements_de(role: Role) -> list[AbonnementVu]:
    """Return the running subscriptions of the role's structure; one query."""
    tenus = Abonnement.objects.filter(structure_id=role.structure_id, arrete_le=None).order_by("adresse", "pk")[:60]
    return [AbonnementVu(x.pk, x.adresse, x.cree_le, x.echecs, x.echecs >= ECHECS_AU_PLUS) for x in tenus]
