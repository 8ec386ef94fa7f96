"""Read who takes part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from premier_accueil.acteurs.models import Compte, Mission
from premier_accueil.acteurs.regles import Fonction


@dataclass(frozen=True)
class Role:
    """Who acts: an account in one structure under one mission."""

    mission_id: int
    compte_id: int
    compte: str
    structure_id: int
    structure: str
    departement: str
    fonction: Fonction


def roles_de(compte: Compte, a: datetime) -> list[Role]:
    """Return the running roles of an account, oldest mission first; one query."""
    missions = Mission.objects.en_cours(a).filter(compte=compte).select_related("structure").order_by("debut", "pk")
    return [
        Role(m.pk, compte.pk, compte.nom, m.structure_id, m.structure.nom, m.structure.departement, Fonction(m.fonction))
        for m in missions
    ]


def role_de(compte: Compte, mission_id: int | None, a: datetime) -> Role | None:
    """Return the role chosen in this session, else the first running one, else ``None``."""
    roles = roles_de(compte, a)
    return next((r for r in roles if r.mission_id == mission_id), roles[0] if roles else None)
