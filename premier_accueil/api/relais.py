"""Relays for other software: read, send, answer. Same actions, same walls, same words of refusal as the pages."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest
from django.utils import timezone
from django.views.decorators.http import require_GET
from ninja import Field, NinjaAPI, Schema, Status

from premier_accueil.acteurs.regles import Droit, Fonction, peut
from premier_accueil.acteurs.requetes import Role
from premier_accueil.agenda.actions import CreneauPris, DemandeRefusee
from premier_accueil.agenda.requetes import lire_creneau
from premier_accueil.api.entree import Jeton, par_jeton
from premier_accueil.partage.actions import PartageRefuse, Recueil
from premier_accueil.partage.requetes import Souhait
from premier_accueil.relais import actions
from premier_accueil.relais.actions import DemandeDeRelais, Dit, RendezVousVoulu
from premier_accueil.relais.regles import ETATS, GESTES, GesteImpossible, Mode, reglages
from premier_accueil.relais.requetes import LigneDeRelais, RelaisVu, Vue, partis, recus, relais_vu
from premier_accueil.socle.texte import propre

DESCRIPTION = (
    "Un jeton vaut une mission d'une structure. Les réponses ne portent le nom d'une personne que dans sa propre "
    "structure. 404 : ce relais n'existe pas pour vous. 409 : il a changé entre-temps. 422 : un champ est à corriger."
)
api = NinjaAPI(
    title="Premier Accueil : relais", version="1", description=DESCRIPTION, docs_url=None, auth=Jeton(),
    urls_namespace="api",
)  # fmt: skip
REFUS = frozenset({401, 403, 404, 409, 422})
REPONSE: dict[Any, Any] = {200: dict[str, Any], REFUS: dict[str, Any]}


class Sens(StrEnum):
    """Which relays."""

    PARTIS = "partis"
    RECUS = "recus"


class RendezVous(Schema):
    """The appointment: a slot, a date given on the telephone, or none."""

    mode: Mode = Mode.A_PROPOSER
    creneau: Annotated[str, Field(max_length=60, description="code d'un créneau libre")] = ""
    quand: datetime | None = None
    lieu: Annotated[str, Field(max_length=200)] = ""
    repondu_par: Annotated[str, Field(max_length=120)] = ""


class Accord(Schema):
    """How the person said yes."""

    elements: list[str] = Field(max_length=30)
    obtention: str = Field(max_length=30)
    presents: list[str] = Field(max_length=10)
    demande_a_la_personne: bool


class Envoi(Schema):
    """A relay to send. ``cle`` is drawn by the caller: the same one again sends nothing more."""

    cle: UUID
    personne_id: Annotated[int, Field(ge=1, le=2**62)]
    destinataire_id: Annotated[int, Field(ge=1, le=2**62)]
    fonction: str = "TRAVAIL_SOCIAL"
    but: str = Field(max_length=30)
    textes: dict[str, str]
    accord: Accord
    rendez_vous: RendezVous = RendezVous()
    lien: bool = False


class Geste(Schema):
    """A gesture of the table, with the code or the date that it asks for."""

    geste: str = Field(max_length=30)
    motif: Annotated[str, Field(max_length=20)] = ""
    quand: datetime | None = None
    lieu: Annotated[str, Field(max_length=200)] = ""


@api.get("/table", auth=None, operation_id="table")
def table(request: HttpRequest) -> dict[str, Any]:
    """Return the table of states: what may be done from where, by whom, and the codes that gestures ask for."""
    r = reglages()
    return {
        "etats": {
            code.value: {"libelle": e.libelle, "agit": e.agit, "attend": e.attend, "delai": e.delai}
            for code, e in ETATS.items()
        },
        "gestes": {
            nom: {
                "libelle": g.libelle, "depuis": sorted(g.depuis), "vers": g.vers, "par": sorted(g.par),
                "motifs": g.motifs, "date": g.date,
            }
            for nom, g in GESTES.items()
        },
        "motifs": dict(r.motifs), "issues": {i.code: i.libelle for i in r.issues.values()},
        "clotures": dict(r.clotures), "annulations": dict(r.annulations),
    }  # fmt: skip


@api.get("/relais", response=REPONSE, operation_id="lister")
@par_jeton
def lister(request: HttpRequest, sens: Sens = Sens.PARTIS, vue: Vue = Vue.EN_COURS, page: int = 1) -> dict[str, Any]:
    """List what was sent (``partis``) or received (``recus``), the nearest date first."""
    role, a = _role(request), timezone.now()
    vus = (partis if sens is Sens.PARTIS else recus)(role, a, vue=vue, page=max(1, min(page, 10_000)))
    return {
        "relais": [_ligne(x) for x in vus.lignes], "total": vus.total, "page": vus.page, "pages": vus.pages,
    }  # fmt: skip


@api.get("/relais/{int:relais_id}", response=REPONSE, operation_id="lire")
@par_jeton
def lire(request: HttpRequest, relais_id: int) -> dict[str, Any]:
    """Return one relay, with what this side may do now."""
    return _relais(relais_vu(relais_id, _role(request), timezone.now()))


@api.post("/relais", response={201: dict[str, Any], **REPONSE}, operation_id="envoyer")
@par_jeton
def envoyer(request: HttpRequest, envoi: Envoi) -> Status[dict[str, Any]]:
    """Send a relay: appointment, agreement, communication, or nothing at all."""
    role = _role(request)
    if not peut(role.fonction, Droit.COMMUNIQUER):
        raise PermissionError
    fait = actions.proposer(_demande(envoi), role=role, a=timezone.now())
    lien = {"adresse": fait.lien.adresse, "code": fait.lien.code} if fait.lien else None
    return Status(200 if fait.deja else 201, {"id": fait.relais_id, "deja": fait.deja, "lien": lien})


@api.post("/relais/{int:relais_id}/gestes", response=REPONSE, operation_id="agir")
@par_jeton
def agir(request: HttpRequest, relais_id: int, geste: Geste) -> dict[str, Any]:
    """Make a gesture, and return the relay as it now is."""
    if geste.geste not in GESTES:
        raise actions.SaisieRefusee("geste", "Ce geste n'est pas dans la table.")
    role, a = _role(request), timezone.now()
    actions.agir(relais_id, geste.geste, Dit(geste.motif, _conscient(geste.quand), geste.lieu), role=role, a=a)
    return _relais(relais_vu(relais_id, role, a))


def _role(request: HttpRequest) -> Role:
    role: Role = request.auth  # type: ignore[attr-defined]
    return role


def _demande(envoi: Envoi) -> DemandeDeRelais:
    try:
        fonction = Fonction(envoi.fonction)
    except ValueError:
        raise actions.SaisieRefusee("fonction", "Cette fonction n'existe pas.") from None
    rdv, d = envoi.rendez_vous, envoi.accord
    creneau = lire_creneau(rdv.creneau) if rdv.creneau else None
    plage_id, debut = creneau or (None, None)
    souhait = Souhait(
        envoi.personne_id, envoi.but, "ACCORD", envoi.destinataire_id, fonction,
        {code: propre(texte)[:4000] for code, texte in envoi.textes.items()}, suivie_ensemble=True,
        jours=reglages().accord_jours,
    )  # fmt: skip
    recueil = Recueil(
        envoi.cle, frozenset(d.elements), d.obtention, frozenset(d.presents),
        demande_a_la_personne=d.demande_a_la_personne,
    )  # fmt: skip
    voulu = RendezVousVoulu(rdv.mode, plage_id, debut, _conscient(rdv.quand), rdv.lieu, rdv.repondu_par)
    return DemandeDeRelais(envoi.cle, souhait, recueil, voulu, lien=envoi.lien)


def _conscient(quand: datetime | None) -> datetime | None:
    return timezone.make_aware(quand) if quand and timezone.is_naive(quand) else quand


def _ligne(x: LigneDeRelais) -> dict[str, Any]:
    return {
        "id": x.id, "autre": x.autre, "etat": x.etat, "attend": x.attend, "a_vous": x.a_vous, "echeance": x.echeance,
        "en_retard": x.en_retard, "quand": x.quand,
    }  # fmt: skip


def _relais(x: RelaisVu) -> dict[str, Any]:
    lue = x.communication
    dits = [(ligne.libelle, ligne.texte) for ligne in lue.lignes] if lue else x.envoyes
    return {
        "id": x.id, "autre": x.autre, "etat": x.etat, "libelle": x.libelle, "agit": x.agit, "attend": x.attend,
        "echeance": x.echeance, "quand": x.quand, "lieu": x.lieu, "autre_quand": x.autre_quand, "motif": x.motif,
        "issue": x.issue, "gestes": list(x.gestes), "elements": dict(dits), "ferme": lue.message if lue else "",
        "historique": [{"geste": p.libelle, "le": p.fait_le, "motif": p.motif} for p in x.historique],
    }  # fmt: skip


@api.exception_handler(ObjectDoesNotExist)
def introuvable(request: HttpRequest, erreur: Any) -> Any:
    """Answer as if it had never been."""
    return api.create_response(request, {"message": "Introuvable."}, status=404)


@api.exception_handler(PermissionError)
def interdit(request: HttpRequest, erreur: Any) -> Any:
    """Tell that this mission does not do this."""
    return api.create_response(request, {"message": "Cette mission ne permet pas ce geste."}, status=403)


@api.exception_handler(GesteImpossible)
@api.exception_handler(CreneauPris)
def change(request: HttpRequest, erreur: Any) -> Any:
    """Tell what happened meanwhile; nothing was recorded."""
    prochains = [c.code for c in getattr(erreur, "prochains", ())]
    return api.create_response(request, {"message": str(erreur), "creneaux": prochains}, status=409)


@api.exception_handler(actions.SaisieRefusee)
@api.exception_handler(DemandeRefusee)
@api.exception_handler(PartageRefuse)
def a_corriger(request: HttpRequest, erreur: Any) -> Any:
    """Tell which field to correct; nothing was recorded."""
    corps = {"champ": getattr(erreur, "champ", "accord"), "message": str(erreur)}
    return api.create_response(request, corps, status=422)


# No session enters: a token is asked, or nothing is told; the contract is only read.
ADRESSES: Any = api.urls
for _adresse in ADRESSES[0]:
    if _adresse.name in {"openapi-json", "api-root"}:
        _adresse.callback = require_GET(_adresse.callback)
    _adresse.callback.entree = None
