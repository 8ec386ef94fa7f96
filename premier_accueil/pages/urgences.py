"""Every urgency sheet at hand, from every page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from premier_accueil.pages.entree import publique
from premier_accueil.pages.reperes.composer import urgences_et_fiches
from premier_accueil.reperes.requetes import fiches_d_urgence


@require_GET
@publique
def feuilles_d_urgence(requete: HttpRequest) -> HttpResponse:
    """Show the conduct to hold and the right number, for each urgency; public facts, open to anybody.

    Who is signed in finds the reference sheets of the département beside them; anybody else, their public versions.
    """
    role = getattr(requete, "role", None)
    fiches = fiches_d_urgence(role.departement if role else None)
    return render(requete, "urgences.html", {"urgences": urgences_et_fiches(fiches)})
