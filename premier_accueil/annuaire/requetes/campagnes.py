"""Read campaigns: whom to ask, who answered, who did not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from premier_accueil.acteurs.models import Structure
from premier_accueil.acteurs.regles import Droit, peut
from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.acces import structures_tenues
from premier_accueil.annuaire.models import Campagne, Correction, Interlocuteur, LienDeFiche, Service
from premier_accueil.annuaire.regles.campagnes import Etat, Quoi
from premier_accueil.annuaire.regles.declarations import CHAMPS_DITS
from premier_accueil.annuaire.regles.fraicheur import limite
from premier_accueil.annuaire.requetes.fraicheur import DERNIER_MOT
from premier_accueil.socle.empreinte import empreinte
from premier_accueil.socle.horloge import jour_local
from premier_accueil.territoire.models import Commune

ADRESSE = re.compile(r"[A-Za-z0-9_-]{40,50}")
PAR_PAGE = 15
FUSIONS_DE_SUITE = 5


@dataclass(frozen=True)
class CampagneVue:
    """A campaign, with how far it is."""

    id: int
    comite_le: date
    quoi: str
    territoire: str
    ouverte_le: datetime
    fermee_le: datetime | None
    demandees: int
    repondues: int
    finie: bool


@dataclass(frozen=True)
class LienVu:
    """One structure asked, and what it did."""

    id: int
    structure_id: int
    structure: str
    telephone: str
    courriel: bool
    envois: int
    envoye_le: datetime | None
    ouvert_le: datetime | None
    repondu_le: datetime | None
    repondu_dit: str
    revoque: bool
    services: int
    confirmes: int


@dataclass(frozen=True)
class PageDeLiens:
    """Some of the structures of a campaign."""

    lignes: tuple[LienVu, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True)
class Invitation:
    """What the address of a link opens; ``close`` says why it opens nothing any more."""

    lien_id: int
    structure_id: int
    structure: str
    depuis: datetime
    comite_le: date
    expire_le: datetime
    close: str


def campagnes_tenues(role: Role) -> Q:
    """Choose the campaigns of this role: those of its département, for who keeps the directory."""
    return Q(departement=role.departement) if peut(role.fonction, Droit.TENIR_L_ANNUAIRE) else Q(pk__in=())


def structures_a_demander(role: Role, quoi: Quoi, territoire: str, jour: date) -> list[int]:
    """Return the structures whose entries a campaign asks about: those with a service; one query."""
    services = Service.objects.filter(structure__in=Structure.objects.filter(structures_tenues(role)), ferme_le=None)
    services = services.filter(structure__departement=role.departement)
    if quoi is Quoi.A_CONFIRMER:
        services = services.annotate(mot=DERNIER_MOT).filter(Q(mot=None) | Q(mot__lt=limite(jour)))
    if territoire:
        communes = Commune.objects.filter(departement=role.departement, epci_code=territoire)
        services = services.filter(
            Q(structure__sites__commune__in=communes) | Q(permanences__site__commune__in=communes)
        )
    return sorted(set(services.order_by().values_list("structure_id", flat=True)))


def territoires(departement: str) -> tuple[tuple[str, str], ...]:
    """Return the intercommunalités of a département: code and name."""
    lignes = Commune.objects.filter(departement=departement, genre=Commune.Genre.COM).exclude(epci_code="")
    return tuple(lignes.order_by("epci_nom", "epci_code").values_list("epci_code", "epci_nom").distinct())


def courriel_de(structure_id: int) -> str:
    """Return where a structure is written to: its own box, else a service's, else a contact's; empty when unknown."""
    structure = Structure.objects.filter(pk=structure_id).exclude(courriel="").values_list("courriel", flat=True)
    services = Service.objects.filter(structure=structure_id).exclude(courriel="").order_by("pk")
    contacts = Interlocuteur.objects.filter(service__structure=structure_id).exclude(courriel="").order_by("pk")
    premiers = (structure.first(), services.values_list("courriel", flat=True).first())
    return next((c for c in premiers if c), None) or contacts.values_list("courriel", flat=True).first() or ""


def campagnes(role: Role, a: datetime) -> tuple[CampagneVue, ...]:
    """Return the campaigns of the département, the latest first; one query."""
    lignes = Campagne.objects.filter(campagnes_tenues(role)).annotate(
        demandees=Count("liens", filter=Q(liens__mene_a=None)),
        repondues=Count("liens", filter=Q(liens__mene_a=None, liens__repondu_le__isnull=False)),
    )  # fmt: skip
    return tuple(_campagne(c, a) for c in lignes.order_by("-comite_le", "-pk")[:20])


def campagne(campagne_id: int, role: Role, a: datetime) -> CampagneVue:
    """Return one campaign.

    Raises:
        Campagne.DoesNotExist: not of this role's département.
    """
    lignes = Campagne.objects.filter(campagnes_tenues(role)).annotate(
        demandees=Count("liens", filter=Q(liens__mene_a=None)),
        repondues=Count("liens", filter=Q(liens__mene_a=None, liens__repondu_le__isnull=False)),
    )  # fmt: skip
    return _campagne(lignes.get(pk=campagne_id), a)


def _campagne(c: Campagne, a: datetime) -> CampagneVue:
    finie = c.fermee_le is not None or jour_local(a) > c.comite_le
    return CampagneVue(
        c.pk, c.comite_le, c.get_quoi_display(), c.territoire_nom, c.ouverte_le, c.fermee_le,
        c.demandees, c.repondues, finie,  # type: ignore[attr-defined]
    )  # fmt: skip


def liens_de_la_campagne(campagne_id: int, *, repondu: bool, page: int) -> PageDeLiens:
    """Return the structures of a campaign that answered, or those that did not, never written to first; three queries.

    Args:
        campagne_id: a campaign already seen by this role.
        page: from 1.
    """
    liens = LienDeFiche.objects.filter(campagne=campagne_id, repondu_le__isnull=not repondu, mene_a=None)
    total = liens.count()
    pages = max(1, -(-total // PAR_PAGE))
    page = min(max(1, page), pages)
    du_jour = liens.annotate(
        services=Count("structure__services", filter=Q(structure__services__ferme_le=None)),
        confirmes=Count(
            "structure__services", filter=Q(structure__services__confirme_le__gte=F("campagne__ouverte_le__date"))
        ),
        ecrite=Exists(Service.objects.filter(structure=OuterRef("structure")).exclude(courriel="")),
        nommee=Exists(Interlocuteur.objects.filter(service__structure=OuterRef("structure")).exclude(courriel="")),
        numero=Service.objects.filter(structure=OuterRef("structure")).exclude(telephone="").order_by("pk").values(
            "telephone"
        )[:1],
    ).select_related("structure")
    lignes = du_jour.order_by("-repondu_le", "envois", "structure__cle", "pk")
    return PageDeLiens(
        tuple(_lien(x) for x in lignes[(page - 1) * PAR_PAGE : page * PAR_PAGE]), page, pages, total
    )


def _lien(x: Any) -> LienVu:
    return LienVu(
        x.pk, x.structure_id, x.structure.nom, x.structure.telephone or x.numero or "",
        bool(x.structure.courriel or x.ecrite or x.nommee), x.envois, x.envoye_le, x.ouvert_le, x.repondu_le,
        x.repondu_dit, x.revoque_le is not None, x.services, x.confirmes,
    )  # fmt: skip


def invitation(adresse: str, a: datetime) -> Invitation | None:
    """Return what an address opens; ``None`` when it never opened anything. One query."""
    if not ADRESSE.fullmatch(adresse):
        return None
    liens = LienDeFiche.objects.select_related("campagne", "structure")
    lien = liens.filter(condense=empreinte(adresse)).first()
    if lien is None:
        return None
    for _ in range(FUSIONS_DE_SUITE):  # its entry was merged into another: it opens that one
        if lien.revoque_le is not None or lien.mene_a_id is None:
            break
        lien = liens.get(pk=lien.mene_a_id)
    close = ""
    if lien.revoque_le is not None:
        close = "Ce lien a été arrêté. Un autre vous a peut-être été envoyé depuis."
    elif lien.campagne.fermee_le is not None or lien.expire_le <= a:
        close = "La relecture de l'annuaire est terminée : ce lien ne s'ouvre plus."
    return Invitation(
        lien.pk, lien.structure_id, lien.structure.nom, lien.campagne.ouverte_le, lien.campagne.comite_le,
        lien.expire_le, close,
    )  # fmt: skip


def declarations_en_attente() -> QuerySet[Correction]:
    """Choose what says that a service closed or moved, and waits for a decision."""
    return Correction.objects.filter(etat=Etat.PROPOSEE.value, champ__in=CHAMPS_DITS)


def restent_a_confirmer(structure_id: int, depuis: datetime) -> Iterable[int]:
    """Return the services of a structure that nobody confirmed since a moment, nor said to be closed or gone."""
    lignes = Service.objects.filter(structure=structure_id, ferme_le=None)
    lignes = lignes.exclude(corrections__in=declarations_en_attente())
    return lignes.exclude(confirme_le__gte=jour_local(depuis)).order_by("cle", "pk").values_list("pk", flat=True)


def campagne_du_lien(lien_id: int, role: Role) -> int:
    """Return the campaign of a link.

    Raises:
        LienDeFiche.DoesNotExist: none of this role's campaigns.
    """
    return LienDeFiche.objects.get(pk=lien_id, campagne__in=Campagne.objects.filter(campagnes_tenues(role))).campagne_id
