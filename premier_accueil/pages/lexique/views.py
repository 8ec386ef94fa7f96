"""The committee's pages, and the one form of the counter."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from premier_accueil.acteurs.regles import Droit
from premier_accueil.orientation.actions import epreuve
from premier_accueil.orientation.actions import lexique as actions
from premier_accueil.orientation.models import EntreeDuLexique, EssaiDuLexique
from premier_accueil.orientation.regles.lexique import EtatDEntree
from premier_accueil.orientation.requetes import lexique as requetes
from premier_accueil.pages.demarches.liste import page_dite
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.lexique.saisie import SaisieDEntree, SaisieDePhrase, refuser

MERCI = "Merci. Le comité lira cette phrase. Rien ne dit de qui elle vient, ni qui l'a proposée."
PUBLIE = "Publié : les guichets comprennent ces phrases dans un instant."
DEJA_FAIT = "C'était déjà fait : rien n'a changé."


@require_http_methods(["GET", "POST"])
@entree(Droit.RECEVOIR)
def proposer(requete: RequeteDe) -> HttpResponse:
    """Offer a phrase: the form is empty, nothing comes here from a visit by itself."""
    saisie = SaisieDePhrase(requete.POST if requete.method == "POST" else None)
    if saisie.is_bound and saisie.is_valid():
        try:
            actions.proposer_une_phrase(saisie.cleaned_data["dit"], a=timezone.now())
        except actions.PhraseRefusee as refus:
            refuser(saisie, refus)
        else:
            messages.success(requete, MERCI)
            return redirect("lexique:proposer")
    return render(requete, "lexique/proposer.html", {"saisie": saisie}, status=400 if saisie.is_bound else 200)


@require_GET
@entree(Droit.TENIR_L_ANNUAIRE)
def liste(requete: RequeteDe) -> HttpResponse:
    """List what waits, what is ready, what serves, what was taken back; and the last tries."""
    dite = requete.GET.get("vue", "")
    etat = EtatDEntree(dite) if dite in set(EtatDEntree) else EtatDEntree.PROPOSEE
    contexte = {
        "vues": requetes.entrees(etat, page=page_dite(requete)), "vue": etat, "onglets": list(EtatDEntree),
        "essais": requetes.essais(), "pretes": requetes.combien_pretes(),
    }  # fmt: skip
    return render(requete, "lexique/liste.html", contexte)


@require_http_methods(["GET", "POST"])
@entree(Droit.TENIR_L_ANNUAIRE)
def nouvelle(requete: RequeteDe) -> HttpResponse:
    """Write an entry of one's own."""
    saisie = SaisieDEntree(requete.POST if requete.method == "POST" else None)
    if saisie.is_bound and saisie.is_valid():
        try:
            actions.ajouter(saisie.dite(), role=requete.role, a=timezone.now())
        except actions.PhraseRefusee as refus:
            refuser(saisie, refus)
        else:
            messages.success(requete, "Phrase prête : essayez-la, puis publiez-la.")
            return redirect("lexique:liste")
    contexte = {"saisie": saisie, "fiche": None}
    return render(requete, "lexique/entree.html", contexte, status=400 if saisie.is_bound else 200)


@require_http_methods(["GET", "POST"])
@entree(Droit.TENIR_L_ANNUAIRE)
def une(requete: RequeteDe, entree_id: int) -> HttpResponse:
    """Show an entry and its history; say what it means."""
    try:
        fiche = requetes.entree_vue(entree_id)
        saisie = SaisieDEntree(requete.POST if requete.method == "POST" else None, entree=fiche.entree)
        if saisie.is_bound and saisie.is_valid():
            version = saisie.version_lue
            actions.preparer(entree_id, saisie.dite(), version=version, role=requete.role, a=timezone.now())
            messages.success(requete, "Phrase prête : essayez-la, puis publiez-la.")
            return redirect("lexique:liste")
    except EntreeDuLexique.DoesNotExist:
        raise Http404 from None
    except actions.PhraseRefusee as refus:
        refuser(saisie, refus)
    contexte = {"saisie": saisie, "fiche": fiche}
    return render(requete, "lexique/entree.html", contexte, status=400 if saisie.is_bound else 200)


@require_POST
@entree(Droit.TENIR_L_ANNUAIRE)
def effacer(requete: RequeteDe, entree_id: int) -> HttpResponse:
    """Delete a phrase that was never published."""
    efface = actions.effacer(entree_id)
    messages.success(requete, "Phrase effacée : il n'en reste rien." if efface else DEJA_FAIT)
    return redirect("lexique:liste")


@require_POST
@entree(Droit.TENIR_L_ANNUAIRE)
def retirer(requete: RequeteDe, entree_id: int) -> HttpResponse:
    """Take a published entry back."""
    retiree = actions.retirer(entree_id, role=requete.role, a=timezone.now())
    messages.success(requete, "Phrase retirée : elle ne sert plus dans un instant." if retiree else DEJA_FAIT)
    return redirect("lexique:liste")


@require_POST
@entree(Droit.TENIR_L_ANNUAIRE)
def essayer(requete: RequeteDe) -> HttpResponse:
    """Ask that all ready entries be tried together."""
    try:
        essai_id = epreuve.demander_un_essai(role=requete.role, a=timezone.now())
    except epreuve.RienAEssayer:
        messages.error(requete, "Aucune phrase n'est prête : dites d'abord ce qu'elles veulent dire.")
        return redirect("lexique:liste")
    return redirect("lexique:essai", essai_id)


@require_GET
@entree(Droit.TENIR_L_ANNUAIRE)
def essai(requete: RequeteDe, essai_id: int) -> HttpResponse:
    """Show a try: where it stands, then before and after."""
    try:
        vu = requetes.essai_vu(essai_id)
    except EssaiDuLexique.DoesNotExist:
        raise Http404 from None
    gabarit = "lexique/_essai.html" if "HX-Request" in requete.headers else "lexique/essai.html"
    return render(requete, gabarit, {"essai": vu})


@require_POST
@entree(Droit.TENIR_L_ANNUAIRE)
def publier(requete: RequeteDe, essai_id: int) -> HttpResponse:
    """Publish what a try found harmless."""
    try:
        combien = actions.publier(essai_id, role=requete.role, a=timezone.now())
    except EssaiDuLexique.DoesNotExist:
        raise Http404 from None
    except actions.PhraseRefusee as refus:
        messages.error(requete, str(refus))
    else:
        messages.success(requete, PUBLIE if combien else DEJA_FAIT)
    return redirect("lexique:essai", essai_id)
