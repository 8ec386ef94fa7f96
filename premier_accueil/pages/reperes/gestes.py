"""Gestures on a sheet: read it, send it, decide, publish, show it to the public, begin the next version."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.reperes.commun import numero_dit, sinon_introuvable
from premier_accueil.pages.reperes.lecture import page_de_la_fiche
from premier_accueil.reperes import actions
from premier_accueil.reperes.regles import ETATS, GESTES, GesteImpossible
from premier_accueil.reperes.requetes import fiche_vue


def _jour(dit: str) -> date | None:
    try:
        jour = date.fromisoformat(dit)
    except ValueError:
        return None
    return jour if 2000 <= jour.year <= 2200 else None


@require_POST
@entree()
@sinon_introuvable()
def faire(requete: RequeteDe, fiche_id: int) -> HttpResponse:
    """Make a gesture of the table on one version."""
    p, numero, geste = requete.POST, numero_dit(requete, "numero"), requete.POST.get("geste", "")
    fiche_vue(fiche_id, requete.role, timezone.now(), numero=numero)
    if numero is None or geste not in GESTES:
        return page_de_la_fiche(requete, fiche_id, refus="Choisissez ce que vous voulez faire.", code=400)
    dit = actions.Dit(
        decision=p.get("decision", ""), par=p.get("par", ""), le=_jour(p.get("le", "")), mot=p.get("mot", ""),
        revoir_le=_jour(p.get("revoir_le", "")), publique=p.get("publique") == "1",
    )  # fmt: skip
    try:
        etat = actions.agir(fiche_id, numero, geste, dit, role=requete.role, a=timezone.now())
    except (actions.SaisieRefusee, GesteImpossible) as refus:
        return page_de_la_fiche(requete, fiche_id, refus=str(refus), code=400)
    messages.success(requete, f"« {GESTES[geste].libelle} » : c'est fait. La version {numero} est {ETATS[etat]}.")
    return redirect(f"{reverse('reperes:une', args=[fiche_id])}?numero={numero}")


@require_POST
@entree()
@sinon_introuvable()
def lu(requete: RequeteDe, fiche_id: int) -> HttpResponse:
    """Say that one has read the version in force."""
    a = timezone.now()
    numero = numero_dit(requete, "numero") or fiche_vue(fiche_id, requete.role, a).version.numero
    try:
        neuve = actions.confirmer_la_lecture(fiche_id, numero, role=requete.role, a=a)
    except GesteImpossible as refus:
        messages.error(requete, str(refus))
    else:
        messages.success(requete, "C'est noté : vous l'avez lue." if neuve else "C'était déjà noté.")
    return redirect("reperes:une", fiche_id)


@require_POST
@entree()
@sinon_introuvable()
def public(requete: RequeteDe, fiche_id: int) -> HttpResponse:
    """Show the public version of a sheet, or stop showing it."""
    a, oui = timezone.now(), requete.POST.get("montrer") == "1"
    numero = numero_dit(requete, "numero") or fiche_vue(fiche_id, requete.role, a).version.numero
    try:
        actions.montrer_au_public(fiche_id, numero, oui=oui, role=requete.role, a=a)
    except (GesteImpossible, actions.SaisieRefusee) as refus:
        messages.error(requete, str(refus))
    else:
        messages.success(requete, "Tout le monde peut la lire." if oui else "Elle n'est plus montrée au grand public.")
    return redirect("reperes:une", fiche_id)


@require_POST
@entree()
@sinon_introuvable()
def suivante(requete: RequeteDe, fiche_id: int) -> HttpResponse:
    """Begin the next version, or find the one that a colleague began."""
    try:
        actions.preparer_la_suivante(fiche_id, role=requete.role, a=timezone.now())
    except GesteImpossible as refus:
        messages.error(requete, str(refus))
        return redirect("reperes:une", fiche_id)
    return redirect("reperes:modifier", fiche_id)
