"""Sign in, lock the screen, change place."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from premier_accueil.acteurs.models import Compte
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.acteurs.requetes import comptes_d_essai, roles_de
from premier_accueil.pages.compte import oidc
from premier_accueil.pages.compte.adresse import reconnaitre
from premier_accueil.pages.compte.session import entrer, ouvrir, quitter
from premier_accueil.pages.entree import VERROU, RequeteDe, demonstration_seulement, entree, publique
from premier_accueil.socle.texte import propre

ACCUEILS = {
    Fonction.ACCUEIL: "guichet:accueil",
    Fonction.ELU: "guichet:accueil",
    Fonction.BENEVOLE: "guichet:accueil",
    Fonction.TRAVAIL_SOCIAL: "attente:file",
    Fonction.COORDINATION: "coordination:faits",
    Fonction.ENCADREMENT: "coordination:volumes",
    Fonction.ADMINISTRATION: "administration:equipe",
}
"""First page of each function; the directory for the others."""


@require_GET
@publique
def racine(requete: HttpRequest) -> HttpResponse:
    """Send everyone to their first page."""
    if not requete.user.is_authenticated:
        return redirect("compte:connexion")
    roles = roles_de(requete.user, timezone.now())
    role = next((r for r in roles if r.mission_id == requete.session.get("mission")), roles[0] if roles else None)
    return redirect(ACCUEILS.get(role.fonction, "annuaire:recherche") if role else "compte:sans_mission")


@require_GET
@publique
def sans_mission(requete: HttpRequest) -> HttpResponse:
    """Say why nothing opens: no running mission."""
    return render(requete, "compte/sans_mission.html")


@sensitive_post_parameters("mot_de_passe")
@require_http_methods(["GET", "POST"])
@publique
def connexion(requete: HttpRequest) -> HttpResponseBase:
    """Sign in with a password; ready-made accounts stand beside it in a demonstration."""
    suite = requete.POST.get("next") or requete.GET.get("next", "")
    erreur, code = "", 200
    if requete.method == "POST":
        compte, erreur, code = reconnaitre(requete, propre(requete.POST.get("identifiant", "")).lower()[:150])
        if compte is not None:
            return entrer(requete, compte, suite)
    essais = comptes_d_essai(timezone.now()) if settings.DEMONSTRATION else []
    contexte = {"erreur": erreur, "suite": suite, "essais": essais, "identifiant": requete.POST.get("identifiant", "")}
    contexte["fournisseur"] = oidc.libelle()
    return render(requete, "compte/connexion.html", contexte, status=code)


@require_POST
@publique
@demonstration_seulement
def essai(requete: HttpRequest) -> HttpResponseBase:
    """Sign in as a ready-made account, in one click, in a demonstration only."""
    compte = Compte.objects.filter(
        identifiant=propre(requete.POST.get("identifiant", "")), exemple=True, is_active=True
    ).first()
    if compte is None:
        raise Http404
    return ouvrir(requete, compte, requete.POST.get("next", ""))


@require_POST
@publique
def deconnexion(requete: HttpRequest) -> HttpResponseBase:
    """Sign out, also of the provider of identity; the button erases the drafts of this browser."""
    return quitter(requete)


@require_POST
@entree()
def verrouiller(requete: RequeteDe) -> HttpResponse:
    """Lock the screen: the session stays, nothing of it can be seen."""
    requete.session[VERROU] = True
    return redirect("compte:verrou")


@sensitive_post_parameters("mot_de_passe")
@require_http_methods(["GET", "POST"])
@publique
def verrou(requete: HttpRequest) -> HttpResponseBase:
    """Show the locked screen, which still answers "ouvert quand ? où ?"; unlock with the password."""
    if not requete.user.is_authenticated:
        return redirect("compte:connexion")
    if not requete.session.get(VERROU):
        return redirect("racine")
    compte = requete.user
    un_clic = settings.DEMONSTRATION and compte.exemple
    erreur, code = "", 200
    if requete.method == "POST":
        trouve, erreur, code = (compte, "", 200) if un_clic else reconnaitre(requete, compte.identifiant)
        if trouve is not None:
            del requete.session[VERROU]
            return redirect("racine")
        erreur = f"{erreur} Votre brouillon est gardé."
    contexte = {"compte": compte, "un_clic": un_clic, "erreur": erreur, "fournisseur": oidc.libelle()}
    return render(requete, "compte/verrou.html", contexte, status=code)


@require_POST
@entree()
def changer_de_lieu(requete: RequeteDe) -> HttpResponse:
    """Choose the site, or the mission, under which the session works."""
    missions = {r.mission_id for r in roles_de(cast(Compte, requete.user), timezone.now())}
    mission, site = requete.POST.get("mission", ""), requete.POST.get("site", "")
    if mission.isdigit() and int(mission) in missions:
        requete.session["mission"] = int(mission)
        requete.session.pop("site", None)
    if site.isdigit():
        requete.session["site"] = int(site)
    messages.success(requete, "C'est noté.")
    return redirect("racine")
