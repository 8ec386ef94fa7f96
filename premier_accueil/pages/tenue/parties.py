"""What is added to one's entry or taken out: permanences, contacts, closed days; a place that moved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from premier_accueil.annuaire.actions import FicheAChange, FicheRefusee, parties
from premier_accueil.annuaire.regles.historique import Objet
from premier_accueil.annuaire.requetes import tient
from premier_accueil.annuaire.requetes.lieux import jours_fermes_du_service, lieu_a_deplacer, lieux_proposables
from premier_accueil.annuaire.requetes.parties import FicheEnParties, parties_du_service
from premier_accueil.annuaire.requetes.tenue import porteur_de
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.tenue.ajouts import (
    Refusable,
    SaisieDeContact,
    SaisieDeFermeture,
    SaisieDeLieu,
    SaisieDePermanence,
)
from premier_accueil.pages.tenue.fiches import TIENNENT
from premier_accueil.socle.horloge import jour_local

SE_REMET = "L'histoire de la fiche le garde, et le remet."


@require_http_methods(["GET", "POST"])
@entree(*TIENNENT)
def ajouter_permanence(requete: RequeteDe, service_id: int) -> HttpResponse:
    """Add a permanence to a service."""
    fiche, envoi = _fiche(service_id), _envoi(requete)
    saisie = SaisieDePermanence(lieux_proposables(service_id), envoi)

    def ecrire() -> str:
        parties.ajouter_une_permanence(
            service_id, saisie.champs(), lieu=saisie.lieu_dit(), role=requete.role, a=timezone.now()
        )
        return "Permanence ajoutée. Aucun import ne la changera."

    return _ajouter(requete, fiche, saisie, ecrire, "Ajouter une permanence")


@require_http_methods(["GET", "POST"])
@entree(*TIENNENT)
def ajouter_contact(requete: RequeteDe, service_id: int) -> HttpResponse:
    """Add a named contact to a service."""
    fiche, saisie = _fiche(service_id), SaisieDeContact(_envoi(requete))

    def ecrire() -> str:
        parties.ajouter_un_contact(service_id, saisie.cleaned_data, role=requete.role, a=timezone.now())
        return "Contact ajouté."

    return _ajouter(requete, fiche, saisie, ecrire, "Ajouter un contact")


@require_http_methods(["GET", "POST"])
@entree(*TIENNENT)
def fermetures(requete: RequeteDe, service_id: int) -> HttpResponse:
    """Show the days when a service closes; add some, take some out."""
    fiche, vue = _fiche(service_id), jours_fermes_du_service(service_id, jour_local(timezone.now()))
    du, _, au = requete.POST.get("rouvrir", "").partition("|")
    saisie = SaisieDeFermeture(vue, None if du else _envoi(requete))

    def ecrire() -> str:
        role, a = requete.role, timezone.now()
        if du:
            parties.rouvrir_des_jours(service_id, du[:10], au[:10], role=role, a=a)
            return "Ces jours sont rouverts."
        cles = [int(cle) for cle in saisie.cleaned_data["permanences"]]
        parties.fermer_des_jours(service_id, cles, saisie.periode(), role=role, a=a)
        return "Fermeture notée : elle se voit partout."

    return _ajouter(requete, fiche, saisie, ecrire, "Jours fermés", pret=bool(du), vue=vue)


@require_POST
@entree(*TIENNENT)
def retirer_permanence(requete: RequeteDe, permanence_id: int) -> HttpResponse:
    """Take a permanence out of a service."""
    return _retirer(requete, Objet.PERMANENCE, permanence_id, "Permanence retirée.")


@require_POST
@entree(*TIENNENT)
def retirer_contact(requete: RequeteDe, contact_id: int) -> HttpResponse:
    """Take a contact out of a service."""
    return _retirer(requete, Objet.INTERLOCUTEUR, contact_id, "Contact retiré.")


@require_POST
@entree(*TIENNENT)
def retirer_lieu(requete: RequeteDe, site_id: int) -> HttpResponse:
    """Take out a place where nothing is held any more."""
    return _retirer(requete, Objet.SITE, site_id, "Lieu retiré.", vers="tenue:structure", sinon="tenue:structure")


@require_http_methods(["GET", "POST"])
@entree(*TIENNENT)
def deplacer(requete: RequeteDe, site_id: int) -> HttpResponse:
    """Write the new address of a place."""
    lieu = lieu_a_deplacer(site_id)
    if lieu is None:
        raise Http404
    if not tient(requete.role, lieu.structure_id):
        messages.error(requete, parties.PAS_A_VOUS)
        return redirect("tenue:structure", lieu.structure_id)
    saisie, ici = SaisieDeLieu(lieu, _envoi(requete)), ""
    if requete.method == "POST" and saisie.is_valid():
        try:
            dite, version = saisie.adresse_dite(), saisie.cleaned_data["version"]
            parties.deplacer_un_lieu(site_id, dite, role=requete.role, version=version, a=timezone.now())
        except FicheRefusee as refus:
            saisie.refuser(refus.phrases)
            ici = f"{lieu.adresse}, {lieu.commune}" if isinstance(refus, FicheAChange) else ""
            saisie.relire(lieu.version)
        else:
            messages.success(requete, f"Adresse changée. {SE_REMET}")
            return redirect("tenue:structure", lieu.structure_id)
    contexte = {"lieu": lieu, "saisie": saisie, "ici": ici}
    return render(requete, "tenue/deplacer.html", contexte, status=400 if requete.method == "POST" else 200)


def _fiche(service_id: int) -> FicheEnParties:
    fiche = parties_du_service(service_id)
    if fiche is None:
        raise Http404
    return fiche


def _envoi(requete: RequeteDe) -> Any:
    return requete.POST if requete.method == "POST" else None


def _ajouter(
    requete: RequeteDe, fiche: FicheEnParties, saisie: Refusable, ecrire: Callable[[], str], titre: str, *,
    pret: bool = False, **contexte: Any,
) -> HttpResponse:  # fmt: skip
    """Show a form of the entry, or write what it says; what was typed stays."""
    if not tient(requete.role, fiche.structure_id):
        messages.error(requete, parties.PAS_A_VOUS)
        return redirect("annuaire:service", fiche.service_id)
    if requete.method == "POST" and (pret or saisie.is_valid()):
        try:
            messages.success(requete, f"{ecrire()} {SE_REMET}")
            return redirect("tenue:modifier_service", fiche.service_id)
        except FicheRefusee as refus:
            saisie.refuser(refus.phrases)
    contexte |= {"fiche": fiche, "saisie": saisie, "titre": titre}
    return render(requete, "tenue/ajouter.html", contexte, status=400 if requete.method == "POST" else 200)


def _retirer(
    requete: RequeteDe, objet: Objet, cle: int, dit: str, *,
    vers: str = "tenue:modifier_service", sinon: str = "annuaire:service",
) -> HttpResponse:  # fmt: skip
    porteur = porteur_de(objet, cle)
    if porteur is None:
        raise Http404
    try:
        parties.retirer_de_la_fiche(objet, cle, role=requete.role, a=timezone.now())
        messages.success(requete, f"{dit} {SE_REMET}")
    except FicheRefusee as refus:
        messages.error(requete, str(refus))
        return redirect(sinon, porteur)
    return redirect(vers, porteur)
