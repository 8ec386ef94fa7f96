"""What may be asked of the open directory, and the shape of its pages; the documents themselves follow our profile."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Schema

from premier_accueil.annuaire.hsds import profil
from premier_accueil.annuaire.hsds.pages import Filtre, Tranche

PAR_PAGE, PAR_PAGE_MAX, MINIMAL_MAX, PAGE_MAX = 50, 100, 10_000, 1_000_000
PAR_PAGE_ENTIERE = 10
# Each document is tried as the smallest shape first: trying them all took most of the time of a long page.
PETIT_D_ABORD = Field(union_mode="left_to_right")
Mots = Annotated[str, Field(max_length=200)]


class Pagination(Schema):
    """Which page."""

    page: Annotated[int, Field(ge=1, le=PAGE_MAX)] = 1
    per_page: Annotated[int, Field(ge=1, le=MINIMAL_MAX)] | None = None
    format: Literal["json"] = "json"

    def tranche(self, par_page: int = PAR_PAGE, plafond: int = PAR_PAGE_MAX) -> Tranche:
        """Return the page, cut to what one answer may hold."""
        return Tranche(self.page, min(self.per_page or par_page, plafond))


class Recherche(Pagination):
    """The filters that services and organizations share."""

    search: Mots = ""
    taxonomy_term_id: UUID | None = None
    taxonomy_id: UUID | None = None

    def filtre(self) -> Filtre:
        """Return what is asked."""
        return Filtre(self.search, self.taxonomy_term_id, self.taxonomy_id)


class DesServices(Recherche):
    """The filters of services."""

    organization_id: UUID | None = None
    modified_after: datetime | None = None
    minimal: bool = False
    full: bool = False

    def filtre(self) -> Filtre:
        """Return what is asked."""
        depuis = self.modified_after.date() if self.modified_after else None
        return Filtre(self.search, self.taxonomy_term_id, self.taxonomy_id, self.organization_id, depuis)


class DesOrganisations(Recherche):
    """The filters of organizations."""

    full: bool = False
    full_service: bool = False


class DesLieux(Recherche):
    """The filters of services at their places."""

    organization_id: UUID | None = None
    modified_after: datetime | None = None
    full: bool = False
    postcode: Annotated[str, Field(pattern=r"^(\d{5})?$")] = ""
    proximity: Annotated[float, Field(gt=0, le=500_000, description="mètres autour du code postal")] | None = None

    def filtre(self) -> Filtre:
        """Return what is asked."""
        depuis = self.modified_after.date() if self.modified_after else None
        return Filtre(
            self.search, self.taxonomy_term_id, self.taxonomy_id, self.organization_id, depuis, self.postcode,
            self.proximity if self.postcode else None,
        )  # fmt: skip


class DesTermes(Pagination):
    """The filters of terms."""

    search: Mots = ""
    taxonomy_id: UUID | None = None
    parent_id: UUID | None = None
    top_only: bool = False


class DesTaxonomies(Pagination):
    """The filters of taxonomies."""

    search: Mots = ""


class Page(Schema):
    """A page of the standard."""

    total_items: int
    total_pages: int
    page_number: int
    size: int
    first_page: bool
    last_page: bool
    empty: bool


class Minimal(profil.Strict):
    """What a mirror needs to know what moved."""

    id: UUID
    modified_date: profil.Moment | None = None


class PageDeServices(Page):
    """Services."""

    contents: list[Annotated[Minimal | profil.ServiceListe | profil.Service, PETIT_D_ABORD]]


class PageDOrganisations(Page):
    """Organizations."""

    contents: list[Annotated[profil.OrganisationListee | profil.Organisation, PETIT_D_ABORD]]


class PageDeLieux(Page):
    """Services at their places."""

    contents: list[profil.ServiceAuLieu]


class PageDeTaxonomies(Page):
    """Taxonomies."""

    contents: list[profil.Taxonomie]


class PageDeTermes(Page):
    """Terms."""

    contents: list[profil.Terme]


class Racine(Schema):
    """What this interface is."""

    version: Literal["3.1"]
    profile: str
    openapi_url: str


class Refus(Schema):
    """Why nothing came."""

    message: str
