"""Read who takes part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from premier_accueil.acteurs.models import Compte, Convention, Engagement, JetonDApi, Mission, Structure
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


def structures_en_service() -> list[int]:
    """Return the structures where somebody has a mission, past ones included: what a nightly job goes through."""
    return list(Mission.objects.order_by("structure_id").values_list("structure_id", flat=True).distinct())


def noms_des_structures(cles: Iterable[int]) -> dict[int, str]:
    """Return the names of some structures by key; one query."""
    return dict(Structure.objects.filter(pk__in=set(cles)).values_list("pk", "nom"))


@dataclass(frozen=True)
class EngagementVu:
    """A dated commitment of a structure to the network."""

    id: int
    texte: str
    debut: date
    fin: date | None
    en_cours: bool


@dataclass(frozen=True)
class ConventionVue:
    """A dated convention, as either of its two bodies reads it.

    Attributes:
        avec: name of the other body.
        elements: codes proposed by default, never more than the projection allows.
    """

    id: int
    avec: str
    debut: date
    fin: date | None
    elements: tuple[str, ...]
    delai_jours: int | None
    audits: bool
    en_cours: bool
    escalade: str


def organisme_de(role: Role) -> str:
    """Return the name of the legal body of the role's structure; empty when it is not said."""
    nom = Structure.objects.filter(pk=role.structure_id).values_list("organisme__nom", flat=True).first()
    return nom or ""


def engagements_de(role: Role, jour: date) -> tuple[EngagementVu, ...]:
    """Return the commitments of the role's structure, the latest first; one query."""
    return tuple(
        EngagementVu(e.pk, e.texte, e.debut, e.fin, _en_cours(e.debut, e.fin, jour))
        for e in Engagement.objects.filter(structure_id=role.structure_id).order_by("-debut", "-pk")
    )


def conventions_de(role: Role, jour: date) -> tuple[ConventionVue, ...]:
    """Return the conventions of the legal body of the role's structure, the latest first; two queries."""
    organisme = Structure.objects.values_list("organisme_id", flat=True).get(pk=role.structure_id)
    siennes = Convention.objects.filter(Q(organisme=organisme) | Q(avec=organisme)).select_related("organisme", "avec")
    return tuple(
        _convention(c, organisme, jour) for c in siennes.order_by("-debut", "-pk")
    ) if organisme else ()  # fmt: skip


def convention_entre(structure_id: int, autre_id: int, jour: date) -> ConventionVue | None:
    """Return the convention that holds that day between the legal bodies of two structures, the latest one.

    Either body may have entered it. Two structures of one body need none.
    """
    organismes = dict(Structure.objects.filter(pk__in=(structure_id, autre_id)).values_list("pk", "organisme_id"))
    ici, la = organismes.get(structure_id), organismes.get(autre_id)
    if ici is None or la is None:
        return None
    conventions = (
        Convention.objects.filter(Q(organisme=ici, avec=la) | Q(organisme=la, avec=ici))
        .filter(Q(fin=None) | Q(fin__gte=jour), debut__lte=jour).select_related("organisme", "avec")
    )  # fmt: skip
    trouvee = conventions.order_by("-debut", "-pk").first()
    return _convention(trouvee, ici, jour) if trouvee else None


def _convention(c: Convention, organisme_id: int, jour: date) -> ConventionVue:
    avec = c.avec if c.organisme_id == organisme_id else c.organisme
    return ConventionVue(
        c.pk, avec.nom, c.debut, c.fin, tuple(c.elements), c.delai_jours, c.audits, _en_cours(c.debut, c.fin, jour),
        c.escalade,
    )


def _en_cours(debut: date, fin: date | None, jour: date) -> bool:
    return debut <= jour and (fin is None or jour <= fin)


@dataclass(frozen=True)
class JetonVu:
    """A token as its structure's administrator sees it: never its secret."""

    id: int
    nom: str
    mission: str
    cree_le: datetime
    expire_le: datetime
    servi_le: datetime | None
    revoque_le: datetime | None


def jetons_de(role: Role) -> list[JetonVu]:
    """Return the tokens of the role's structure, those that serve first; one query."""
    jetons = JetonDApi.objects.filter(structure_id=role.structure_id).select_related("mission__compte")
    return [
        JetonVu(j.pk, j.nom, j.mission.compte.nom, j.cree_le, j.expire_le, j.servi_le, j.revoque_le)
        for j in jetons.order_by("-revoque_le", "nom", "pk")[:60]
    ]
