"""Say when one receives: the rules of the structure, closings and added hours."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from premier_accueil.acteurs.regles import Droit
from premier_accueil.agenda import actions
from premier_accueil.agenda.acces import plages_tenues
from premier_accueil.agenda.models import PlageDAgenda
from premier_accueil.agenda.requetes import plage_vue, plages_de_la_structure
from premier_accueil.pages.agenda import formulaires as f
from premier_accueil.pages.agenda.commun import sinon_introuvable
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.personnes.formulaires import Formulaire
from premier_accueil.socle.horloge import jour_local


def _enregistre(saisie: Formulaire, agir: Callable[[], object]) -> bool:
    """Do what a form asks; tell whether it was done, else the form says why and keeps what was typed."""
    if not saisie.is_valid():
        return False
    try:
        agir()
    except actions.DemandeRefusee as refus:
        saisie.add_error(refus.champ if refus.champ in saisie.fields else None, str(refus))
        return False
    return True


@require_GET
@entree(Droit.TENIR_L_AGENDA)
def plages(requete: RequeteDe) -> HttpResponse:
    """List the rules of the structure."""
    return render(requete, "agenda/plages.html", {"plages": plages_de_la_structure(requete.role, timezone.now())})


@require_http_methods(["GET", "POST"])
@entree(Droit.TENIR_L_AGENDA)
def nouvelle(requete: RequeteDe) -> HttpResponse:
    """Add a rule."""
    role, a = requete.role, timezone.now()
    saisie = f.Regle(
        requete.POST if requete.method == "POST" else None, role=role, a=a, initial=f.nouvelle_plage(jour_local(a))
    )

    def creer() -> None:
        demande_id = saisie.cleaned_data["demande_id"]
        if demande_id is None:
            raise actions.DemandeRefusee("demande_id", "Rechargez la page, puis recommencez.")
        actions.creer_une_plage(saisie.dite(), demande_id=demande_id, role=role, a=a)

    if saisie.is_bound and _enregistre(saisie, creer):
        messages.success(requete, "Plage ajoutée : ses créneaux sont ouverts.")
        return redirect("agenda:plages")
    return render(requete, "agenda/regle.html", {"saisie": saisie}, status=400 if saisie.errors else 200)


@require_http_methods(["GET", "POST"])
@entree(Droit.TENIR_L_AGENDA)
@sinon_introuvable()
def changer(requete: RequeteDe, plage_id: int) -> HttpResponse:
    """Change a rule; what is already taken stays."""
    role, a = requete.role, timezone.now()
    p = PlageDAgenda.objects.get(plages_tenues(role), pk=plage_id)
    saisie = f.Regle(requete.POST if requete.method == "POST" else None, role=role, a=a, initial=f.de_la_plage(p))
    if p.agent_id:
        saisie.garder("agent", p.agent_id, p.agent.nom if p.agent else "")

    def enregistrer() -> None:
        version = saisie.cleaned_data["version"] or 0
        actions.changer_une_plage(plage_id, saisie.dite(), version=version, role=role, a=a)

    if saisie.is_bound and _enregistre(saisie, enregistrer):
        messages.success(requete, "Plage enregistrée. Les rendez-vous déjà pris n'ont pas bougé.")
        return redirect("agenda:plage", plage_id)
    contexte = {"saisie": saisie, "plage": plage_vue(plage_id, role, a)}
    return render(requete, "agenda/regle.html", contexte, status=400 if saisie.errors else 200)


@require_http_methods(["GET", "POST"])
@entree(Droit.TENIR_L_AGENDA)
@sinon_introuvable()
def plage(requete: RequeteDe, plage_id: int) -> HttpResponse:
    """Show a rule, its exceptions, and the appointments to move; add an exception."""
    role, a = requete.role, timezone.now()
    saisie = f.Exceptionnelle(requete.POST if requete.method == "POST" else None)

    def ajouter() -> None:
        actions.ajouter_une_exception(plage_id, **saisie.exception(), role=role, a=a)

    if saisie.is_bound and _enregistre(saisie, ajouter):
        messages.success(requete, "C'est noté.")
        return redirect("agenda:plage", plage_id)
    contexte = {"saisie": saisie, "plage": plage_vue(plage_id, role, a)}
    return render(requete, "agenda/plage.html", contexte, status=400 if saisie.errors else 200)


@require_POST
@entree(Droit.TENIR_L_AGENDA)
@sinon_introuvable()
def arreter(requete: RequeteDe, plage_id: int) -> HttpResponse:
    """End a rule: no slot is offered any more, what is taken stays."""
    actions.arreter_une_plage(plage_id, role=requete.role, a=timezone.now())
    messages.success(requete, "Plage arrêtée : plus aucun créneau n'est proposé. Les rendez-vous pris restent.")
    return redirect("agenda:plage", plage_id)


@require_POST
@entree(Droit.TENIR_L_AGENDA)
@sinon_introuvable()
def retirer_une_exception(requete: RequeteDe, exception_id: int) -> HttpResponse:
    """Take an exception away."""
    plage_id = actions.retirer_une_exception(exception_id, role=requete.role, a=timezone.now())
    messages.success(requete, "Retiré : la plage reçoit comme d'habitude.")
    return redirect("agenda:plage", plage_id)
