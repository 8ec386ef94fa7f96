"""The team of the structure, and its missions."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from premier_accueil.acteurs.actions import MissionRefusee, confier_mission, terminer_mission
from premier_accueil.acteurs.models import Mission
from premier_accueil.acteurs.regles import Droit, peut
from premier_accueil.acteurs.requetes import missions_de_la_structure
from premier_accueil.pages.administration.saisie import SaisieDeMission
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.socle.horloge import jour_local


@require_GET
@entree()
def equipe(requete: RequeteDe) -> HttpResponse:
    """Show who works here, and who is bound by which text: everyone must know it (S0)."""
    contexte = {
        "missions": missions_de_la_structure(requete.role, timezone.now()),
        "administre": peut(requete.role.fonction, Droit.ADMINISTRER),
    }
    return render(requete, "administration/equipe.html", contexte)


@never_cache
@require_http_methods(["GET", "POST"])
@entree(Droit.ADMINISTRER)
def confier(requete: RequeteDe) -> HttpResponse:
    """Give a mission; the first password of a new account is shown once."""
    saisie = SaisieDeMission(requete.POST or None, jour=jour_local(timezone.now()))
    if requete.method != "POST" or not saisie.is_valid():
        return render(requete, "administration/confier.html", {"saisie": saisie}, status=400 if saisie.errors else 200)
    try:
        mot_de_passe = confier_mission(saisie.mission(), role=requete.role, a=timezone.now())
    except MissionRefusee as refus:
        saisie.add_error(refus.champ, str(refus))
        return render(requete, "administration/confier.html", {"saisie": saisie}, status=400)
    if mot_de_passe:
        contexte = {"mot_de_passe": mot_de_passe, "identifiant": saisie.cleaned_data["identifiant"]}
        return render(requete, "administration/compte_cree.html", contexte)
    messages.success(requete, "La mission est confiée.")
    return redirect("administration:equipe")


@require_POST
@entree(Droit.ADMINISTRER)
def terminer(requete: RequeteDe, mission_id: int) -> HttpResponse:
    """End a mission today."""
    try:
        terminer_mission(mission_id, role=requete.role, a=timezone.now())
    except Mission.DoesNotExist as erreur:
        raise Http404 from erreur
    except MissionRefusee as refus:
        messages.error(requete, str(refus))
    else:
        messages.success(requete, "La mission est terminée : ses accès sont fermés.")
    return redirect("administration:equipe")
