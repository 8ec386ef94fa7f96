"""How answers are ranked, for anybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from premier_accueil.orientation.requetes.explication import explication
from premier_accueil.pages.entree import publique


@require_GET
@publique
def classement(requete: HttpRequest) -> HttpResponse:
    """Show every criterion, its points and its values, drawn from the file that ranks."""
    return render(requete, "ouvert/classement.html", {"e": explication()})
