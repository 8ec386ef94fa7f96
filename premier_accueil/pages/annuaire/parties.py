"""Services and places that may be one: two side by side, the merge and the way back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from premier_accueil.acteurs.regles import Droit
from premier_accueil.annuaire import actions
from premier_accueil.annuaire.actions.fusion_de_parties import champs_au_choix
from premier_accueil.annuaire.requetes.doublons_de_parties import (
    FaceAFaceDeParties,
    face_a_face_de_parties,
    paire_de_parties_tenue,
)
from premier_accueil.pages.annuaire.doublons import ecartees, separees
from premier_accueil.pages.entree import RequeteDe, entree


@require_http_methods(["GET", "POST"])
@entree(Droit.TENIR_L_ANNUAIRE)
def paire(requete: RequeteDe, paire_de_parties_id: int) -> HttpResponse:
    """Show two services, or two places, side by side; merge them as chosen."""
    vue = face_a_face_de_parties(paire_de_parties_id, requete.role)
    if vue is None:
        if paire_de_parties_tenue(paire_de_parties_id, requete.role) is None:
            raise Http404
        messages.info(requete, "Cette paire est déjà décidée.")
        return redirect("annuaire:doublons")
    choix, garder = requete.POST, vue.paire.une.cle
    if requete.method == "POST":
        garder = choix.get("garder", "")
        refus = _fusionner(requete, vue)
        if not refus:
            return redirect("annuaire:doublons")
        messages.error(requete, refus)
    pris = {c.nom: choix.get(c.nom, (vue.paire.autre if c.de_l_autre else vue.paire.une).cle) for c in vue.champs}
    contexte = {"vue": vue, "garder": garder, "pris": pris}
    return render(
        requete, "annuaire/paire_de_parties.html", contexte, status=400 if requete.method == "POST" else 200
    )


def _fusionner(requete: RequeteDe, vue: FaceAFaceDeParties) -> str:
    """Merge as the form says; return why not, in words, or nothing."""
    une, autre, garder = vue.paire.une, vue.paire.autre, requete.POST.get("garder", "")
    if garder not in {une.cle, autre.cle}:
        return "Choisissez la fiche à garder. Vos autres choix sont gardés."
    gardee, absorbee = (une, autre) if garder == une.cle else (autre, une)
    prendre = [c for c in champs_au_choix(vue.objet) if requete.POST.get(c) == absorbee.cle]
    try:
        actions.fusionner_des_parties(
            vue.objet, gardee.id, absorbee.id, prendre=prendre, role=requete.role, a=timezone.now()
        )
    except (actions.FusionRefusee, actions.FicheRefusee) as refus:
        return str(refus)
    messages.success(requete, "Les deux fiches n'en font plus qu'une. Vous pouvez revenir en arrière, plus bas.")
    return ""


@require_POST
@entree(Droit.TENIR_L_ANNUAIRE)
def ecarter(requete: RequeteDe, paire_de_parties_id: int) -> HttpResponse:
    """Say that a pair is two."""
    return ecartees(requete, actions.ecarter_des_parties, paire_de_parties_id)


@require_POST
@entree(Droit.TENIR_L_ANNUAIRE)
def separer(requete: RequeteDe, fusion_de_parties_id: int) -> HttpResponse:
    """Undo a merge."""
    return separees(requete, actions.separer_des_parties, fusion_de_parties_id)
