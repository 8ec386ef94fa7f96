"""One's day and week, the paper of the day, one appointment and its gestures."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from premier_accueil.accueil.actions import Place, arriver, ne_pas_venir
from premier_accueil.acteurs.regles import Droit, Fonction
from premier_accueil.agenda import actions
from premier_accueil.agenda.regles import GesteImpossible
from premier_accueil.agenda.requetes import pris_ailleurs, rendez_vous_a_deplacer, rendez_vous_du_jour, rendez_vous_vu
from premier_accueil.entretien.actions import lacher_le_rendez_vous
from premier_accueil.pages.agenda.commun import jour_demande, par_jour, sinon_introuvable
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.socle.horloge import jour_local

PAR_PAGE = 15


def _contexte(requete: RequeteDe) -> dict[str, Any]:
    """Return the day or week asked, one's own or everybody's."""
    a = timezone.now()
    semaine, jour = requete.GET.get("vue") == "semaine", jour_demande(requete, a)
    debut = jour - timedelta(days=jour.weekday()) if semaine else jour
    pas = timedelta(days=7 if semaine else 1)
    defaut = "moi" if requete.role.fonction is Fonction.TRAVAIL_SOCIAL else "tous"
    qui = requete.GET.get("qui") if requete.GET.get("qui") in {"moi", "tous"} else defaut
    vus = rendez_vous_du_jour(
        requete.role, debut, a, jours=pas.days, compte_id=requete.role.compte_id if qui == "moi" else None
    )
    return {
        "jour": debut, "fin": debut + pas - timedelta(days=1), "avant": debut - pas, "apres": debut + pas,
        "aujourd_hui": jour_local(a), "semaine": semaine, "vue": "semaine" if semaine else "jour", "qui": qui,
        "vus": vus,
    }  # fmt: skip


@require_GET
@entree(Droit.RECEVOIR)
def agenda(requete: RequeteDe) -> HttpResponse:
    """Show the appointments of a day or a week, by hour."""
    contexte = _contexte(requete)
    page = Paginator(contexte["vus"], PAR_PAGE).get_page(requete.GET.get("page"))
    contexte |= {"page": page, "jours": par_jour(tuple(page.object_list))}
    contexte["ailleurs"] = pris_ailleurs(requete.role, timezone.now())
    contexte["a_deplacer"] = rendez_vous_a_deplacer(requete.role, timezone.now()).total
    return render(requete, "agenda/jour.html", contexte)


@require_GET
@entree(Droit.RECEVOIR)
def a_deplacer(requete: RequeteDe) -> HttpResponse:
    """List the appointments that fall on a day when nobody receives any more."""
    page, role = requete.GET.get("page", ""), requete.role
    numero = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    vus = rendez_vous_a_deplacer(role, timezone.now(), page=numero)
    return render(requete, "agenda/a_deplacer.html", {"vus": vus})


@require_GET
@entree(Droit.RECEVOIR)
def imprimer(requete: RequeteDe) -> HttpResponse:
    """Show the day as one sheet of paper: every line, no gesture."""
    contexte = _contexte(requete)
    return render(requete, "agenda/imprimer.html", contexte | {"jours": par_jour(contexte["vus"])})


@require_GET
@entree(Droit.RECEVOIR)
@sinon_introuvable()
def rendez_vous(requete: RequeteDe, rendez_vous_id: int) -> HttpResponse:
    """Show one appointment and what may be done with it."""
    vu = rendez_vous_vu(rendez_vous_id, requete.role, timezone.now())
    if vu.ligne.etat == "TENU":
        return redirect("agenda:confirmer", rendez_vous_id)
    return render(requete, "agenda/rendez_vous.html", {"vu": vu, "l": vu.ligne})


@require_POST
@entree(Droit.RECEVOIR)
@sinon_introuvable()
def annuler(requete: RequeteDe, rendez_vous_id: int) -> HttpResponse:
    """Cancel an appointment; its slot is free at once."""
    elle, a = requete.POST.get("par") != "service", timezone.now()
    try:
        actions.annuler(rendez_vous_id, par_la_personne=elle, role=requete.role, a=a)
        point = lacher_le_rendez_vous(rendez_vous_id, role=requete.role, a=a)
        suite = " Le point de situation est à reprévoir : dites-le à la personne." if point else ""
        messages.success(requete, f"Rendez-vous annulé. Le créneau est de nouveau libre.{suite}")
    except GesteImpossible as refus:
        messages.error(requete, str(refus))
    return redirect("agenda:rendez_vous", rendez_vous_id)


def _dire_la_place(place: Place | None) -> str:
    if place is None:
        return "Venue notée."
    return f"Venue notée. Ticket {place.numero} : {place.avec or 'un travailleur social'} la voit dans sa file."


@require_POST
@entree(Droit.RECEVOIR)
@sinon_introuvable()
def venue(requete: RequeteDe, rendez_vous_id: int) -> HttpResponse:
    """Note whether she came, with her place in the queue, and go back to the day."""
    venue, a = requete.POST.get("venue") != "non", timezone.now()
    vu = rendez_vous_vu(rendez_vous_id, requete.role, a)
    try:
        if venue:
            messages.success(requete, _dire_la_place(arriver(rendez_vous_id, role=requete.role, a=a)))
        else:
            ne_pas_venir(rendez_vous_id, role=requete.role, a=a)
            messages.success(requete, "Absence notée. Elle peut reprendre rendez-vous.")
    except GesteImpossible as refus:
        messages.error(requete, str(refus))
    qui = "moi" if vu.ligne.agent_id == requete.role.compte_id else "tous"
    return redirect(f"{reverse('agenda:jour')}?jour={jour_local(vu.ligne.debut).isoformat()}&qui={qui}")
