"""Ask advice, answer it, write a vignette."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from premier_accueil.acteurs.regles import Droit, peut
from premier_accueil.entretien import actions, requetes
from premier_accueil.entretien.regles.curseur import Avertissement
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.entretien import saisie as s
from premier_accueil.pages.entretien.commun import fait, formulaire, sinon_introuvable
from premier_accueil.personnes.actions import SaisieRefusee


def _relu(agir: Callable[[], object], avertissements: list[Avertissement]) -> Callable[[], None]:
    """Return the same gesture, whose warnings are kept for the page."""

    def essayer() -> None:
        try:
            agir()
        except actions.Reconnaissable as doute:
            avertissements.extend(doute.avertissements)
            raise SaisieRefusee("relu", str(doute)) from doute

    return essayer


@require_http_methods(["GET", "POST"])
@entree(Droit.S_ENTRETENIR, Droit.CONSEILLER)
def conseils(requete: RequeteDe) -> HttpResponse:
    """List the requests for advice one reads; ask one."""
    role, a, doutes = requete.role, timezone.now(), list[Avertissement]()
    demande = peut(role.fonction, Droit.S_ENTRETENIR)
    saisie = s.Conseil(requete.POST if requete.method == "POST" and demande else None, initial=s.neuf())

    def agir() -> None:
        actions.demander_conseil(**saisie.cleaned_data, role=role, a=a)

    if saisie.is_bound and fait(saisie, _relu(agir, doutes)):
        messages.success(requete, "Votre question est partie. Le référent métier ne lit que ce texte.")
        return redirect("entretien:conseils")
    autres: dict[str, Any] = {"conseils": requetes.conseils(role, a), "demande": demande, "avertissements": doutes}
    return formulaire(requete, saisie, "Conseil", "Demander conseil", gabarit="entretien/conseils.html", **autres)


@require_http_methods(["GET", "POST"])
@entree(Droit.S_ENTRETENIR, Droit.CONSEILLER)
@sinon_introuvable()
def conseil(requete: RequeteDe, conseil_id: int) -> HttpResponse:
    """Read a request for advice; answer it when one is the advisor."""
    role, a = requete.role, timezone.now()
    vu = requetes.conseil_vu(conseil_id, role, a)
    repond = peut(role.fonction, Droit.CONSEILLER)
    saisie = s.Reponse(requete.POST if requete.method == "POST" and repond else None)

    def agir() -> None:
        actions.repondre_au_conseil(conseil_id, saisie.cleaned_data["reponse"], role=role, a=a)

    if saisie.is_bound and fait(saisie, agir):
        messages.success(requete, "Réponse envoyée.")
        return redirect("entretien:conseils")
    autres: dict[str, Any] = {"conseil": vu, "repond": repond, "gabarit": "entretien/conseil.html"}
    return formulaire(requete, saisie, "Demande de conseil", "Répondre", **autres)


@require_http_methods(["GET", "POST"])
@entree(Droit.S_ENTRETENIR)
def vignettes(requete: RequeteDe) -> HttpResponse:
    """Write a vignette for the arbitration meeting; see those of the structure."""
    role, a, doutes = requete.role, timezone.now(), list[Avertissement]()
    saisie = s.Vignette(requete.POST if requete.method == "POST" else None, initial=s.neuf())

    def agir() -> None:
        actions.ecrire_une_vignette(**saisie.cleaned_data, role=role, a=a)

    if saisie.is_bound and fait(saisie, _relu(agir, doutes)):
        messages.success(requete, "Vignette prête pour l'instance.")
        return redirect("entretien:vignettes")
    autres: dict[str, Any] = {"vignettes": requetes.vignettes(role, a), "avertissements": doutes}
    return formulaire(requete, saisie, "Vignettes", "Enregistrer", gabarit="entretien/vignettes.html", **autres)
