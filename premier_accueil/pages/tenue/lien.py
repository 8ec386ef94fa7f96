"""The structure's page, by link, without an account: six lines a service, "rien n'a changé" or correct. Phone first."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from premier_accueil.annuaire.actions import FicheRefusee
from premier_accueil.annuaire.actions.reponses import (
    SaisiesRefusees,
    confirmer_par_le_lien,
    corriger_par_le_lien,
    signature,
)
from premier_accueil.annuaire.requetes.campagnes import Invitation, invitation, restent_a_confirmer
from premier_accueil.annuaire.requetes.parties import FicheEnParties, fiches_a_lire, parties_du_service
from premier_accueil.pages.entree import publique
from premier_accueil.pages.tenue.saisie import SaisieDeFiche

BISCUIT = "signature_de_fiche"
JOURNEE = 8 * 3600


@require_http_methods(["GET", "POST"])
@publique
def fiche(requete: HttpRequest, adresse: str) -> HttpResponse:
    """Read every service of the structure again; confirm one, or all."""
    vue = ouvrir(adresse)
    if vue.close:
        return page_du_lien(requete, "tenue/lien_fini.html", {"vue": vue}, 410)
    restent = frozenset(restent_a_confirmer(vue.structure_id, vue.depuis))
    fiches = fiches_a_lire(vue.structure_id, restent)
    contexte: dict[str, Any] = {"vue": vue, "fiches": fiches, "restent": len(restent), "fautes": {}}
    if requete.method == "GET":
        return page_du_lien(requete, "tenue/lien.html", contexte | {"signe": signature_gardee(requete)})
    signe = signature_dite(requete)
    confirmes = [f.service_id for f in fiches if requete.POST.get("confirmer") in ("tout", str(f.service_id))]
    try:
        encore = confirmer_par_le_lien(adresse, confirmes, dit=signature(**signe), a=timezone.now())
    except FicheRefusee as refus:
        return page_du_lien(requete, "tenue/lien.html", contexte | {"signe": signe, "fautes": refus.phrases}, 400)
    return merci(requete, adresse, signe, encore)


@require_http_methods(["GET", "POST"])
@publique
def corriger(requete: HttpRequest, adresse: str, service_id: int) -> HttpResponse:
    """Correct one service in place; what is sent confirms the rest."""
    vue = ouvrir(adresse)
    if vue.close:
        return page_du_lien(requete, "tenue/lien_fini.html", {"vue": vue}, 410)
    parties = parties_du_service(service_id)
    if parties is None or parties.structure_id != vue.structure_id:
        raise Http404
    if requete.method == "POST":
        return _corriger(requete, adresse, vue, parties)
    saisie = SaisieDeFiche(parties, a_lire=True)
    return _formulaire(requete, vue, saisie, signature_gardee(requete))


def _corriger(requete: HttpRequest, adresse: str, vue: Invitation, parties: FicheEnParties) -> HttpResponse:
    signe, saisie = signature_dite(requete), SaisieDeFiche(parties, requete.POST, a_lire=True)
    fautes: dict[str, str] = {}
    ecarts: list[tuple[str, str, str]] = []
    if saisie.valide() and parties.service_id:
        try:
            encore = corriger_par_le_lien(
                adresse, parties.service_id, saisie.dites(), dit=signature(**signe), a=timezone.now()
            )
            return merci(requete, adresse, signe, encore)
        except SaisiesRefusees as refus:
            saisie.refuser(refus.phrases)
            relue = parties_du_service(parties.service_id)
            ecarts = saisie.ecarts(relue) if refus.change and relue else []
        except FicheRefusee as refus:
            fautes = refus.phrases
    return _formulaire(requete, vue, saisie, signe, fautes, ecarts, 400)


def _formulaire(
    requete: HttpRequest,
    vue: Invitation,
    saisie: SaisieDeFiche,
    signe: dict[str, str],
    fautes: dict[str, str] | None = None,
    ecarts: list[tuple[str, str, str]] | None = None,
    statut: int = 200,
) -> HttpResponse:
    contexte = {
        "vue": vue, "saisie": saisie, "fiche": saisie.fiche, "signe": signe, "fautes": fautes or {},
        "ecarts": ecarts or [], "retour": requete.path.rsplit("/", 2)[0] + "/",
    }  # fmt: skip
    return page_du_lien(requete, "tenue/lien_corriger.html", contexte, statut)


def ouvrir(adresse: str) -> Invitation:
    """Return what a link opens, or 404."""
    vue = invitation(adresse, timezone.now())
    if vue is None:
        raise Http404
    return vue


def merci(requete: HttpRequest, adresse: str, signe: dict[str, str], restent: int) -> HttpResponse:
    """Go back to the list of the link, and remember who signs on this telephone."""
    dit = "Merci, tout est noté. Vous pouvez fermer cette page."
    if restent:
        dit = f"C'est noté, merci. Il reste {restent} fiche{'s' if restent > 1 else ''} à relire."
    messages.success(requete, dit)
    chemin = reverse("fiche_par_lien", args=[adresse])
    reponse = redirect(chemin)
    reponse.set_cookie(
        BISCUIT, signing.dumps(signe, salt=adresse), max_age=JOURNEE, path=chemin, httponly=True, samesite="Strict",
        secure=requete.is_secure(),
    )  # fmt: skip
    return reponse


def signature_dite(requete: HttpRequest) -> dict[str, str]:
    """Return the name and the function that were typed."""
    return {"nom": requete.POST.get("nom", "")[:80], "fonction": requete.POST.get("fonction", "")[:110]}


def signature_gardee(requete: HttpRequest) -> dict[str, str]:
    """Return the name and the function signed before on this telephone."""
    try:
        garde = signing.loads(requete.COOKIES.get(BISCUIT, ""), salt=requete.path.split("/")[2], max_age=JOURNEE)
    except signing.BadSignature:
        garde = {}
    return {"nom": str(garde.get("nom", "")), "fonction": str(garde.get("fonction", ""))}


def page_du_lien(requete: HttpRequest, gabarit: str, contexte: dict[str, Any], statut: int = 200) -> HttpResponse:
    """Show a page of a link: its address is told to nobody else."""
    reponse = render(requete, gabarit, contexte, status=statut)
    reponse["Referrer-Policy"] = "same-origin"
    return reponse
