"""Initiatives and collective actions: seen by the whole network, written by whose they are."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from premier_accueil.acteurs.regles import Droit
from premier_accueil.annuaire.actions import initiatives as actions
from premier_accueil.annuaire.requetes import initiatives as lues
from premier_accueil.annuaire.requetes.initiatives import PageDe
from premier_accueil.pages.annuaire import formulaires as f
from premier_accueil.pages.annuaire.reseau import ecrire, fait
from premier_accueil.pages.annuaire.saisie import themes_par_famille
from premier_accueil.pages.demarches.liste import page_dite
from premier_accueil.pages.entree import RequeteDe, entree


def _liste(requete: RequeteDe, gabarit: str, vues: PageDe, theme: str) -> HttpResponse:
    contexte = {"vues": vues, "theme": theme, "familles": themes_par_famille()}
    return render(requete, gabarit, contexte)


@require_GET
@entree()
def initiatives(requete: RequeteDe) -> HttpResponse:
    """List the initiatives of the département."""
    theme = requete.GET.get("theme", "")[:120]
    vues = lues.initiatives(requete.role, theme=theme, page=page_dite(requete))
    return _liste(requete, "annuaire/initiatives.html", vues, theme)


@require_http_methods(["GET", "POST"])
@entree(Droit.TENIR_SA_FICHE, Droit.TENIR_L_ANNUAIRE)
def nouvelle_initiative(requete: RequeteDe) -> HttpResponse:
    """Tell an initiative of one's structure."""
    saisie = f.Initiative(requete.POST if requete.method == "POST" else None)
    if fait(saisie, lambda: actions.ecrire_une_initiative(saisie.dite(), role=requete.role, a=timezone.now())):
        messages.success(requete, "Initiative ajoutée à l'annuaire.")
        return redirect("annuaire:initiatives")
    return ecrire(requete, saisie, "Présenter une initiative", "annuaire:initiatives")


@require_http_methods(["GET", "POST"])
@entree()
def initiative(requete: RequeteDe, initiative_id: int) -> HttpResponse:
    """Show an initiative; who keeps it corrects it or takes it out."""
    role, a, envoyee = requete.role, timezone.now(), requete.method == "POST"
    vue = lues.initiative(initiative_id, role)
    if vue is None or (envoyee and not vue.a_nous):
        raise Http404
    if requete.POST.get("geste") == "retirer":
        actions.retirer_une_initiative(initiative_id, role=role, a=a)
        messages.success(requete, "Initiative retirée de l'annuaire.")
        return redirect("annuaire:initiatives")
    saisie = f.Initiative(requete.POST if envoyee else None, initial=f.Initiative.de(vue))
    dire = actions.ecrire_une_initiative
    if fait(saisie, lambda: dire(saisie.dite(), initiative_id=initiative_id, role=role, a=a)):
        messages.success(requete, "Initiative enregistrée.")
        return redirect("annuaire:initiative", initiative_id)
    contexte = {"vue": vue, "saisie": saisie}
    return render(requete, "annuaire/initiative.html", contexte, status=400 if saisie.errors else 200)


@require_GET
@entree()
def actions_collectives(requete: RequeteDe) -> HttpResponse:
    """List the collective actions to come in the département."""
    theme = requete.GET.get("theme", "")[:120]
    vues = lues.actions_collectives(requete.role, timezone.now(), theme=theme, page=page_dite(requete))
    return _liste(requete, "annuaire/actions_collectives.html", vues, theme)


@require_http_methods(["GET", "POST"])
@entree(Droit.TENIR_SA_FICHE, Droit.TENIR_L_ANNUAIRE)
def nouvelle_action(requete: RequeteDe) -> HttpResponse:
    """Announce a collective action of one's structure."""
    role = requete.role
    saisie = f.Action(requete.POST if requete.method == "POST" else None, role=role)

    def annoncer() -> None:
        demande_id = saisie.cleaned_data["demande_id"]
        actions.ecrire_une_action_collective(saisie.dite(), demande_id=demande_id, role=role, a=timezone.now())

    if fait(saisie, annoncer):
        messages.success(requete, "Action collective annoncée.")
        return redirect("annuaire:actions_collectives")
    return ecrire(requete, saisie, "Annoncer une action collective", "annuaire:actions_collectives")


@require_http_methods(["GET", "POST"])
@entree()
def action_collective(requete: RequeteDe, action_id: int) -> HttpResponse:
    """Show a collective action; who keeps it corrects it or says it will not be held."""
    role, a, envoyee = requete.role, timezone.now(), requete.method == "POST"
    vue = lues.action_collective(action_id, role)
    if vue is None or (envoyee and not vue.a_nous):
        raise Http404
    if requete.POST.get("geste") == "annuler":
        actions.annuler_une_action_collective(action_id, role=role, a=a)
        messages.success(requete, "Action annulée : elle reste visible, marquée « annulée ».")
        return redirect("annuaire:action_collective", action_id)
    saisie = f.Action(requete.POST if envoyee else None, role=role, initial=f.Action.de(vue))

    def enregistrer() -> None:
        demande_id = saisie.cleaned_data["demande_id"]
        actions.ecrire_une_action_collective(saisie.dite(), demande_id=demande_id, action_id=action_id, role=role, a=a)

    if fait(saisie, enregistrer):
        messages.success(requete, "Action collective enregistrée.")
        return redirect("annuaire:action_collective", action_id)
    contexte = {"vue": vue, "saisie": saisie}
    return render(requete, "annuaire/action_collective.html", contexte, status=400 if saisie.errors else 200)
