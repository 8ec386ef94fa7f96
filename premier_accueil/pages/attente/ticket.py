"""One ticket: its paper, its priority, and where it goes next."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from premier_accueil.accueil import actions
from premier_accueil.accueil.models import Attente
from premier_accueil.accueil.regles import ETAPES, Etape, GesteImpossible
from premier_accueil.accueil.requetes import (
    billet,
    estimation,
    organismes_du_lieu,
    reglage_de,
    ticket_du_jour,
)
from premier_accueil.acteurs.models import Structure
from premier_accueil.acteurs.regles import Droit
from premier_accueil.pages.attente.views import retour
from premier_accueil.pages.entree import RequeteDe, entree


@require_GET
@entree(Droit.RECEVOIR)
def ticket(requete: RequeteDe, attente_id: int) -> HttpResponse:
    """Show one ticket of the day, and what can be done with it."""
    role, a = requete.role, timezone.now()
    try:
        vu = ticket_du_jour(attente_id, role=role, a=a, fermee=True)
    except Attente.DoesNotExist as erreur:
        raise Http404("Ce ticket n'est pas de votre file d'aujourd'hui.") from erreur
    reglage = reglage_de(role.structure_id)
    contexte = {
        "t": vu, "priorites": reglage.priorites_admises,
        "etapes": [(code, mots) for code, mots in ETAPES if code in reglage.etapes and code != vu.etape],
        "organismes": list(
            organismes_du_lieu(vu.site_id, sauf=role.structure_id, a=a).values_list("pk", "nom") if vu.tenu else ()
        ),
    }  # fmt: skip
    return render(requete, "attente/ticket.html", contexte)


@require_GET
@entree(Droit.RECEVOIR)
def papier(requete: RequeteDe, attente_id: int) -> HttpResponse:
    """Print a ticket: a number and what to do, no name, no reason."""
    role, a = requete.role, timezone.now()
    try:
        vu = billet(attente_id, role=role, a=a)
    except Attente.DoesNotExist as erreur:
        raise Http404("Ce ticket n'est pas de votre file d'aujourd'hui.") from erreur
    attend = estimation(structure_id=role.structure_id, site_id=vu.site_id, etape=vu.etape, a=a)
    return render(requete, "attente/papier.html", {"billet": vu, "estimation": attend})


@require_POST
@entree(Droit.RECEVOIR)
def priorite(requete: RequeteDe, attente_id: int) -> HttpResponse:
    """Call a ticket first, for a written reason, or take that back."""
    code, mots = requete.POST.get("priorite", ""), requete.POST.get("priorite_mots", "")
    try:
        ticket = actions.prioriser(attente_id, code, mots, role=requete.role, a=timezone.now())
    except Attente.DoesNotExist as erreur:
        raise Http404 from erreur
    except GesteImpossible as refus:
        messages.error(requete, str(refus))
        return redirect("attente:ticket", attente_id)
    messages.success(requete, f"Ticket {ticket.numero} : {'il passe en premier' if code else 'plus de priorité'}.")
    return retour(ticket.etape)


@require_POST
@entree(Droit.RECEVOIR)
def suite(requete: RequeteDe, attente_id: int) -> HttpResponse:
    """Send a number to the other step, or to another body of the place: the number, and nothing else."""
    vers, role, a = requete.POST.get("vers", ""), requete.role, timezone.now()
    try:
        if vers in dict(ETAPES):
            suivant = actions.changer_d_etape(attente_id, Etape(vers), role=role, a=a)
            messages.success(requete, f"Le ticket {suivant.numero} attend : {suivant.get_etape_display().lower()}.")
        else:
            cle = int(vers) if vers.isascii() and vers.isdigit() and len(vers) < 12 else 0
            chez = actions.passer_a_un_organisme(attente_id, cle, role=role, a=a)
            messages.success(requete, f"Numéro passé à {chez.nom}. Ni nom ni motif ne l'accompagne.")
    except Attente.DoesNotExist as erreur:
        raise Http404 from erreur
    except Structure.DoesNotExist:
        messages.error(requete, "Cette file n'est pas proposée ici. Le ticket reste dans la vôtre.")
        return redirect("attente:ticket", attente_id)
    except GesteImpossible as refus:
        messages.error(requete, str(refus))
        return redirect("attente:ticket", attente_id)
    return redirect("attente:file")
