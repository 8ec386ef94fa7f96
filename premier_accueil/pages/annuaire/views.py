"""The directory: search and one service for professionals; "open when, where" for anybody."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from premier_accueil.annuaire.regles import Diffusion
from premier_accueil.annuaire.requetes import chercher_public, fiche_service
from premier_accueil.annuaire.requetes.fusions import service_garde
from premier_accueil.annuaire.requetes.tenue_vue import tenue_du_service
from premier_accueil.orientation.requetes import libelles
from premier_accueil.pages.communes import trouver_commune
from premier_accueil.pages.entree import RequeteDe, entree, publique
from premier_accueil.socle.texte import propre

RESULTATS = 20


def _recherche(requete: HttpRequest) -> dict[str, Any]:
    """Search what was posted: the words never stand in an address."""
    texte = propre(requete.POST.get("texte", ""))[:120]
    commune = propre(requete.POST.get("commune", ""))[:120]
    cherche = requete.method == "POST"
    trouvee = trouver_commune(commune) if commune else None
    lieux = chercher_public(texte, trouvee.code if trouvee else None, timezone.now(), RESULTATS) if cherche else ()
    inconnue = bool(commune) and trouvee is None
    return {"texte": texte, "commune": commune, "cherche": cherche, "lieux": lieux, "inconnue": inconnue}


@require_http_methods(["GET", "POST"])
@publique
def ouvert(requete: HttpRequest) -> HttpResponse:
    """Answer "ouvert quand ? où ?" to anybody, the locked screen included; no named contact."""
    return render(requete, "annuaire/ouvert.html", _recherche(requete))


@require_GET
@entree()
def service(requete: RequeteDe, service_id: int) -> HttpResponse:
    """Show one service in full, with the contacts that the network may call."""
    fiche = fiche_service(service_id, timezone.now())
    if fiche is None:
        garde = service_garde(service_id)  # merged into another: that one answers
        if garde is None:
            raise Http404
        return redirect("annuaire:service", garde)
    themes = [libelles().get(code, code) for code in fiche.thematiques]
    tenue = tenue_du_service(service_id, fiche.structure.id, requete.role, timezone.now())
    contexte = {
        "fiche": fiche, "themes": themes, "contacts": fiche.contacts_pour(Diffusion.RESEAU), "tenue": tenue,
    }  # fmt: skip
    return render(requete, "annuaire/service.html", contexte)
