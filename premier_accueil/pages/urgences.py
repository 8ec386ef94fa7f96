"""Every urgency sheet at hand, from every page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from premier_accueil.orientation.requetes.urgences import urgences
from premier_accueil.pages.entree import publique


@require_GET
@publique
def feuilles_d_urgence(requete: HttpRequest) -> HttpResponse:
    """Show the conduct to hold and the right number, for each urgency; public facts, open to anybody."""
    return render(requete, "urgences.html", {"urgences": urgences()})
