"""The printed guides: ask for one, follow it, print it."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from premier_accueil.acteurs.regles import Droit
from premier_accueil.annuaire.actions.guides import DemandeDeGuide, GuideRefuse, demander_un_guide
from premier_accueil.annuaire.regles.guides import EtatDeGuide, Papier
from premier_accueil.annuaire.requetes.guide import epci_connus, pdf_du_guide
from premier_accueil.annuaire.requetes.guide import guides as lire_les_guides
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.ouvert.saisie import GENRES, Saisie, lire, territoire

FAITS = {EtatDeGuide.DEMANDE, EtatDeGuide.EN_COURS}


@require_http_methods(["GET", "POST"])
@entree(Droit.CONSULTER_L_ANNUAIRE)
def guides(requete: RequeteDe) -> HttpResponse:
    """List the last guides, and ask for one."""
    if requete.method != "POST":
        return _page(requete, Saisie(uuid4()))
    saisie = lire(requete)
    la, refus = territoire(saisie, requete.role.departement)
    adresse = requete.build_absolute_uri(reverse("annuaire:ouvert"))
    if not refus:
        try:
            demander_un_guide(DemandeDeGuide(saisie.cle, la, saisie.papier, adresse), timezone.now())
        except GuideRefuse as erreur:
            refus = str(erreur)
    if refus:
        return _page(requete, saisie, refus)
    messages.success(requete, "C'est demandé. Le guide est dans la liste ci-dessous.")
    return redirect("ouvert:guides")


@require_GET
@entree(Droit.CONSULTER_L_ANNUAIRE)
def livret(requete: RequeteDe, livret_id: int) -> HttpResponse:
    """Give a guide that is ready."""
    pdf = pdf_du_guide(livret_id)
    if pdf is None:
        raise Http404
    reponse = HttpResponse(pdf, content_type="application/pdf")
    reponse["Content-Disposition"] = 'inline; filename="guide-des-solidarites.pdf"'
    return reponse


def _page(requete: RequeteDe, saisie: Saisie, refus: str = "") -> HttpResponse:
    derniers = lire_les_guides()
    contexte = {
        "saisie": saisie, "refus": refus, "genres": GENRES, "papiers": list(Papier), "guides": derniers,
        "epci": epci_connus(requete.role.departement), "attend": any(g.etat in FAITS for g in derniers),
    }  # fmt: skip
    return render(requete, "ouvert/guides.html", contexte, status=400 if refus else 200)
