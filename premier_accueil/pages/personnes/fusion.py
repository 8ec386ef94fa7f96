"""Two files that are one person: proposed by one, validated by another, undone by anybody who keeps them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from premier_accueil.acteurs.regles import Droit
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.personnes import formulaires as f
from premier_accueil.pages.personnes.commun import enregistre, page, sinon_introuvable
from premier_accueil.personnes import actions, requetes

GESTES = {
    "valider": (actions.valider_une_fusion, "Dossiers réunis. Vous pouvez défaire ce rapprochement à tout moment."),
    "refuser": (actions.refuser_une_fusion, "Rapprochement refusé : rien n'a bougé."),
    "defaire": (actions.defaire_une_fusion, "Rapprochement défait : chaque dossier a retrouvé ce qui était à lui."),
}


@require_http_methods(["GET", "POST"])
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def rapprocher(requete: RequeteDe, personne_id: int) -> HttpResponse:
    """Find the other file, then propose that both are one person."""
    role, a = requete.role, timezone.now()
    saisie = f.ARapprocher(requete.POST if requete.method == "POST" else None)
    if saisie.is_bound:
        saisie.proposer(requetes.chercher(saisie.data.get("texte", ""), role, a).lignes)

    def proposer() -> None:
        d = saisie.cleaned_data
        actions.proposer_une_fusion(personne_id, d["avec"] or 0, raison=d["raison"], role=role, a=a)

    if saisie.is_bound and saisie.data.get("avec") and enregistre(saisie, proposer):
        messages.success(requete, "Proposé. Une autre personne que vous doit valider.")
        return redirect("personnes:rapprochements")
    return page(
        requete, personne_id, saisie, "Rapprocher de l'autre dossier de cette personne", "Proposer",
        gabarit="personnes/choix.html",
        aide="Deux personnes peuvent porter le même nom. Ne rapprochez que si vous en êtes sûr : un autre validera.",
    )  # fmt: skip


@require_GET
@entree(Droit.OUVRIR_UN_DOSSIER)
def rapprochements(requete: RequeteDe) -> HttpResponse:
    """List what waits for a second person, and what was done."""
    vus = requetes.rapprochements(requete.role, timezone.now())
    return render(requete, "personnes/rapprochements.html", {"rapprochements": vus})


@require_POST
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def decider(requete: RequeteDe, fusion_id: int, geste: str) -> HttpResponse:
    """Validate, refuse or undo."""
    agir, dit = GESTES[geste]
    try:
        agir(fusion_id, role=requete.role, a=timezone.now())
        messages.success(requete, dit)
    except actions.SaisieRefusee as refus:
        messages.error(requete, str(refus))
    return redirect("personnes:rapprochements")
