"""Our profile of HSDS 3.1: the standard's fields that we fill, and what a right value is.

The official schemas say "string" where the standard's text says an hour, a day or a language: they accept ``25h99`` and
a latitude of 400. This profile refuses them, and any field that is not written here.
"""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

Texte = Annotated[str, Field(min_length=1, max_length=20_000)]
ADRESSE = r"^https?://[!-~]+$"
COURRIEL = r"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([A-Za-z0-9-]+\.)+[A-Za-z]{2,63}$"
NUMERO = r"^(\+[1-9]\d{5,14}|[0-9]{2,10})$"
Adresse = Annotated[str, Field(pattern=ADRESSE, json_schema_extra={"format": "uri"}, max_length=2000)]
Courriel = Annotated[str, Field(pattern=COURRIEL, json_schema_extra={"format": "email"}, max_length=254)]
Numero = Annotated[str, Field(pattern=NUMERO)]
Heure = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Jour = Annotated[str, Field(pattern=r"^(19|20)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
Moment = Annotated[
    str,
    Field(
        pattern=r"^(19|20)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?Z$",
        json_schema_extra={"format": "date-time"},
    ),
]
Jours = Annotated[str, Field(pattern=r"^(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU)(,(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU))*$")]
Langue = Annotated[str, Field(pattern=r"^[a-z]{2,3}$", description="ISO 639")]


class Strict(BaseModel):
    """Nothing but what is written."""

    model_config = ConfigDict(extra="forbid")


class Taxonomie(Strict):
    """A vocabulary."""

    id: UUID
    name: Texte
    description: Texte
    uri: Adresse
    version: Texte


class Terme(Strict):
    """A word of a vocabulary."""

    id: UUID
    code: Texte
    name: Texte
    description: Texte
    parent_id: UUID | None = None
    taxonomy: Texte
    taxonomy_id: UUID
    language: Langue


class Attribut(Strict):
    """A word given to a thing, or a fact that the standard has no field for (``label``)."""

    id: UUID
    link_id: UUID
    link_entity: Literal["service", "location", "schedule"]
    link_type: Literal[
        "thematique", "public", "type", "mode-accueil", "mode-mobilisation", "personne-mobilisatrice", "fait"
    ]
    label: Texte | None = None
    value: Texte | None = None
    taxonomy_term_id: UUID | None = None
    taxonomy_term: Terme | None = None


class Telephone(Strict):
    """A number, international or short."""

    id: UUID
    number: Numero
    type: Literal["voice"] = "voice"


class Contact(Strict):
    """A named person, only when she agreed to be public."""

    id: UUID
    name: Texte
    title: Texte | None = None
    email: Courriel | None = None
    phones: list[Telephone] = []


class Horaire(Strict):
    """Hours: a recurrence and its words, or words alone when the recurrence cannot say them."""

    id: UUID
    freq: Literal["WEEKLY", "MONTHLY"] | None = None
    byday: Jours | None = None
    opens_at: Heure | None = None
    closes_at: Heure | None = None
    description: Texte
    notes: Texte | None = None
    attending_type: Literal["in-person", "phone", "home-visit", "mobile"]
    attributes: list[Attribut] = []


class LieuPostal(Strict):
    """Where the place stands."""

    id: UUID
    address_1: Texte
    address_2: Texte | None = None
    city: Texte
    state_province: Annotated[str, Field(pattern=r"^(\d{2,3}|2[AB])$", description="département")]
    postal_code: Annotated[str, Field(pattern=r"^\d{5}$")]
    country: Literal["FR"]
    address_type: Literal["physical"]


class Accessibilite(Strict):
    """A fact about access, true or not; what is unknown is left out."""

    id: UUID
    description: Texte
    details: Literal["oui", "non"]


class Lieu(Strict):
    """A place; its point is given only when it lies in its commune."""

    id: UUID
    location_type: Literal["physical"]
    name: Texte
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    external_identifier: Annotated[str, Field(pattern=r"^(\d{5}|2[AB]\d{3})$")]
    external_identifier_type: Literal["INSEE"]
    addresses: list[LieuPostal] = []
    phones: list[Telephone] = []
    accessibility: list[Accessibilite] = []


class Zone(Strict):
    """Whom the service is for, by where they live."""

    id: UUID
    name: Texte
    extent: Annotated[str, Field(pattern=r"^(commune|epci|departement|region|pays):[0-9A-Za-z]+$")]
    extent_type: Literal["text"]


class Unite(Strict):
    """What is counted."""

    id: UUID
    name: Texte


class Capacite(Strict):
    """Places: how many are free, on which day somebody said so."""

    id: UUID
    unit: Unite
    available: Annotated[int, Field(ge=0)]
    maximum: Annotated[int, Field(ge=0)] | None = None
    description: Texte | None = None
    updated: Moment


class Parlee(Strict):
    """A language spoken there."""

    id: UUID
    name: Texte
    code: Langue


class Papier(Strict):
    """A paper to bring; its absence never closes the door."""

    id: UUID
    document: Texte


class Cout(Strict):
    """What it costs."""

    id: UUID
    option: Literal["gratuit", "payant"]
    amount_description: Texte | None = None


class Identifie(Strict):
    """A number by which the State knows the organization."""

    id: UUID
    identifier_scheme: Literal["FR-SIRET"]
    identifier_type: Literal["SIRET"]
    identifier: Annotated[str, Field(pattern=r"^\d{14}$")]


class Cite(Strict):
    """A service, in a few words."""

    id: UUID
    name: Texte
    status: Literal["active", "defunct"]


class OrganisationListee(Strict):
    """Who holds services: one value a field."""

    id: UUID
    name: Texte
    description: Texte
    email: Courriel | None = None
    website: Adresse | None = None
    legal_status: Texte | None = None


class ServiceListe(Strict):
    """A service: one value a field."""

    id: UUID
    organization_id: UUID | None = None
    name: Texte
    description: Texte | None = None
    url: Adresse | None = None
    email: Courriel | None = None
    status: Literal["active", "defunct"]
    application_process: Texte | None = None
    fees_description: Texte | None = None
    eligibility_description: Texte | None = None
    assured_date: Jour | None = None
    alert: Texte | None = None
    last_modified: Moment | None = None
    organization: OrganisationListee | None = None


class ServiceAuLieuListe(Strict):
    """A service at a place: one value a field."""

    id: UUID
    service_id: UUID
    location_id: UUID
    location: Lieu
    service: ServiceListe


class ServiceAuLieu(Strict):
    """A service at a place, with its hours there."""

    id: UUID
    service_id: UUID
    location_id: UUID
    location: Lieu
    schedules: list[Horaire] = []
    service: ServiceListe | None = None


class Service(ServiceListe):
    """A service in full."""

    phones: list[Telephone] = []
    schedules: list[Horaire] = []
    service_areas: list[Zone] = []
    service_at_locations: list[ServiceAuLieu] = []
    languages: list[Parlee] = []
    cost_options: list[Cout] = []
    required_documents: list[Papier] = []
    contacts: list[Contact] = []
    capacities: list[Capacite] = []
    attributes: list[Attribut] = []


class Organisation(OrganisationListee):
    """Who holds services, in full."""

    phones: list[Telephone] = []
    locations: list[Lieu] = []
    organization_identifiers: list[Identifie] = []
    services: list[Annotated[Cite | Service, Field(union_mode="left_to_right")]] = []


def schemas() -> dict[str, object]:
    """Return the profile as JSON Schemas (draft 2020-12), by HSDS name."""
    noms: dict[str, type[BaseModel]] = {
        "service": Service, "organization": Organisation, "service_at_location": ServiceAuLieu,
        "taxonomy": Taxonomie, "taxonomy_term": Terme,
    }  # fmt: skip
    return {nom: m.model_json_schema() for nom, m in noms.items()}
