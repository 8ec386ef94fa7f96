"""What an orientation answers: frozen values for a page, a command line or a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from premier_accueil.orientation.comprendre import Terme, Urgence


@dataclass(frozen=True)
class CommuneVue:
    """The commune the person speaks from."""

    code: str
    nom: str
    id: int


@dataclass(frozen=True)
class ThematiqueProposee:
    """A need that was heard, or chosen by the agent (score 1); ``score`` in 0..1."""

    code: str
    libelle: str
    score: float


@dataclass(frozen=True)
class SiteVu:
    """A place where the service is held; degrees in WGS 84, ``None`` when unknown."""

    id: int
    nom: str
    adresse: str
    commune: str
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True)
class Proposition:
    """One service, with the reasons why it is proposed.

    Attributes:
        service_id: key in the database.
        source_id: stable identifier given by the producer of the data.
        distance_km: straight distance from the commune; ``None`` for a remote service or an unknown place.
        minutes: travel estimate by ``mode``; ``None`` when there is no travel or no honest estimate.
        ouvert: open at the asked time; ``None`` is unknown, never a yes.
        prochaine_ouverture: next opening, aware; ``None`` when open now or unknown.
        prochaine_en_clair: the same in French words ("aujourd'hui jusqu'à 17 h"); empty when unknown.
        horaires: usual hours in French words, one line each; empty when unknown.
        a_confirmer: call first: hours unknown, entry too old, or exceptional period.
        raisons: short French reasons, most decisive first.
        papiers: papers to bring. They never condition being received (T13).
        premier_accueil: first welcome that stands behind specific answers, not an answer to the need itself.
        a_verifier: among the reasons, what is to be checked by telephone first.
    """

    service_id: int
    source_id: str
    nom: str
    description: str
    structure: str
    structure_id: int
    telephone: str
    site: SiteVu | None
    thematiques: tuple[str, ...]
    distance_km: float | None
    minutes: int | None
    mode: str
    estimation: bool
    ouvert: bool | None
    prochaine_ouverture: datetime | None
    prochaine_en_clair: str
    horaires: tuple[str, ...]
    a_confirmer: bool
    raisons: tuple[str, ...]
    papiers: tuple[str, ...]
    conditions: str
    forme: str
    exemple: bool
    premier_accueil: bool = False
    a_verifier: tuple[str, ...] = ()

    @property
    def pourquoi(self) -> tuple[str, ...]:
        """Return the reasons that need no check."""
        return tuple(r for r in self.raisons if r not in self.a_verifier)


@dataclass(frozen=True)
class EtapeVue:
    """One stop of a trip: the needs it answers, in words, who answers them, and whether it is in the list too.

    ``lieu``: name of the place, empty when it is that of the structure.
    """

    service_id: int
    nom: str
    structure: str
    lieu: str
    telephone: str
    besoins: tuple[str, ...]
    proposee: bool


@dataclass(frozen=True)
class TourneeVue:
    """One trip for several needs.

    Attributes:
        ou: "Au même endroit" or "À deux pas", then the place and its commune.
        quand: "mardi matin"; empty when the hours are not known well enough: call first.
        trajet: "12 min en voiture (estimation)"; empty when unknown.
    """

    ou: str
    quand: str
    trajet: str
    meme_lieu: bool
    etapes: tuple[EtapeVue, ...]


@dataclass(frozen=True)
class SansReponse:
    """Needs that nothing within reach answers, and the service of the same family that comes nearest."""

    besoins: tuple[ThematiqueProposee, ...]
    voisin: Proposition | None


@dataclass(frozen=True)
class Propositions:
    """The whole answer to a situation told in the person's words.

    ``urgence`` is to be shown before anything else. When ``compris`` is false no need was recognised: ``propositions``
    then holds nearby first-welcome places only. ``tournee``: one trip for several needs. ``sans_reponse``: needs that
    nothing within reach answers, which the agent may note as a gap. ``ms`` is the measured time of the answer, in
    milliseconds.
    """

    situation: str
    commune: CommuneVue | None
    urgence: Urgence | None
    thematiques: tuple[ThematiqueProposee, ...]
    propositions: tuple[Proposition, ...]
    termes: tuple[Terme, ...]
    compris: bool
    ms: float
    tournee: TourneeVue | None = None
    sans_reponse: SansReponse | None = None

    @property
    def portes(self) -> tuple[Proposition, ...]:
        """Return the first welcomes proposed: the next doors when nothing answers precisely."""
        return tuple(p for p in self.propositions if p.premier_accueil)[:2]


@dataclass(frozen=True)
class Famille:
    """A door: a family of needs, with its (code, words) pairs."""

    code: str
    libelle: str
    thematiques: tuple[tuple[str, str], ...]
