"""What may be asked of the open orientation, and the shape of its answer: keys are never renamed nor removed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from ninja import Field, Schema

from premier_accueil.orientation.requetes import Proposition, Propositions, ThematiqueProposee, familles

TEXTE_MAX = 2000
LIMITE_MAX = 10
A_CONFIRMER = "Appelez avant d'y aller : les horaires ou la fiche sont à confirmer."


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
    age: Annotated[int | None, Field(ge=0, le=120, description="ans ; n'écarte rien, classe mieux")] = None
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


class Etape(Schema):
    """One stop of a trip, and the needs it answers."""

    nom: str
    structure: str
    lieu: str
    telephone: str
    besoins: list[str]


class Tournee(Schema):
    """One trip for several needs; an empty ``quand`` is an unknown hour: call first."""

    ou: str
    quand: str
    trajet: str
    etapes: list[Etape]


class SansReponse(Schema):
    """Needs that nothing within reach answers, and what comes nearest."""

    besoins: list[Besoin]
    voisin: ServicePropose | None


class Reponse(Schema):
    """What was understood and what answers it."""

    compris: bool
    commune: str | None
    urgence: UrgenceDite | None
    thematiques: list[Besoin]
    propositions: list[ServicePropose]
    tournee: Annotated[Tournee | None, Field(description="plusieurs besoins en un déplacement")]
    sans_reponse: SansReponse | None
    portes: Annotated[list[Porte], Field(description="les dix portes, quand rien n'est compris")]


class Refus(Schema):
    """Why nothing was answered."""

    message: str


class RefusDeChamps(Schema):
    """Which fields are to be corrected; never what was in them."""

    detail: list[dict[str, Any]]


def reponse_de(r: Propositions) -> dict[str, Any]:
    """Return the answer in the shape of the contract; of the words, only those that a reason quotes."""
    u = r.urgence
    t, s = r.tournee, r.sans_reponse
    return {
        "compris": r.compris, "commune": r.commune.nom if r.commune else None,
        "urgence": u and {
            "niveau": u.niveau, "motif": u.motif, "libelle": u.libelle, "conduite": list(u.conduite),
            "numeros": [{"numero": n.numero, "libelle": n.libelle} for n in u.numeros],
        },
        "thematiques": [_besoin(x) for x in r.thematiques],
        "propositions": [_service(p) for p in r.propositions],
        "tournee": t and {
            "ou": t.ou, "quand": t.quand, "trajet": t.trajet,
            "etapes": [
                {"nom": e.nom, "structure": e.structure, "lieu": e.lieu, "telephone": e.telephone, "besoins": e.besoins}
                for e in t.etapes
            ],
        },
        "sans_reponse": s and {
            "besoins": [_besoin(x) for x in s.besoins], "voisin": s.voisin and _service(s.voisin),
        },
        "portes": [] if r.compris else [{"code": f.code, "libelle": f.libelle} for f in familles()],
    }  # fmt: skip


def _besoin(x: ThematiqueProposee) -> dict[str, Any]:
    return {"code": x.code, "libelle": x.libelle, "score": round(min(1.0, x.score), 3)}


def _service(p: Proposition) -> dict[str, Any]:
    verifier = [A_CONFIRMER] if p.a_confirmer and not p.a_verifier else list(p.a_verifier)
    return {
        "service": p.source_id, "nom": p.nom, "structure": p.structure, "telephone": p.telephone,
        "lieu": p.site and {
            "nom": p.site.nom, "adresse": p.site.adresse, "commune": p.site.commune, "latitude": p.site.latitude,
            "longitude": p.site.longitude,
        },
        "thematiques": list(p.thematiques), "distance_km": p.distance_km, "minutes": p.minutes, "mode": p.mode,
        "ouvert": p.ouvert, "prochaine_ouverture": p.prochaine_ouverture, "horaires": list(p.horaires),
        "raisons": list(p.pourquoi), "a_verifier": verifier + ([p.conditions] if p.conditions else []),
        "papiers": list(p.papiers), "premier_accueil": p.premier_accueil, "exemple": p.exemple,
    }  # fmt: skip
