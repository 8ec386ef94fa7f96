"""Orientation for anybody's software: the words of a person in, needs, urgency and services out. Nothing is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from functools import wraps
from typing import Annotated, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET
from ninja import Field, NinjaAPI, Schema
from ninja.errors import HttpError, Throttled
from ninja.throttling import BaseThrottle, SimpleRateThrottle

from premier_accueil.orientation.requetes import Proposition, Propositions, familles, propositions
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
TEXTE_MAX = 2000
LIMITE_MAX = 10
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


LIMITES: list[BaseThrottle] = [ParAdresse(settings.API_ORIENTATION), EnTout(settings.API_ORIENTATION_EN_TOUT)]
api = NinjaAPI(
    title="Premier Accueil : orientation", version="1", description=DESCRIPTION, docs_url=None,
    urls_namespace="orienter", throttle=LIMITES,
)  # fmt: skip


class Mode(StrEnum):
    """How she gets about."""

    VOITURE = "voiture"
    PIED = "pied"
    VELO = "velo"
    TRANSPORT = "transport"


class Demande(Schema):
    """What a person says, and where from."""

    texte: Annotated[str, Field(max_length=TEXTE_MAX, description="ses mots ; sans nom ni numéro")]
    commune: Annotated[
        str | None, Field(pattern=r"^[0-9AB]{5}$", description="code INSEE ; sans elle, les aides nationales seules")
    ] = None
    mode: Mode = Mode.VOITURE
    quand: Annotated[datetime | None, Field(description="pour les horaires ; maintenant, sinon")] = None
    limite: Annotated[int, Field(ge=1, le=LIMITE_MAX)] = 5


class Numero(Schema):
    """A number to call or to text."""

    numero: str
    libelle: str


class UrgenceDite(Schema):
    """To be shown before anything else."""

    niveau: str
    motif: str
    libelle: str
    numeros: list[Numero]
    conduite: list[str]


class Besoin(Schema):
    """A need of the data·inclusion vocabulary."""

    code: str
    libelle: str
    score: Annotated[float, Field(ge=0, le=1)]


class Porte(Schema):
    """A family of needs: to ask again when nothing was understood."""

    code: str
    libelle: str


class Lieu(Schema):
    """Where; degrees in WGS 84."""

    nom: str
    adresse: str
    commune: str
    latitude: float | None
    longitude: float | None


class ServicePropose(Schema):
    """A service, why it is proposed, and what to check before going."""

    service: str
    nom: str
    structure: str
    telephone: str
    lieu: Lieu | None
    thematiques: list[str]
    distance_km: float | None
    minutes: int | None
    mode: str
    ouvert: Annotated[bool | None, Field(description="null : on ne sait pas, jamais un oui")]
    prochaine_ouverture: datetime | None
    horaires: list[str]
    raisons: list[str]
    a_verifier: list[str]
    papiers: Annotated[list[str], Field(description="à apporter si on les a ; sans eux on est reçu quand même")]
    premier_accueil: bool
    exemple: Annotated[bool, Field(description="structure d'exemple d'une démonstration")]


class Reponse(Schema):
    """What was understood and what answers it."""

    compris: bool
    commune: str | None
    urgence: UrgenceDite | None
    thematiques: list[Besoin]
    propositions: list[ServicePropose]
    portes: Annotated[list[Porte], Field(description="les dix portes, quand rien n'est compris")]


class Refus(Schema):
    """Why nothing was answered."""

    message: str


class RefusDeChamps(Schema):
    """Which fields are to be corrected; never what was in them."""

    detail: list[dict[str, Any]]


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
            attendre=False,
        )  # fmt: skip
    if not reponse.compris and reponse.urgence is None and not pret():
        raise PasEncore
    return _reponse(reponse)


def _reponse(r: Propositions) -> dict[str, Any]:
    u = r.urgence
    return {
        "compris": r.compris, "commune": r.commune.nom if r.commune else None,
        "urgence": u and {
            "niveau": u.niveau, "motif": u.motif, "libelle": u.libelle, "conduite": list(u.conduite),
            "numeros": [{"numero": n.numero, "libelle": n.libelle} for n in u.numeros],
        },
        "thematiques": [{"code": t.code, "libelle": t.libelle, "score": round(t.score, 3)} for t in r.thematiques],
        "propositions": [_service(p) for p in r.propositions],
        "portes": [] if r.compris else [{"code": f.code, "libelle": f.libelle} for f in familles()],
    }  # fmt: skip


def _service(p: Proposition) -> dict[str, Any]:
    verifier = ["Appelez avant d'y aller : les horaires sont à confirmer."] if p.a_confirmer else []
    return {
        "service": p.source_id, "nom": p.nom, "structure": p.structure, "telephone": p.telephone,
        "lieu": p.site and {
            "nom": p.site.nom, "adresse": p.site.adresse, "commune": p.site.commune, "latitude": p.site.latitude,
            "longitude": p.site.longitude,
        },
        "thematiques": list(p.thematiques), "distance_km": p.distance_km, "minutes": p.minutes, "mode": p.mode,
        "ouvert": p.ouvert, "prochaine_ouverture": p.prochaine_ouverture, "horaires": list(p.horaires),
        "raisons": list(p.raisons), "a_verifier": verifier + ([p.conditions] if p.conditions else []),
        "papiers": list(p.papiers), "premier_accueil": p.premier_accueil, "exemple": p.exemple,
    }  # fmt: skip


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
