"""Operational guides: the list, one to read and print, and its order."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from premier_accueil.entretien.regles.curseur import en_vigueur
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.reperes.commun import poste, sinon_introuvable
from premier_accueil.pages.reperes.composer import composer
from premier_accueil.pages.reperes.formulaires import Guide, du_guide, guide_neuf
from premier_accueil.reperes import actions
from premier_accueil.reperes.requetes import guide_a_ecrire, guide_vu, guides
from premier_accueil.socle.horloge import jour_local


@require_GET
@entree()
def liste(requete: RequeteDe) -> HttpResponse:
    """List the guides."""
    return render(requete, "reperes/guides.html", {"guides": guides(requete.role)})


@require_GET
@entree()
@sinon_introuvable()
def un(requete: RequeteDe, guide_id: int) -> HttpResponse:
    """Show a guide whole, on one page made to be printed."""
    a, ici, guide = timezone.now(), poste(requete), guide_vu(guide_id, requete.role)
    commune = ici.commune_code if ici else None
    contexte = {
        "guide": guide, "a": a, "fiches": [(cle, composer(v, commune, a)) for cle, v in guide.fiches],
        "regles": en_vigueur(jour_local(a)) if guide.avec_le_curseur else (),
    }  # fmt: skip
    return render(requete, "reperes/guide.html", contexte)


@require_http_methods(["GET", "POST"])
@entree()
def nouveau(requete: RequeteDe) -> HttpResponse:
    """Write a guide."""
    role = requete.role
    saisie = Guide(requete.POST if requete.method == "POST" else None, role=role, initial=guide_neuf())
    if saisie.is_bound and saisie.is_valid():
        try:
            demande = saisie.cleaned_data["demande_id"] or uuid4()
            cle = actions.creer_un_guide(saisie.dit(), demande_id=demande, role=role, a=timezone.now())
        except actions.SaisieRefusee as refus:
            saisie.add_error(refus.champ if refus.champ in saisie.fields else None, str(refus))
        else:
            messages.success(requete, "Guide enregistré.")
            return redirect("reperes:guide", cle)
    return render(requete, "reperes/guide_modifier.html", {"saisie": saisie}, status=400 if saisie.errors else 200)


@require_http_methods(["GET", "POST"])
@entree()
@sinon_introuvable()
def modifier(requete: RequeteDe, guide_id: int) -> HttpResponse:
    """Change a guide."""
    role = requete.role
    guide = guide_a_ecrire(guide_id, role)
    saisie = Guide(
        requete.POST if requete.method == "POST" else None, role=role, initial=du_guide(guide, role.structure_id)
    )
    if saisie.is_bound and saisie.is_valid() and _change(saisie, guide_id, requete):
        messages.success(requete, "Guide enregistré.")
        return redirect("reperes:guide", guide_id)
    return render(requete, "reperes/guide_modifier.html", {"saisie": saisie}, status=400 if saisie.errors else 200)


def _change(saisie: Guide, guide_id: int, requete: RequeteDe) -> bool:
    """Save a guide; else the form says why and keeps what was typed."""
    try:
        revision = saisie.cleaned_data["revision"] or 0
        actions.changer_un_guide(guide_id, saisie.dit(), revision=revision, role=requete.role, a=timezone.now())
    except actions.EcritEntreTemps as conflit:
        saisie.data["revision"] = str(conflit.revision)  # type: ignore[index]
        saisie.add_error(None, str(conflit))
    except actions.SaisieRefusee as refus:
        saisie.add_error(refus.champ if refus.champ in saisie.fields else None, str(refus))
    return not saisie.errors
