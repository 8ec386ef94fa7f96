"""One démarche: its clock explained, undo, take over, tell the person, her printed page."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from premier_accueil.acteurs.regles import Droit
from premier_accueil.entretien.actions import demarches as actions
from premier_accueil.entretien.regles.demarches import le, regles
from premier_accueil.entretien.requetes.demarches import demarche_vue
from premier_accueil.pages.demarches.commun import sinon_introuvable
from premier_accueil.pages.demarches.formulaires import ARattacher
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.personnes.commun import enregistre
from premier_accueil.personnes.actions import SaisieRefusee
from premier_accueil.personnes.requetes import chercher
from premier_accueil.relais.regles import dire_la_demarche
from premier_accueil.socle.horloge import jour_local


@require_GET
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def fiche(requete: RequeteDe, demarche_id: int) -> HttpResponse:
    """Show a démarche."""
    vue = demarche_vue(demarche_id, requete.role, timezone.now())
    contexte = {"vue": vue, "textes": regles.textes, "date": le(date.fromisoformat(regles.date))}
    return render(requete, "demarches/fiche.html", contexte)


@require_GET
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def feuille(requete: RequeteDe, demarche_id: int) -> HttpResponse:
    """Show the person's page, to print: neither her name nor ours (T22)."""
    a = timezone.now()
    reponse = render(requete, "demarches/feuille.html", {"vue": demarche_vue(demarche_id, requete.role, a), "a": a})
    reponse["Cache-Control"] = "no-store"
    return reponse


@require_GET
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def lettre(requete: RequeteDe, demarche_id: int) -> HttpResponse:
    """Show the letter that the person signs and sends herself: nothing leaves from here."""
    a = timezone.now()
    vue = demarche_vue(demarche_id, requete.role, a)
    dite = dire_la_demarche(vue.procedure.libelle, vue.dossier, jour_local(a)).splitlines()
    reponse = render(requete, "demarches/lettre.html", {"vue": vue, "dite": dite, "a": a})
    reponse["Cache-Control"] = "no-store"
    return reponse


@require_POST
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def annuler(requete: RequeteDe, demarche_id: int) -> HttpResponse:
    """Undo the last gesture, or reopen."""
    try:
        geste = actions.annuler(demarche_id, role=requete.role, a=timezone.now())
        messages.success(requete, "Démarche rouverte." if geste == actions.ROUVRIR else "Geste annulé.")
    except SaisieRefusee as refus:
        messages.error(requete, str(refus))
    return redirect("demarches:fiche", demarche_id)


@require_POST
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def reprendre(requete: RequeteDe, demarche_id: int) -> HttpResponse:
    """Follow it from now on."""
    actions.reprendre(demarche_id, role=requete.role, a=timezone.now())
    messages.success(requete, "Vous suivez maintenant cette démarche.")
    return redirect("demarches:fiche", demarche_id)


@require_POST
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def prevenir(requete: RequeteDe, demarche_id: int) -> HttpResponse:
    """Note that the person knows where her request went."""
    actions.prevenir(demarche_id, role=requete.role, a=timezone.now())
    messages.success(requete, "C'est noté : la personne est prévenue.")
    return redirect("demarches:fiche", demarche_id)


@require_http_methods(["GET", "POST"])
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def rattacher(requete: RequeteDe, demarche_id: int) -> HttpResponse:
    """Attach an anonymous démarche to a file, at the person's request (T5)."""
    role, a = requete.role, timezone.now()
    vue = demarche_vue(demarche_id, role, a)
    saisie = ARattacher(requete.POST if requete.method == "POST" else None)
    if saisie.is_bound:
        saisie.proposer(chercher(saisie.data.get("texte", ""), role, a).lignes)

    def poser() -> None:
        actions.rattacher(demarche_id, saisie.cleaned_data["avec"], role=role, a=a)

    if saisie.is_bound and saisie.data.get("avec") and enregistre(saisie, poser):
        messages.success(requete, "Démarche rattachée à son dossier.")
        return redirect("demarches:fiche", demarche_id)
    contexte = {"vue": vue, "saisie": saisie}
    return render(requete, "demarches/rattacher.html", contexte, status=400 if saisie.errors else 200)
