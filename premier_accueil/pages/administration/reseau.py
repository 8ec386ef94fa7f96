"""What the structure signed: commitments to the network, and conventions with other legal bodies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from premier_accueil.acteurs import actions
from premier_accueil.acteurs.models import Convention, Engagement
from premier_accueil.acteurs.regles import Droit
from premier_accueil.acteurs.requetes import conventions_de, engagements_de, organisme_de
from premier_accueil.pages.administration.saisie import SaisieDeConvention, SaisieDEngagement
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.partage.regles import table_de_partage
from premier_accueil.partage.requetes import chercher_structures
from premier_accueil.socle.horloge import jour_local


@require_GET
@entree(Droit.ADMINISTRER)
def reseau(requete: RequeteDe) -> HttpResponse:
    """Show what the structure signed, with dates."""
    jour, libelles = jour_local(timezone.now()), table_de_partage().elements
    contexte = {
        "engagements": engagements_de(requete.role, jour), "organisme": organisme_de(requete.role), "jour": jour,
        "conventions": [
            (c, [libelles[e].libelle for e in c.elements if e in libelles]) for c in conventions_de(requete.role, jour)
        ],
    }  # fmt: skip
    return render(requete, "administration/reseau.html", contexte)


@require_http_methods(["GET", "POST"])
@entree(Droit.ADMINISTRER)
def engager(requete: RequeteDe) -> HttpResponse:
    """Record a commitment."""
    saisie = SaisieDEngagement(requete.POST if requete.method == "POST" else None)

    def agir() -> None:
        actions.engager(**saisie.cleaned_data, role=requete.role, a=timezone.now())

    if _fait(saisie, agir):
        messages.success(requete, "L'engagement est noté.")
        return redirect("administration:reseau")
    return _page(requete, saisie, titre="Noter un engagement", bouton="Noter")


@require_http_methods(["GET", "POST"])
@entree(Droit.ADMINISTRER)
def conclure(requete: RequeteDe) -> HttpResponse:
    """Record a convention: find a structure of the other body, then copy what was signed."""
    role, a = requete.role, timezone.now()
    saisie = SaisieDeConvention(requete.POST if requete.method == "POST" else None, organisme=organisme_de(role))
    trouvees = chercher_structures(saisie.data.get("cherche", ""), role, a) if saisie.is_bound else ()
    saisie.proposer([(s.id, f"{s.nom} ({s.genre})") for s in trouvees])

    def agir() -> None:
        actions.conclure_une_convention(saisie.nouvelle(), role=role, a=a)

    if saisie.data.get("avec") and _fait(saisie, agir):
        messages.success(requete, "La convention est notée : elle propose, elle n'oblige pas.")
        return redirect("administration:reseau")
    cherche = saisie.is_bound and not saisie.data.get("avec")
    return _page(
        requete, saisie, cherche=cherche, titre="Noter une convention", bouton="Noter la convention", trouvees=trouvees
    )


@require_POST
@entree(Droit.ADMINISTRER)
def finir_un_engagement(requete: RequeteDe, engagement_id: int) -> HttpResponse:
    """Write the last day of a commitment."""
    return _finir(requete, lambda fin: actions.finir_un_engagement(
        engagement_id, fin=fin, role=requete.role, a=timezone.now()
    ))  # fmt: skip


@require_POST
@entree(Droit.ADMINISTRER)
def finir_une_convention(requete: RequeteDe, convention_id: int) -> HttpResponse:
    """Write the last day of a convention."""
    return _finir(requete, lambda fin: actions.finir_une_convention(
        convention_id, fin=fin, role=requete.role, a=timezone.now()
    ))  # fmt: skip


def _finir(requete: RequeteDe, agir: Callable[[date], None]) -> HttpResponse:
    saisi = forms.DateField(required=False)
    try:
        agir(saisi.clean(requete.POST.get("fin", "")) or jour_local(timezone.now()))
    except (Engagement.DoesNotExist, Convention.DoesNotExist) as erreur:
        raise Http404 from erreur
    except (actions.EcritRefuse, forms.ValidationError) as refus:
        dit = str(refus) if isinstance(refus, actions.EcritRefuse) else "Cette date n'est pas lisible."
        messages.error(requete, f"{dit} Rien n'a changé.")
    else:
        messages.success(requete, "La date de fin est notée.")
    return redirect("administration:reseau")


def _fait(saisie: forms.Form, agir: Callable[[], None]) -> bool:
    if not saisie.is_valid():
        return False
    try:
        agir()
    except actions.EcritRefuse as refus:
        saisie.add_error(refus.champ, str(refus))
        return False
    return True


def _page(requete: RequeteDe, saisie: forms.Form, *, cherche: bool = False, **autres: Any) -> HttpResponse:
    corriger = not cherche and saisie.is_bound and bool(saisie.errors)
    contexte = {"saisie": saisie, "corriger": corriger, "trouvees": (), **autres}
    return render(requete, "administration/ecrit.html", contexte, status=400 if corriger else 200)
