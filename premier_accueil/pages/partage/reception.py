"""What one's structure received, and the page of a link; opened by POST, so that a preview opens nothing."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from premier_accueil.acteurs.regles import Droit
from premier_accueil.pages.entree import RequeteDe, entree, publique
from premier_accueil.partage import actions
from premier_accueil.partage.models import Communication
from premier_accueil.partage.requetes import communication_recue, communications


def liste(requete: HttpRequest) -> str:
    """Return the whole address of the list, for the e-mail that tells a recipient to stop."""
    return requete.build_absolute_uri(reverse("partage:communications"))


@require_GET
@entree(Droit.LIRE_CE_QUI_EST_SOUMIS)
def communications_recues(requete: RequeteDe) -> HttpResponse:
    """List what was received: what one must stop using first."""
    vues = communications(requete.role, timezone.now())
    return render(requete, "partage/communications.html", {"communications": vues})


@require_GET
@entree(Droit.LIRE_CE_QUI_EST_SOUMIS)
def communication(requete: RequeteDe, communication_id: int) -> HttpResponse:
    """Show one communication, or why it is closed."""
    try:
        vue = communication_recue(communication_id, requete.role, timezone.now())
    except Communication.DoesNotExist as erreur:
        raise Http404 from erreur
    return render(requete, "partage/communication.html", {"communication": vue})


@require_POST
@entree(Droit.LIRE_CE_QUI_EST_SOUMIS)
def ouvrir(requete: RequeteDe, communication_id: int) -> HttpResponse:
    """Say that one reads it now."""
    try:
        actions.ouvrir_une_communication(communication_id, role=requete.role, a=timezone.now())
    except Communication.DoesNotExist as erreur:
        raise Http404 from erreur
    return redirect("partage:communication", communication_id)


@require_http_methods(["GET", "POST"])
@publique
def lien(requete: HttpRequest, secret: str) -> HttpResponse:
    """Open a link, for a partner without account; the page says nothing before it is opened."""
    vue = None
    if requete.method == "POST":
        vue = actions.ouvrir_le_lien(secret, a=timezone.now())
        if vue is None:
            raise Http404
    reponse = render(requete, "partage/lien.html", {"communication": vue})
    reponse["Cache-Control"] = "no-store"
    reponse["Referrer-Policy"] = "no-referrer" if vue else "same-origin"
    return reponse
