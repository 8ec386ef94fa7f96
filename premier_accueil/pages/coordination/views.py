"""Where the territory has no answer: themes and communes, never a person."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from premier_accueil.acteurs.regles import Droit
from premier_accueil.orientation.requetes.manques import manques_recents
from premier_accueil.pages.entree import RequeteDe, entree


@require_GET
@entree(Droit.VOIR_LES_FAITS)
def manques(requete: RequeteDe) -> HttpResponse:
    """Show the gaps noted at the counters of the département during the last twelve months."""
    lignes = manques_recents(departement=requete.role.departement, a=timezone.now())
    return render(requete, "coordination/manques.html", {"lignes": lignes})
