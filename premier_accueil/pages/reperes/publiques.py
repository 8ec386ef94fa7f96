"""Sheets for anybody, in plain language: only those that somebody chose to show, and nothing internal."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from premier_accueil.pages.entree import publique
from premier_accueil.pages.reperes.composer import tous_les_numeros
from premier_accueil.reperes.requetes import fiche_publique, fiches_publiques


@require_GET
@publique
def liste(requete: HttpRequest) -> HttpResponse:
    """List the public versions."""
    return render(requete, "reperes/publiques.html", {"fiches": fiches_publiques()})


@require_GET
@publique
def une(requete: HttpRequest, slug: str) -> HttpResponse:
    """Show one public version: the numbers first, then the words."""
    fiche = fiche_publique(slug)
    if fiche is None:
        raise Http404
    numeros = tous_les_numeros(fiche.urgences, fiche.numeros)
    return render(requete, "reperes/publique.html", {"fiche": fiche, "numeros": numeros})
