"""The directory for other software and for spreadsheets: open data, no contact kept for the network."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from premier_accueil.acteurs.regles import Droit
from premier_accueil.annuaire.exports import FORMATS, produire
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.socle.horloge import jour_local


@require_GET
@entree(Droit.TENIR_L_ANNUAIRE)
def exports(requete: RequeteDe) -> HttpResponse:
    """Say what can be taken away, and what never is."""
    return render(requete, "annuaire/exports.html", {"formats": FORMATS})


@require_GET
@entree(Droit.TENIR_L_ANNUAIRE)
def exporter(requete: RequeteDe, export: str) -> HttpResponse:
    """Give one file of the entries of the département."""
    if export not in FORMATS:
        raise Http404
    contenu, _ = produire(export, departement=requete.role.departement)
    jour = jour_local(timezone.now())
    reponse = HttpResponse(contenu, content_type=FORMATS[export].type_mime)
    nom = f"annuaire-{requete.role.departement or 'tout'}-{jour:%Y%m%d}-{FORMATS[export].nom}"
    reponse["Content-Disposition"] = f'attachment; filename="{nom}"'
    return reponse
