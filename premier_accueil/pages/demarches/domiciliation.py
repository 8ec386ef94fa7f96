"""The domiciliations: request, interview, decision, contacts, absences. The software proposes, somebody decides."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from premier_accueil.acteurs.regles import Droit
from premier_accueil.entretien.actions import domiciliation as actions
from premier_accueil.entretien.regles.domiciliation import DOMICILIATION, GESTES_DE_DOMICILIATION
from premier_accueil.entretien.requetes import domiciliation as requetes
from premier_accueil.pages.demarches import formulaires as f
from premier_accueil.pages.demarches.commun import sinon_introuvable
from premier_accueil.pages.demarches.liste import page_dite
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.personnes.commun import enregistre
from premier_accueil.personnes.actions import SaisieRefusee
from premier_accueil.personnes.requetes import entete
from premier_accueil.socle.horloge import jour_local


def _du_clic(requete: RequeteDe) -> UUID:
    """Return the number that the page drew for this click; a new one when it is missing or mangled."""
    try:
        return UUID(requete.POST.get("demande_id", ""))
    except ValueError:
        return uuid4()


@require_GET
@entree(Droit.OUVRIR_UN_DOSSIER)
def liste(requete: RequeteDe) -> HttpResponse:
    """Show what must be answered, what runs, and who gave no sign for three months."""
    dite = requete.GET.get("vue", "")
    vue = requetes.Vue(dite) if dite in set(requetes.Vue) else requetes.Vue.A_REPONDRE
    vues = requetes.domiciliations(requete.role, timezone.now(), vue=vue, page=page_dite(requete))
    contexte = {"vues": vues, "vue": vue.value, "onglets": requetes.VUES, "sources": DOMICILIATION.sources}
    return render(requete, "demarches/domiciliations.html", contexte)


@require_http_methods(["GET", "POST"])
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def demander(requete: RequeteDe, personne_id: int) -> HttpResponse:
    """Receive a request."""
    role, a = requete.role, timezone.now()
    qui = entete(personne_id, role, a)
    debut = {"demande_id": uuid4(), "jour": jour_local(a)}
    saisie = f.Demande(requete.POST if requete.method == "POST" else None, initial=debut)
    faites: list[int] = []

    def recevoir() -> None:
        faites.append(actions.demander(personne_id, **saisie.cleaned_data, role=role, a=a))

    if saisie.is_bound and enregistre(saisie, recevoir):
        messages.success(requete, "Demande reçue. Remettez l'accusé de réception à la personne.")
        return redirect("demarches:domiciliation", faites[0])
    contexte = {"qui": qui, "saisie": saisie, "mois": DOMICILIATION.mois_pour_repondre}
    return render(requete, "demarches/domicilier.html", contexte, status=400 if saisie.is_bound else 200)


@require_GET
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def fiche(requete: RequeteDe, domiciliation_id: int) -> HttpResponse:
    """Show a domiciliation."""
    vue = requetes.domiciliation_vue(domiciliation_id, requete.role, timezone.now())
    contexte = {"vue": vue, "regles": DOMICILIATION, "demande_id": uuid4(), "contacts": DOMICILIATION.contacts.items()}
    return render(requete, "demarches/domiciliation.html", contexte)


@require_http_methods(["GET", "POST"])
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def faire(requete: RequeteDe, domiciliation_id: int, geste: str) -> HttpResponse:
    """Ask what the gesture needs, then make it."""
    role, a = requete.role, timezone.now()
    vue = requetes.domiciliation_vue(domiciliation_id, role, a)
    debut = {"version": vue.version, "jour": jour_local(a)}
    saisie = f.de_domiciliation(geste, requete.POST if requete.method == "POST" else None, initial=debut)

    def agir() -> None:
        version = saisie.cleaned_data["version"]
        actions.faire(geste, domiciliation_id, saisie.decision(), version=version, role=role, a=a)

    if saisie.is_bound and enregistre(saisie, agir):
        messages.success(requete, "C'est noté.")
        return redirect("demarches:domiciliation", domiciliation_id)
    contexte = {"vue": vue, "saisie": saisie, "titre": GESTES_DE_DOMICILIATION[geste].libelle}
    return render(requete, "demarches/domiciliation_geste.html", contexte, status=400 if saisie.is_bound else 200)


@require_POST
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def noter_une_manifestation(requete: RequeteDe, domiciliation_id: int) -> HttpResponse:
    """Note, in one click, that she came, called, wrote or took her mail today."""
    try:
        actions.noter_une_manifestation(
            domiciliation_id, requete.POST.get("genre", ""), demande_id=_du_clic(requete), role=requete.role,
            a=timezone.now(),
        )  # fmt: skip
        messages.success(requete, "C'est noté dans le registre.")
    except SaisieRefusee as refus:
        messages.error(requete, str(refus))
    return redirect("demarches:domiciliation", domiciliation_id)


@require_http_methods(["GET", "POST"])
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def expliquer_une_absence(requete: RequeteDe, domiciliation_id: int) -> HttpResponse:
    """Note why she cannot come."""
    role, a = requete.role, timezone.now()
    vue = requetes.domiciliation_vue(domiciliation_id, role, a)
    saisie = f.AbsenceDite(requete.POST if requete.method == "POST" else None, initial={"demande_id": uuid4()})

    def noter() -> None:
        actions.expliquer_une_absence(domiciliation_id, **saisie.cleaned_data, role=role, a=a)

    if saisie.is_bound and enregistre(saisie, noter):
        messages.success(requete, "Absence notée : ce temps ne compte pas.")
        return redirect("demarches:domiciliation", domiciliation_id)
    contexte = {"vue": vue, "saisie": saisie, "titre": "Une absence expliquée"}
    return render(requete, "demarches/domiciliation_geste.html", contexte, status=400 if saisie.is_bound else 200)


@require_http_methods(["GET", "POST"])
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def proposer_un_soutien(requete: RequeteDe, domiciliation_id: int) -> HttpResponse:
    """Record what she answered to the support offered (S1)."""
    role, a = requete.role, timezone.now()
    vue = requetes.domiciliation_vue(domiciliation_id, role, a)
    debut = {"soutien": vue.soutien, "referent_souhaite": vue.referent_souhaite}
    saisie = f.Soutien(requete.POST if requete.method == "POST" else None, initial=debut)

    def noter() -> None:
        actions.proposer_un_soutien(domiciliation_id, **saisie.cleaned_data, role=role, a=a)

    if saisie.is_bound and enregistre(saisie, noter):
        messages.success(requete, "Réponse notée.")
        return redirect("demarches:domiciliation", domiciliation_id)
    contexte = {"vue": vue, "saisie": saisie, "titre": "Proposer un accompagnement"}
    return render(requete, "demarches/domiciliation_geste.html", contexte, status=400 if saisie.is_bound else 200)


@require_POST
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def renouveler(requete: RequeteDe, domiciliation_id: int) -> HttpResponse:
    """Receive the request to renew it."""
    role, a = requete.role, timezone.now()
    vue = requetes.domiciliation_vue(domiciliation_id, role, a)
    clic = _du_clic(requete)
    try:
        nouvelle = actions.demander(vue.personne_id, demande_id=clic, precedente_id=domiciliation_id, role=role, a=a)
    except SaisieRefusee as refus:
        messages.error(requete, str(refus))
        return redirect("demarches:domiciliation", domiciliation_id)
    messages.success(requete, "Renouvellement demandé. Un entretien est prévu par le texte.")
    return redirect("demarches:domiciliation", nouvelle)
