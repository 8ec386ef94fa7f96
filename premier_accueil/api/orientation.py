"""Orientation for anybody's software: the words of a person in, needs, urgency and services out. Nothing is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled
from ninja.throttling import BaseThrottle, SimpleRateThrottle

from premier_accueil.api.orientation_formes import Demande, Refus, RefusDeChamps, Reponse, reponse_de
from premier_accueil.orientation.requetes import propositions
from premier_accueil.orientation.requetes.lecteur import pret
from premier_accueil.socle.lecture import lecture_seule
from premier_accueil.socle.texte import propre
from premier_accueil.territoire.requetes import commune_par_code

DESCRIPTION = (
    "Les mots d'une personne, sa commune : les besoins compris, l'urgence d'abord, puis les services avec la raison de "
    "chacun et ce qu'il faut vérifier. Aucun jeton, aucun cookie ; les mots ne sont ni gardés ni journalisés. "
    "400 : le corps n'est pas du JSON. 413 : demande trop longue. 422 : un champ est à corriger. 429 : trop de "
    "demandes, attendez. 503 : le logiciel démarre, réessayez."
)
OCTETS_MAX = 16 * 1024
DANS = timedelta(days=366)
"""Opening hours are not told beyond."""
INCONNUE = "Cette commune n'est pas connue : donnez son code INSEE, comme 44213, ou aucune."
LOIN = "Ce moment est trop loin : donnez-en un à moins d'un an."
DEMARRE = "Le logiciel démarre : réessayez dans un instant."
PLUS_TARD = "Trop de demandes : attendez une minute."


class ParAdresse(SimpleRateThrottle):
    """Questions of one address; the directory's own limit counts apart."""

    def get_cache_key(self, request: HttpRequest) -> str:
        """Return where this address is counted."""
        return f"orientation_{self.get_ident(request)}"


class EnTout(SimpleRateThrottle):
    """Questions of everybody together: understanding costs processor time, the counters come first."""

    def get_cache_key(self, request: HttpRequest) -> str:
        """Return where everybody is counted."""
        return "orientation_en_tout"


class LesDeux(BaseThrottle):
    """One address first: what it asks beyond its share is not taken from everybody's."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Tell whether the question is answered."""
        return all(limite.allow_request(request) for limite in LIMITES)


LIMITES = (ParAdresse(settings.API_ORIENTATION), EnTout(settings.API_ORIENTATION_EN_TOUT))
api = NinjaAPI(
    title="Premier Accueil : orientation", version="1", description=DESCRIPTION, docs_url=None,
    urls_namespace="orienter", throttle=LesDeux(),
)  # fmt: skip


REFUS: dict[Any, Any] = {400: Refus, 413: Refus, 422: RefusDeChamps, 429: Refus, 503: Refus}


@api.post("/orientation", response={200: Reponse, **REFUS}, operation_id="orienter", url_name="orienter")
def orienter(request: HttpRequest, demande: Demande) -> Any:
    """Orient a person from her words; nothing of them is written anywhere."""
    maintenant = timezone.now()
    quand = demande.quand or maintenant
    quand = timezone.make_aware(quand) if timezone.is_naive(quand) else quand
    if abs(quand - maintenant) > DANS:
        raise Invalide("quand", LOIN)
    with transaction.atomic(), connection.execute_wrapper(lecture_seule):
        if demande.commune is not None and commune_par_code(demande.commune) is None:
            raise Invalide("commune", INCONNUE)
        reponse = propositions(
            propre(demande.texte), commune=demande.commune, a=quand, mode=demande.mode.value, limite=demande.limite,
            attendre=False, age=demande.age,
        )  # fmt: skip
    if not reponse.compris and reponse.urgence is None and not pret():
        raise PasEncore
    return reponse_de(reponse)


class PasEncore(Exception):
    """The server starts: what it does not understand yet, it may in some seconds."""


class Invalide(Exception):
    """A field cannot be answered; its words are not repeated."""

    def __init__(self, champ: str, phrase: str) -> None:
        super().__init__(phrase)
        self.champ = champ


@api.exception_handler(Invalide)
def a_corriger(request: HttpRequest, erreur: Any) -> HttpResponse:
    """Tell which field to correct, as the reading of the body does."""
    detail = [{"type": "value_error", "loc": ["body", "demande", erreur.champ], "msg": str(erreur)}]
    return api.create_response(request, {"detail": detail}, status=422)


@api.exception_handler(PasEncore)
def pas_encore(request: HttpRequest, erreur: Any) -> HttpResponse:
    """Tell how long to wait, rather than "not understood"."""
    reponse = api.create_response(request, {"message": DEMARRE}, status=503)
    reponse["Retry-After"] = "10"
    return reponse


@api.exception_handler(HttpError)
def illisible(request: HttpRequest, erreur: Any) -> HttpResponse:
    """Refuse what is not JSON."""
    return api.create_response(request, {"message": "Le corps doit être du JSON."}, status=erreur.status_code)


@api.exception_handler(Throttled)
def trop_de_demandes(request: HttpRequest, erreur: Any) -> HttpResponse:
    """Tell how long to wait."""
    reponse = api.create_response(request, {"message": PLUS_TARD}, status=429)
    reponse["Retry-After"] = "60"
    return reponse


def courte(vue: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse a body that no question needs, before it is read."""

    @wraps(vue)
    def gardee(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        dite = request.headers.get("Content-Length") or "0"
        try:
            longue = not dite.isdigit() or int(dite) > OCTETS_MAX or len(request.body) > OCTETS_MAX
        except RequestDataTooBig:
            longue = True
        if longue:
            return api.create_response(request, {"message": "Votre demande est trop longue."}, status=413)
        return vue(request, *args, **kwargs)

    return gardee


ADRESSES: Any = api.urls
for _adresse in ADRESSES[0]:
    est_lu = _adresse.name in {"openapi-json", "api-root"}
    _adresse.callback = require_GET(_adresse.callback) if est_lu else courte(_adresse.callback)
    _adresse.callback.entree = None
