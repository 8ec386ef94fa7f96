"""Read who takes part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from premier_accueil.acteurs.models import Compte, Mission, Structure
from premier_accueil.acteurs.regles import Fonction, textes_de_secret


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
    """Return the running roles of an account, oldest mission first; one query of the columns a role shows."""
    missions = Mission.objects.en_cours(a).filter(compte=compte).order_by("debut", "pk").values(
        "pk", "structure_id", "structure__nom", "structure__departement", "fonction"
    )  # fmt: skip
    return [
        Role(
            mission_id=m["pk"], compte_id=compte.pk, compte=compte.nom, structure_id=m["structure_id"],
            structure=m["structure__nom"], departement=m["structure__departement"], fonction=Fonction(m["fonction"]),
        )
        for m in missions
    ]  # fmt: skip


def role_de(compte: Compte, mission_id: int | None, a: datetime) -> Role | None:
    """Return the role chosen in this session, else the first running one, else ``None``."""
    roles = roles_de(compte, a)
    return next((r for r in roles if r.mission_id == mission_id), roles[0] if roles else None)


@dataclass(frozen=True)
class CompteDEssai:
    """A ready-made account of the demonstration."""

    identifiant: str
    nom: str
    fonction: str
    structure: str


def comptes_d_essai(a: datetime) -> list[CompteDEssai]:
    """Return the ready-made accounts with their running mission; one query."""
    missions = (
        Mission.objects.en_cours(a).filter(compte__exemple=True, compte__is_active=True)
        .select_related("compte", "structure").order_by("compte__pk", "pk")
    )  # fmt: skip
    return [
        CompteDEssai(m.compte.identifiant, m.compte.nom, m.get_fonction_display(), m.structure.nom) for m in missions
    ]


@dataclass(frozen=True)
class MissionVue:
    """A mission of the structure, as colleagues see it: everyone knows who is bound, and by which text (S0)."""

    id: int
    nom: str
    identifiant: str
    fonction: str
    profession: str
    secret: str
    texte: str
    debut: date
    fin: date | None
    a_moi: bool


def missions_de_la_structure(role: Role, a: datetime) -> tuple[MissionVue, ...]:
    """Return the running missions of the role's structure, by name; one query."""
    missions = Mission.objects.en_cours(a).filter(structure_id=role.structure_id).select_related("compte")
    textes = textes_de_secret()
    return tuple(
        MissionVue(
            m.pk, m.compte.nom, m.compte.identifiant, m.get_fonction_display(), m.get_profession_display(),
            m.get_statut_de_secret_display(), textes[m.texte].article if m.texte in textes else "", m.debut, m.fin,
            m.compte_id == role.compte_id,
        )
        for m in missions.order_by("compte__nom", "pk")
    )  # fmt: skip


def noms_des_structures(cles: Iterable[int]) -> dict[int, str]:
    """Return the names of some structures by key; one query."""
    return dict(Structure.objects.filter(pk__in=set(cles)).values_list("pk", "nom"))
