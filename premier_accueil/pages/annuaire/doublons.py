"""Entries that may be one: the list, two entries side by side, the merge and the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from premier_accueil.acteurs.regles import Droit
from premier_accueil.annuaire import actions
from premier_accueil.annuaire.actions.fusion import CHAMPS_AU_CHOIX
from premier_accueil.annuaire.requetes.doublons import face_a_face, fusions_recentes, paires_proposees
from premier_accueil.annuaire.requetes.doublons_de_parties import fusions_de_parties_recentes, paires_de_parties
from premier_accueil.pages.demarches.liste import page_dite
from premier_accueil.pages.entree import RequeteDe, entree


@require_GET
@entree(Droit.TENIR_L_ANNUAIRE)
def doublons(requete: RequeteDe) -> HttpResponse:
    """List the pairs to look at, most alike first, and the last merges."""
    vues = paires_proposees(requete.role, page=page_dite(requete))
    contexte = {
        "vues": vues, "fusions": fusions_recentes(requete.role), "parties": paires_de_parties(requete.role),
        "fusions_de_parties": fusions_de_parties_recentes(requete.role),
    }  # fmt: skip
    return render(requete, "annuaire/doublons.html", contexte)


@require_POST
@entree(Droit.TENIR_L_ANNUAIRE)
def chercher(requete: RequeteDe) -> HttpResponse:
    """Look for pairs among the entries of the département."""
    ici, a = requete.role.departement, timezone.now()
    neuves, parties = actions.proposer_des_doublons(a=a, departement=ici), actions.proposer_des_parties(ici, a=a)
    messages.success(requete, f"{neuves} nouvelle(s) paire(s) à regarder." if neuves else "Rien de nouveau.")
    if parties:
        messages.success(requete, f"Et {parties} de services ou de lieux.")
    return redirect("annuaire:doublons")


@require_http_methods(["GET", "POST"])
@entree(Droit.TENIR_L_ANNUAIRE)
def paire(requete: RequeteDe, paire_id: int) -> HttpResponse:
    """Show two entries side by side; merge them as chosen."""
    vue = face_a_face(paire_id, requete.role)
    if vue is None:
        return _deja_decidee(requete, paire_id)
    choix, garder = requete.POST, str(vue.paire.une.id)
    if requete.method == "POST":
        garder = choix.get("garder", "")
        refus = _fusionner(requete, vue.paire.une.id, vue.paire.autre.id)
        if not refus:
            return redirect("annuaire:doublons")
        messages.error(requete, refus)
    pris = {c.nom: choix.get(c.nom, str((vue.paire.autre if c.de_l_autre else vue.paire.une).id)) for c in vue.champs}
    contexte = {"vue": vue, "garder": garder, "pris": pris}
    return render(requete, "annuaire/paire.html", contexte, status=400 if requete.method == "POST" else 200)


def _fusionner(requete: RequeteDe, une: int, autre: int) -> str:
    """Merge as the form says; return why not, in words, or nothing."""
    garder = requete.POST.get("garder", "")
    if garder not in {str(une), str(autre)}:
        return "Choisissez la fiche à garder. Vos autres choix sont gardés."
    gardee, absorbee = (une, autre) if garder == str(une) else (autre, une)
    prendre = [c for c in CHAMPS_AU_CHOIX if requete.POST.get(c) == str(absorbee)]
    try:
        actions.fusionner(gardee, absorbee, prendre=prendre, role=requete.role, a=timezone.now())
    except (actions.FusionRefusee, actions.FicheRefusee) as refus:
        return str(refus)
    messages.success(requete, "Les deux fiches n'en font plus qu'une. Vous pouvez revenir en arrière, plus bas.")
    return ""


def _deja_decidee(requete: RequeteDe, paire_id: int) -> HttpResponse:
    try:
        actions.paire_tenue(paire_id, requete.role)
    except actions.PaireInconnue:
        raise Http404 from None
    messages.info(requete, "Cette paire est déjà décidée.")
    return redirect("annuaire:doublons")


@require_POST
@entree(Droit.TENIR_L_ANNUAIRE)
def ecarter(requete: RequeteDe, paire_id: int) -> HttpResponse:
    """Say that a pair is two entries."""
    return ecartees(requete, actions.ecarter, paire_id)


@require_POST
@entree(Droit.TENIR_L_ANNUAIRE)
def separer(requete: RequeteDe, fusion_de_fiches_id: int) -> HttpResponse:
    """Undo a merge."""
    return separees(requete, actions.separer, fusion_de_fiches_id)


def ecartees(requete: RequeteDe, ecarter: Callable[..., None], paire: int) -> HttpResponse:
    """Have a pair said to be two, of entries, services or places, and say so."""
    try:
        ecarter(paire, role=requete.role, a=timezone.now())
    except actions.PaireInconnue:
        raise Http404 from None
    messages.success(requete, "C'est noté : ces deux fiches ne seront plus rapprochées.")
    return redirect("annuaire:doublons")


def separees(requete: RequeteDe, separer: Callable[..., Sequence[str]], fusion: int) -> HttpResponse:
    """Have a merge undone, of entries, services or places; say what stays as it was changed since, or why not."""
    try:
        restes = separer(fusion, role=requete.role, a=timezone.now())
    except actions.FusionInconnue:
        raise Http404 from None
    except actions.FusionRefusee as refus:
        messages.error(requete, str(refus))
        return redirect("annuaire:doublons")
    suite = f" Changés depuis et laissés tels quels : {', '.join(restes)}." if restes else ""
    messages.success(requete, f"Les deux fiches sont de nouveau là.{suite}")
    return redirect("annuaire:doublons")
