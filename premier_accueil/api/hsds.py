"""The directory for anybody's software: HSDS 3.1 (Open Referral), read only, no token; what our profile promises."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET
from ninja import NinjaAPI, Query
from ninja.errors import Throttled
from ninja.throttling import AnonRateThrottle

from premier_accueil.annuaire.hsds import pages, profil, vocabulaires
from premier_accueil.api.hsds_formes import (
    MINIMAL_MAX,
    PAR_PAGE_ENTIERE,
    DesLieux,
    DesOrganisations,
    DesServices,
    DesTaxonomies,
    DesTermes,
    PageDeLieux,
    PageDeServices,
    PageDeTaxonomies,
    PageDeTermes,
    PageDOrganisations,
    Pagination,
    Racine,
    Refus,
)
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.lecture import lecture_seule

VERSION = "3.1"
DESCRIPTION = (
    "L'annuaire ouvert, au format HSDS 3.1 d'Open Referral. Aucun jeton, aucune personne nommée sans son accord. "
    "404 : cette fiche n'existe pas. 413 : demande trop longue. 422 : un paramètre est à "
    "corriger. 429 : trop de demandes, attendez."
)
LIMITE = AnonRateThrottle(settings.API_OUVERTE)
api = NinjaAPI(
    title="Premier Accueil : annuaire ouvert (HSDS 3.1)", version=VERSION, description=DESCRIPTION, docs_url=None,
    urls_namespace="hsds", throttle=[LIMITE],
)  # fmt: skip


def ouverte(adresse: str, reponse: Any, nom: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare an operation that anybody may ask, by GET, or by POST where the standard says so: it only reads."""

    def decorer(operation: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(operation)
        def gardee(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            len(request.body)  # nobody reads it: too large a one is refused as everywhere else
            with transaction.atomic(), connection.execute_wrapper(lecture_seule):
                return operation(request, *args, **kwargs)

        refus = {413: Refus, 422: dict[str, Any], 429: Refus} | ({404: Refus} if "{" in adresse else {})
        methodes = ["GET"] if "{" in adresse or adresse in {"/", "/profile"} else ["GET", "POST"]
        for methode in methodes:
            api.api_operation(
                [methode], adresse, response={200: reponse, **refus}, exclude_none=True, by_alias=True,
                operation_id=nom if methode == "GET" else f"{nom}ByPost", url_name=nom,
            )(gardee)  # fmt: skip
        return gardee

    return decorer


@ouverte("/", Racine, "getAPIMetaInformation")
def racine(request: HttpRequest) -> Any:
    """Tell which version and which profile this interface follows."""
    complete = request.build_absolute_uri
    return {
        "version": VERSION, "profile": complete(reverse("hsds:getProfile")),
        "openapi_url": complete(reverse("hsds:openapi-json")),
    }  # fmt: skip


@ouverte("/profile", dict[str, Any], "getProfile")
def lire_profil(request: HttpRequest) -> Any:
    """Return our stricter profile, as JSON Schemas."""
    return profil.schemas()


@ouverte("/services", PageDeServices, "getPaginatedListOfServices")
def services(request: HttpRequest, q: Query[DesServices]) -> Any:
    """List services, one value a field; ``full`` nests everything, ``minimal`` gives identifiers alone."""
    if q.minimal:
        return pages.minimaux(q.filtre(), q.tranche(MINIMAL_MAX, MINIMAL_MAX))
    return pages.services(q.filtre(), q.tranche(), _jour(), entiers=q.full)


@ouverte("/services/{id}", profil.Service, "getFullyNestedServiceById")
def service(request: HttpRequest, id: UUID) -> Any:
    """Return a service in full."""
    return _ou_404(pages.service(id, _jour()))


@ouverte("/organizations", PageDOrganisations, "getPaginatedListOfOrganizations")
def organisations(request: HttpRequest, q: Query[DesOrganisations]) -> Any:
    """List organizations; with whole services, ten at most a page."""
    t = q.tranche(PAR_PAGE_ENTIERE, PAR_PAGE_ENTIERE) if q.full_service else q.tranche()
    return pages.organisations(q.filtre(), t, _jour(), entieres=q.full, services_entiers=q.full_service)


@ouverte("/organizations/{id}", profil.Organisation, "getOrganizationById")
def organisation(request: HttpRequest, id: UUID, full_service: bool = False) -> Any:
    """Return an organization with its services, in a few words, or in full with ``full_service``."""
    return _ou_404(pages.organisation(id, _jour(), services_entiers=full_service))


@ouverte("/service_at_locations", PageDeLieux, "getPaginatedListOfServiceAtLocation")
def services_aux_lieux(request: HttpRequest, q: Query[DesLieux]) -> Any:
    """List services at their places; ``full`` adds their hours there."""
    return pages.services_aux_lieux(q.filtre(), q.tranche(), _jour(), entiers=q.full)


@ouverte("/service_at_locations/{id}", profil.ServiceAuLieu, "getServiceAtLocationWithNestedDataById")
def service_au_lieu(request: HttpRequest, id: UUID) -> Any:
    """Return one service at one place."""
    return _ou_404(pages.service_au_lieu(id, _jour()))


@ouverte("/taxonomies", PageDeTaxonomies, "getPaginatedListOfTaxonomies")
def taxonomies(request: HttpRequest, q: Query[DesTaxonomies]) -> Any:
    """List the vocabularies."""
    return _tranche_de(vocabulaires.chercher(vocabulaires.taxonomies(), q.search), q)


@ouverte("/taxonomies/{id}", profil.Taxonomie, "getTaxonomyById")
def taxonomie(request: HttpRequest, id: UUID) -> Any:
    """Return one vocabulary."""
    return _ou_404(vocabulaires.taxonomies().get(id))


@ouverte("/taxonomy_terms", PageDeTermes, "getPaginatedListOfTaxonomyTerms")
def termes(request: HttpRequest, q: Query[DesTermes]) -> Any:
    """List the words of the vocabularies."""
    voulus = {"taxonomy_id": q.taxonomy_id, "parent_id": q.parent_id}
    return _tranche_de(
        [
            t for t in vocabulaires.chercher(vocabulaires.termes(), q.search)
            if all(v is None or t.get(k) == v for k, v in voulus.items()) and not (q.top_only and "parent_id" in t)
        ],
        q,
    )  # fmt: skip


@ouverte("/taxonomy_terms/{id}", profil.Terme, "getTaxonomyTermById")
def terme(request: HttpRequest, id: UUID) -> Any:
    """Return one word of a vocabulary."""
    return _ou_404(vocabulaires.termes().get(id))


def _jour() -> date:
    return jour_local(timezone.now())


def _tranche_de(lignes: list[Any], q: Pagination) -> Any:
    t = q.tranche()
    return pages.page(lignes[(t.page - 1) * t.taille : t.page * t.taille], t, len(lignes))


def _ou_404(document: Any) -> Any:
    if document is None:
        raise Http404
    return document


@api.exception_handler(Http404)
def introuvable(request: HttpRequest, erreur: Any) -> HttpResponse:
    """Tell that there is no such thing."""
    return api.create_response(request, {"message": "Cette fiche n'existe pas ou n'existe plus."}, status=404)


@api.exception_handler(RequestDataTooBig)
def trop_long(request: HttpRequest, erreur: Any) -> HttpResponse:
    """Refuse a body that no question needs."""
    return api.create_response(request, {"message": "Votre demande est trop longue."}, status=413)


@api.exception_handler(Throttled)
def trop_de_demandes(request: HttpRequest, erreur: Any) -> HttpResponse:
    """Tell how long to wait."""
    reponse = api.create_response(request, {"message": "Trop de demandes : attendez une minute."}, status=429)
    reponse["Retry-After"] = "60"
    return reponse


ADRESSES: Any = api.urls
for _adresse in ADRESSES[0]:
    if _adresse.name in {"openapi-json", "api-root"}:
        _adresse.callback = require_GET(_adresse.callback)
    _adresse.callback.entree = None
