"""Other software of the structure: tokens that act for a mission, addresses told that a relay moved."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from premier_accueil.acteurs.actions import JetonRefuse, creer_un_jeton, revoquer_un_jeton
from premier_accueil.acteurs.models import JetonDApi
from premier_accueil.acteurs.regles import Droit
from premier_accueil.acteurs.requetes import jetons_de, missions_de_la_structure
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.personnes.formulaires import Formulaire
from premier_accueil.relais.actions import SaisieRefusee, s_abonner, se_desabonner
from premier_accueil.relais.models import Abonnement
from premier_accueil.relais.requetes import abonnements_de


class NouveauJeton(Formulaire):
    """A token: which software, for which mission."""

    nom = forms.CharField(
        label="Le logiciel qui s'en servira", max_length=80, error_messages={"required": "Écrivez quel logiciel."}
    )
    mission = forms.TypedChoiceField(
        label="La mission pour laquelle il agit", coerce=int, error_messages={"required": "Choisissez une mission."}
    )


class NouvelleAdresse(Formulaire):
    """An address to tell."""

    adresse = forms.CharField(
        label="Adresse à prévenir", max_length=300, error_messages={"required": "Écrivez l'adresse."},
        help_text="Elle commence par https://. Elle reçoit un numéro et un état, jamais un mot.",
    )  # fmt: skip


@require_GET
@entree(Droit.ADMINISTRER)
def logiciels(requete: RequeteDe) -> HttpResponse:
    """Show which software acts or listens, and how to add one."""
    return _page(requete)


@never_cache
@require_POST
@entree(Droit.ADMINISTRER)
def donner_un_jeton(requete: RequeteDe) -> HttpResponse:
    """Make a token, shown once."""
    saisie = _jeton(requete, requete.POST)
    if saisie.is_valid():
        d = saisie.cleaned_data
        try:
            secret = creer_un_jeton(d["mission"], d["nom"], role=requete.role, a=timezone.now())
        except JetonRefuse as refus:
            saisie.add_error(refus.champ, str(refus))
        else:
            return render(requete, "administration/secret.html", {"secret": secret, "quoi": "jeton"})
    return _page(requete, jeton=saisie, statut=400)


@never_cache
@require_POST
@entree(Droit.ADMINISTRER)
def prevenir_une_adresse(requete: RequeteDe) -> HttpResponse:
    """Subscribe an address; the secret that signs is shown once."""
    saisie = NouvelleAdresse(requete.POST)
    if saisie.is_valid():
        try:
            secret = s_abonner(saisie.cleaned_data["adresse"], role=requete.role, a=timezone.now())
        except SaisieRefusee as refus:
            saisie.add_error(refus.champ, str(refus))
        else:
            return render(requete, "administration/secret.html", {"secret": secret, "quoi": "secret de signature"})
    return _page(requete, adresse=saisie, statut=400)


@require_POST
@entree(Droit.ADMINISTRER)
def arreter_un_jeton(requete: RequeteDe, jeton_id: int) -> HttpResponse:
    """Stop a token at once."""
    try:
        revoquer_un_jeton(jeton_id, role=requete.role, a=timezone.now())
    except JetonDApi.DoesNotExist as erreur:
        raise Http404 from erreur
    messages.success(requete, "Le jeton est arrêté : il n'ouvre plus rien.")
    return redirect("administration:logiciels")


@require_POST
@entree(Droit.ADMINISTRER)
def ne_plus_prevenir(requete: RequeteDe, abonnement_id: int) -> HttpResponse:
    """Stop telling an address."""
    try:
        se_desabonner(abonnement_id, role=requete.role, a=timezone.now())
    except Abonnement.DoesNotExist as erreur:
        raise Http404 from erreur
    messages.success(requete, "Cette adresse n'est plus prévenue.")
    return redirect("administration:logiciels")


def _jeton(requete: RequeteDe, donnees: Any = None) -> NouveauJeton:
    saisie = NouveauJeton(donnees)
    missions = missions_de_la_structure(requete.role, timezone.now())
    saisie.choix("mission", [(m.id, f"{m.nom}, {m.fonction}") for m in missions])
    return saisie


def _page(
    requete: RequeteDe, *, jeton: Formulaire | None = None, adresse: Formulaire | None = None, statut: int = 200
) -> HttpResponse:  # fmt: skip
    contexte = {
        "jetons": jetons_de(requete.role), "abonnements": abonnements_de(requete.role),
        "saisie_jeton": jeton or _jeton(requete), "saisie_adresse": adresse or NouvelleAdresse(),
    }  # fmt: skip
    return render(requete, "administration/logiciels.html", contexte, status=statut)
