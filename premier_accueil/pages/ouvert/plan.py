"""The public pages, listed for search engines: only where the host lets them in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index, sitemap
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from premier_accueil.annuaire.requetes.offre import indexables
from premier_accueil.pages.entree import publique

if TYPE_CHECKING:
    _Plan = Sitemap[tuple[int, date | None]]
else:
    _Plan = Sitemap


class Services(_Plan):
    """The public page of each service; ten thousand a list."""

    limit = 10_000

    def items(self) -> list[tuple[int, date | None]]:
        """Return (key, last day somebody vouched for it)."""
        return indexables()

    def location(self, item: tuple[int, date | None]) -> str:
        """Return the address of a page."""
        return reverse("ouvert:service", args=[item[0]])

    def lastmod(self, item: tuple[int, date | None]) -> date | None:
        """Return when it last changed."""
        return item[1]


PLANS: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {"services": Services}


@require_GET
@publique
def plan(requete: HttpRequest) -> TemplateResponse:
    """List the lists."""
    return _permis(index(requete, PLANS, sitemap_url_name="ouvert:plan_partie"))


@require_GET
@publique
def plan_partie(requete: HttpRequest, section: str) -> TemplateResponse:
    """List public pages."""
    return _permis(sitemap(requete, PLANS, section=section))


def _permis(reponse: TemplateResponse) -> TemplateResponse:
    if not settings.ANNUAIRE_INDEXE:
        raise Http404
    reponse.render()
    return reponse
