"""One's own entry: read it, correct it, confirm it, see what changed and put it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from premier_accueil.acteurs.regles import Droit
from premier_accueil.annuaire.actions import FicheRefusee, annuler
from premier_accueil.annuaire.actions.confirmer import confirmer_ici
from premier_accueil.annuaire.actions.reponses import SaisiesRefusees, corriger
from premier_accueil.annuaire.regles.historique import Moyen, Origine
from premier_accueil.annuaire.requetes import tient
from premier_accueil.annuaire.requetes.histoire import histoire_de_la_structure, histoire_du_service
from premier_accueil.annuaire.requetes.parties import FicheEnParties, parties_de_la_structure, parties_du_service
from premier_accueil.annuaire.requetes.tenue_vue import tenue_de_la_structure
from premier_accueil.pages.demarches.liste import page_dite
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.tenue.saisie import SaisieDeFiche

TIENNENT = (Droit.TENIR_SA_FICHE, Droit.TENIR_L_ANNUAIRE)


@require_GET
@entree(Droit.TENIR_SA_FICHE)
def ma_fiche(requete: RequeteDe) -> HttpResponse:
    """Open the entry of one's own structure."""
    return redirect("tenue:structure", requete.role.structure_id)


@require_GET
@entree()
def structure(requete: RequeteDe, structure_id: int) -> HttpResponse:
    """Show the entry of a structure."""
    vue = tenue_de_la_structure(structure_id, requete.role, timezone.now())
    if vue is None:
        raise Http404
    return render(requete, "tenue/structure.html", {"vue": vue})


@require_http_methods(["GET", "POST"])
@entree(*TIENNENT)
def modifier_structure(requete: RequeteDe, structure_id: int) -> HttpResponse:
    """Correct the entry of a structure."""
    return _modifier(requete, parties_de_la_structure(structure_id))


@require_http_methods(["GET", "POST"])
@entree(*TIENNENT)
def modifier_service(requete: RequeteDe, service_id: int) -> HttpResponse:
    """Correct a service, its hours, its places, its contacts."""
    return _modifier(requete, parties_du_service(service_id))


def _modifier(requete: RequeteDe, fiche: FicheEnParties | None) -> HttpResponse:
    if fiche is None:
        raise Http404
    if not tient(requete.role, fiche.structure_id):
        messages.error(requete, "Cette fiche est tenue par une autre structure : proposez-lui une correction.")
        return _vers(fiche)
    saisie = SaisieDeFiche(fiche, requete.POST if requete.method == "POST" else None)
    contexte: dict[str, Any] = {"fiche": fiche, "saisie": saisie, "ecarts": []}
    if requete.method == "POST" and saisie.valide():
        try:
            ecrites = corriger(
                saisie.dites(), origine=Origine.HUMAIN, auteur=requete.role.compte_id,
                auteur_dit=requete.role.structure, a=timezone.now(),
            )  # fmt: skip
        except SaisiesRefusees as refus:
            saisie.refuser(refus.phrases)
            relue = _relire(fiche)
            contexte["ecarts"] = saisie.ecarts(relue) if refus.change and relue else []
        else:
            n = len(ecrites)
            dit = f"{n} champ{'s' if n > 1 else ''} corrigé{'s' if n > 1 else ''}." if n else "Rien n'avait changé."
            messages.success(requete, f"{dit} L'ancien texte reste dans l'histoire de la fiche.")
            if "confirmer" in requete.POST:
                _confirmer(requete, fiche)
            return _vers(fiche)
    return render(requete, "tenue/modifier.html", contexte, status=400 if requete.method == "POST" else 200)


def _relire(fiche: FicheEnParties) -> FicheEnParties | None:
    return parties_du_service(fiche.service_id) if fiche.service_id else parties_de_la_structure(fiche.structure_id)


def _vers(fiche: FicheEnParties) -> HttpResponse:
    if fiche.service_id:
        return redirect("annuaire:service", fiche.service_id)
    return redirect("tenue:structure", fiche.structure_id)


def _confirmer(requete: RequeteDe, fiche: FicheEnParties) -> None:
    vue = None if fiche.service_id else tenue_de_la_structure(fiche.structure_id, requete.role, timezone.now())
    services = [fiche.service_id] if fiche.service_id else [s.id for s in vue.services] if vue else []
    moyen = Moyen.ICI if fiche.structure_id == requete.role.structure_id else Moyen.TELEPHONE
    try:
        confirmer_ici(fiche.structure_id, services, role=requete.role, moyen=moyen, a=timezone.now())
        messages.success(requete, "Fiche confirmée aujourd'hui. Merci.")
    except FicheRefusee as refus:
        messages.error(requete, str(refus))


@require_POST
@entree(*TIENNENT)
def confirmer_service(requete: RequeteDe, service_id: int) -> HttpResponse:
    """Say that a service is still true."""
    fiche = parties_du_service(service_id)
    if fiche is None:
        raise Http404
    _confirmer(requete, fiche)
    return _vers(fiche)


@require_POST
@entree(*TIENNENT)
def confirmer_structure(requete: RequeteDe, structure_id: int) -> HttpResponse:
    """Say that everything a structure holds is still true."""
    fiche = parties_de_la_structure(structure_id)
    if fiche is None:
        raise Http404
    _confirmer(requete, fiche)
    return _vers(fiche)


@require_GET
@entree()
def histoire_service(requete: RequeteDe, service_id: int) -> HttpResponse:
    """Show what changed in a service."""
    return _histoire(requete, parties_du_service(service_id))


@require_GET
@entree()
def histoire_structure(requete: RequeteDe, structure_id: int) -> HttpResponse:
    """Show what changed in all that a structure holds."""
    return _histoire(requete, parties_de_la_structure(structure_id))


def _histoire(requete: RequeteDe, fiche: FicheEnParties | None) -> HttpResponse:
    if fiche is None:
        raise Http404
    page = page_dite(requete)
    vues = (
        histoire_du_service(fiche.service_id, page)
        if fiche.service_id
        else histoire_de_la_structure(fiche.structure_id, page)
    )
    contexte = {"fiche": fiche, "vues": vues, "tient": tient(requete.role, fiche.structure_id)}
    return render(requete, "tenue/histoire.html", contexte)


@require_POST
@entree(*TIENNENT)
def revenir(requete: RequeteDe, revision_id: int) -> HttpResponse:
    """Put a field back as it was."""
    try:
        annuler(revision_id, role=requete.role, a=timezone.now())
        messages.success(requete, "C'est remis comme avant. Ce retour est lui aussi dans l'histoire.")
    except FicheRefusee as refus:
        messages.error(requete, str(refus))
    service = requete.POST.get("service", "")
    if service.isascii() and service.isdigit() and len(service) < 10:
        return redirect("tenue:histoire_service", int(service))
    chez = requete.POST.get("structure", "")
    connue = chez.isascii() and chez.isdigit() and len(chez) < 10
    return redirect("tenue:histoire_structure", int(chez) if connue else requete.role.structure_id)
