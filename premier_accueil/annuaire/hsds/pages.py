"""Pages of HSDS documents. Identifiers first, whole rows after: a page costs the same on the first and the last."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.db.models.functions import Power

from premier_accueil.acteurs.models import Structure
from premier_accueil.annuaire.hsds import documents, vocabulaires
from premier_accueil.annuaire.hsds.documents import Document
from premier_accueil.annuaire.models import Fermeture, Interlocuteur, Permanence, Service, Site
from premier_accueil.annuaire.regles import Diffusion
from premier_accueil.annuaire.requetes import edition
from premier_accueil.annuaire.requetes.fusions import (
    identifiants_absorbes,
    service_de_l_identifiant,
    services_absorbes_entre,
    structure_de_l_identifiant,
)
from premier_accueil.socle.identifiants import bornes, paire
from premier_accueil.socle.index import Identifiant
from premier_accueil.socle.texte import cle
from premier_accueil.territoire.models import Commune

MOTS_MAX = 8
METRES_PAR_DEGRE = 111_195
SANS_CONTOUR = ("commune__contour", "commune__mairie")


@dataclass(frozen=True)
class Filtre:
    """What is asked: the standard's filters. ``metres`` counts from the middle of the communes of ``code_postal``."""

    recherche: str = ""
    terme: UUID | None = None
    taxonomie: UUID | None = None
    organisation: UUID | None = None
    modifie_depuis: date | None = None
    code_postal: str = ""
    metres: float | None = None


@dataclass(frozen=True)
class Tranche:
    """Which page, of how many at most (both from 1)."""

    page: int
    taille: int


def services(f: Filtre, t: Tranche, jour: date, *, entiers: bool = False) -> Document:
    """Return a page of services, one value a field, or in full; five queries, nine in full."""
    total = _compter(edition(), "services", f)
    cles = _cles(_services(f).order_by("pk").values_list("pk", flat=True), t)
    if entiers:
        return page(documents_entiers(cles, jour), t, total)
    lus = Service.objects.select_related("structure").in_bulk(cles)
    return page([documents.service_liste(lus[c]) for c in cles], t, total)


def minimaux(f: Filtre, t: Tranche) -> Document:
    """Return the identifier of services and the day they moved; five queries."""
    total = _compter(edition(), "services", f)
    lignes = _services(f).order_by("pk").only("source", "source_id", "date_maj", "confirme_le")
    lus = lignes[_debut(t) : _debut(t) + t.taille]
    trouves = [(documents.cle_de_service(s), documents.dernier_moment(s)) for s in lus]
    return page([{"id": c, "modified_date": m} if m else {"id": c} for c, m in trouves], t, total)


def service(cle_: UUID, jour: date) -> Document | None:
    """Return a service in full, or ``None``; the one it was merged into answers for it. At most eight queries."""
    trouve = _par_cle(Service.objects.all(), "service", cle_, cle_).first()
    garde = trouve.pk if trouve else service_de_l_identifiant(cle_)
    return documents_entiers([garde], jour)[0] if garde is not None else None


def documents_entiers(cles: Iterable[int], jour: date) -> list[Document]:
    """Return services in full, in the order of their keys; six queries whatever their number.

    Args:
        jour: the local day: closings that are over are left out.
    """
    cles = list(cles)
    lus = (
        Service.objects.select_related("structure")
        .prefetch_related(_permanences(jour), Prefetch("interlocuteurs", _publics(), to_attr="publics_nommes"))
        .in_bulk(cles)
    )
    noms = _noms({code for s in lus.values() for code in s.zone})
    return [documents.service(lus[c], noms, lus[c].publics_nommes) for c in cles]


def organisations(
    f: Filtre, t: Tranche, jour: date, *, entieres: bool = False, services_entiers: bool = False
) -> Document:
    """Return a page of organizations, one value a field, or in full."""
    total = _compter(edition(), "organisations", f)
    cles = _cles(_organisations(f).order_by("pk").values_list("pk", flat=True), t)
    if entieres or services_entiers:
        return page(_organisations_entieres(cles, jour, services_entiers=services_entiers), t, total)
    lues = Structure.objects.in_bulk(cles)
    return page([documents.organisation_listee(lues[c]) for c in cles], t, total)


def organisation(cle_: UUID, jour: date, *, services_entiers: bool = False) -> Document | None:
    """Return an organization in full, or ``None``; the one it was merged into answers for it."""
    trouvee = _par_cle(Structure.objects.all(), "structure", cle_, cle_).first()
    garde = trouvee.pk if trouvee else structure_de_l_identifiant(cle_)
    return None if garde is None else _organisations_entieres([garde], jour, services_entiers=services_entiers)[0]


def services_aux_lieux(f: Filtre, t: Tranche, jour: date, *, entiers: bool = False) -> Document:
    """Return a page of services at their places, one value a field, or with their hours there."""
    total = _compter(edition(), "lieux", f)
    cles = list(_lieux(f).order_by("service_id", "site_id")[_debut(t) : _debut(t) + t.taille])
    lues = Service.objects.select_related("structure").in_bulk({c[0] for c in cles})
    sites = _sites().in_bulk({c[1] for c in cles})
    sortie = [
        documents.au_lieu(lues[s], sites[site]) | {"service": documents.service_liste(lues[s], avec_organisation=False)}
        for s, site in cles
    ]
    if entiers:
        horaires: dict[tuple[int, int | None], list[Document]] = {}
        siennes = Permanence.objects.filter(service__in=[c[0] for c in cles], site__in=[c[1] for c in cles])
        for p in siennes.select_related("service", "site").prefetch_related(_fermetures(jour)).order_by("pk"):
            horaires.setdefault((p.service_id, p.site_id), []).extend(documents.horaires(p))
        for c, document in zip(cles, sortie, strict=True):
            document["schedules"] = horaires.get(c, [])
    return page(sortie, t, total)


def service_au_lieu(cle_: UUID, jour: date) -> Document | None:
    """Return one service at one place with its hours there, or ``None``: the identifier holds both.

    What a service or a place was merged into answers for it.
    """
    du, au = bornes(cle_)
    services = [(s.pk, documents.cle_de_service(s)) for s in _par_cle(Service.objects.all(), "service", du, au)[:5]]
    for garde, du_service in [*services, *services_absorbes_entre(du, au)]:
        entier = Service.objects.select_related("structure").prefetch_related(_permanences(jour)).get(pk=garde)
        anciens = identifiants_absorbes(p.site_id for p in entier.permanences.all() if p.site_id)
        for site_id, document in documents.par_lieu(entier, entier.permanences.all()):
            if cle_ in {paire(du_service, lieu) for lieu in (document["location_id"], *anciens.get(site_id, ()))}:
                return document | {"service": documents.service_liste(entier)}
    return None


def page(contenu: list[Document], t: Tranche, total: int) -> Document:
    """Return a page of the standard."""
    pages = math.ceil(total / t.taille)
    return {
        "total_items": total, "total_pages": pages, "page_number": t.page, "size": len(contenu),
        "first_page": t.page == 1, "last_page": t.page >= pages, "empty": not contenu, "contents": contenu,
    }  # fmt: skip


def _organisations_entieres(cles: list[int], jour: date, *, services_entiers: bool) -> list[Document]:
    lues = Structure.objects.prefetch_related(
        Prefetch("sites", _sites().order_by("pk")), Prefetch("services", Service.objects.order_by("pk"))
    ).in_bulk(cles)
    siens = {c: [s.pk for s in lues[c].services.all()] for c in cles}
    entiers: dict[UUID, Document] = {}
    if services_entiers:
        entiers = {d["id"]: d for d in documents_entiers([pk for c in cles for pk in siens[c]], jour)}
    rendre: Callable[[Service], Document] = documents.service_cite
    if services_entiers:
        rendre = lambda s: entiers[documents.cle_de_service(s)]  # noqa: E731
    return [documents.organisation(lues[c], lues[c].sites.all(), map(rendre, lues[c].services.all())) for c in cles]


def _services(f: Filtre) -> QuerySet[Service]:
    lignes = _mots(Service.objects.all(), f.recherche, "cle", "structure__cle")
    if f.terme:
        champ, codes = vocabulaires.tenus().get(f.terme, ("thematiques", ()))
        lignes = lignes.filter(**{f"{champ}__in" if champ == "type" else f"{champ}__overlap": list(codes)})
    if f.taxonomie:
        champ = next((v.champ for v in vocabulaires.VOCABULAIRES if v.cle == f.taxonomie), "")
        lignes = lignes.exclude(**{champ: "" if champ == "type" else []}) if champ else lignes.none()
    if f.organisation:
        siennes = _par_cle(Structure.objects.all(), "structure", f.organisation, f.organisation)
        lignes = lignes.filter(structure__in=siennes.values("pk"))
    if f.modifie_depuis:
        recentes = Q(date_maj__gte=f.modifie_depuis) | Q(confirme_le__gte=f.modifie_depuis)
        lignes = lignes.filter(recentes)
    return lignes


def _organisations(f: Filtre) -> QuerySet[Structure]:
    lignes = _mots(Structure.objects.all(), f.recherche, "cle")
    if f.terme or f.taxonomie:
        lignes = lignes.filter(pk__in=_services(replace(f, recherche="")).values("structure"))
    return lignes


def _lieux(f: Filtre) -> QuerySet[Permanence, tuple[int, int]]:
    lignes = Permanence.objects.exclude(site=None)
    siens = replace(f, code_postal="", metres=None)
    if siens != Filtre():
        lignes = lignes.filter(service__in=_services(siens))
    if f.code_postal:
        lignes = lignes.filter(_autour(f.code_postal, f.metres))
    return lignes.values_list("service_id", "site_id").distinct()


def _autour(code_postal: str, metres: float | None) -> Q:
    """Keep what is near the middle of the communes of a postal code, or what serves them when no distance is said."""
    communes = list(
        Commune.objects.filter(codes_postaux__contains=[code_postal], genre="COM").order_by("pk")
        .only("code", "epci_code", "departement", "latitude", "longitude")
    )  # fmt: skip
    if metres is None:
        codes = {x for c in communes for x in (c.code, c.epci_code, c.departement, "france") if x}
        return Q(service__zone__overlap=sorted(codes)) | Q(site__commune__in=[c.pk for c in communes])
    points = [(c.latitude, c.longitude) for c in communes if c.latitude is not None and c.longitude is not None]
    if not points:
        return Q(pk=None)
    nord, est = (sum(x) / len(points) for x in zip(*points, strict=True))
    haut = metres / METRES_PAR_DEGRE
    large = haut / max(0.1, math.cos(math.radians(nord)))
    # An ellipse in degrees: the error stays under 1 % at the distances of a département.
    ecart = Power((F("latitude") - nord) / haut, 2) + Power((F("longitude") - est) / large, 2)
    proches = Site.objects.filter(latitude__range=(nord - haut, nord + haut)).exclude(point_verifie=False)
    return Q(site__in=proches.annotate(ecart=ecart).filter(ecart__lte=1).values("pk"))


def _mots(lignes: QuerySet[Any], texte: str, *champs: str) -> QuerySet[Any]:
    for mot in cle(texte[:200]).split()[:MOTS_MAX]:
        voulu = Q()
        for champ in champs:
            voulu |= Q(**{f"{champ}__contains": mot})
        lignes = lignes.filter(voulu)
    return lignes


def _par_cle(lignes: QuerySet[Any], genre: str, du: UUID, au: UUID) -> QuerySet[Any]:
    marquees = lignes.annotate(cle_ouverte=Identifiant("source", "source_id", genre=genre))
    trouvees: QuerySet[Any] = marquees.filter(cle_ouverte__range=(du, au)).order_by("pk")
    return trouvees


@lru_cache(maxsize=512)
def _compter(_edition: tuple[str, int, int], quoi: str, f: Filtre) -> int:
    if quoi == "lieux":
        return int(_lieux(f).order_by().aggregate(n=Count("*"))["n"])
    return _services(f).count() if quoi == "services" else _organisations(f).count()


def _cles(lignes: QuerySet[Any, int], t: Tranche) -> list[int]:
    return list(lignes[_debut(t) : _debut(t) + t.taille])


def _debut(t: Tranche) -> int:
    return (t.page - 1) * t.taille


def _sites() -> QuerySet[Site]:
    return Site.objects.select_related("structure", "commune").defer(*SANS_CONTOUR)


def _fermetures(jour: date) -> Prefetch[Any]:
    return Prefetch("fermetures", Fermeture.objects.filter(au__gte=jour).order_by("du", "pk"))


def _permanences(jour: date) -> Prefetch[Any]:
    lignes = Permanence.objects.select_related("service", "site__structure", "site__commune").order_by("pk")
    return Prefetch(
        "permanences", lignes.defer(*(f"site__{x}" for x in SANS_CONTOUR)).prefetch_related(_fermetures(jour))
    )


def _publics() -> QuerySet[Interlocuteur]:
    return Interlocuteur.objects.filter(diffusion=Diffusion.PUBLIC.value).order_by("nom")


def _noms(codes: set[str]) -> dict[str, str]:
    """Return the names of territories by code; two queries."""
    lignes = Commune.objects.filter(code__in=codes, genre="COM").order_by("pk").values_list("code", "nom")
    epci = Commune.objects.filter(epci_code__in=[c for c in codes if len(c) == 9]).order_by("epci_code")
    noms = dict(lignes) | dict(epci.values_list("epci_code", "epci_nom").distinct())
    noms |= {c: f"Département {c}" for c in codes if re.fullmatch(r"\d{2,3}|2[AB]", c)}
    return noms | ({"france": "France"} if "france" in codes else {})
