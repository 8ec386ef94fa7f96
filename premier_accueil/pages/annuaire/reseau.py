"""Who coordinates what, who is competent where: seen by the whole network, kept by the coordination."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from premier_accueil.acteurs.regles import Droit
from premier_accueil.annuaire.actions import reseau as actions
from premier_accueil.annuaire.actions.modifier import FicheRefusee
from premier_accueil.annuaire.regles.missions import MissionDeTerritoire
from premier_accueil.annuaire.requetes.initiatives import secteurs as secteurs_tenus
from premier_accueil.annuaire.requetes.reseau import referents_de_territoire, reseau_du_departement
from premier_accueil.pages.annuaire import formulaires as f
from premier_accueil.pages.communes import trouver_commune
from premier_accueil.pages.demarches.liste import page_dite
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.personnes.formulaires import Formulaire
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.texte import propre


def fait(saisie: Formulaire, agir: Callable[[], object]) -> bool:
    """Do what a form asks; tell whether it was done, else the form says why and keeps what was typed."""
    if not saisie.is_bound or not saisie.is_valid():
        return False
    try:
        agir()
    except FicheRefusee as refus:
        for champ, phrase in refus.phrases.items():
            saisie.add_error(champ if champ in saisie.fields else None, phrase)
        return False
    return True


def _envoyee(requete: HttpRequest) -> Any:
    return requete.POST if requete.method == "POST" else None


def ecrire(requete: HttpRequest, saisie: Formulaire, titre: str, retour: str) -> HttpResponse:
    """Show a short form of the directory."""
    contexte = {"saisie": saisie, "titre": titre, "retour": retour}
    return render(requete, "annuaire/ecrire.html", contexte, status=400 if saisie.errors else 200)


@require_GET
@entree()
def reseau(requete: RequeteDe) -> HttpResponse:
    """Show the heads of network, the themes without one, and the referents."""
    chez, jour = requete.role.departement, jour_local(timezone.now())
    familles = reseau_du_departement(chez, jour)
    contexte = {
        "familles": familles,
        "sans_tete": sum(famille.sans_tete for famille in familles),
        "de_territoire": referents_de_territoire(chez, jour),
    }
    return render(requete, "annuaire/reseau.html", contexte)


@require_http_methods(["GET", "POST"])
@entree(Droit.TENIR_L_ANNUAIRE)
def tete(requete: RequeteDe) -> HttpResponse:
    """Name the head of network of a theme."""
    role, a = requete.role, timezone.now()
    debut = {"theme": requete.GET.get("theme", "")[:120], "du": jour_local(a)}
    saisie = f.Tete(_envoyee(requete), role=role, initial=debut)

    def nommer() -> None:
        d = saisie.cleaned_data
        actions.nommer_une_tete(
            d["theme"], int(d["structure"]), du=d["du"], source=d["source"], role=role, a=a
        )

    if fait(saisie, nommer):
        messages.success(requete, "Tête de réseau nommée.")
        return redirect("annuaire:reseau")
    return ecrire(requete, saisie, "Nommer une tête de réseau", "annuaire:reseau")


@require_http_methods(["GET", "POST"])
@entree(Droit.TENIR_L_ANNUAIRE)
def referent(requete: RequeteDe) -> HttpResponse:
    """Name a thematic referent."""
    role, a = requete.role, timezone.now()
    saisie = f.ReferentDUnTheme(_envoyee(requete), role=role)

    def nommer() -> None:
        actions.nommer_un_referent_thematique(saisie.qui(), saisie.cleaned_data["themes"], role=role, a=a)

    if fait(saisie, nommer):
        messages.success(requete, "Référent nommé : il apparaît à côté des résultats de ses thèmes.")
        return redirect("annuaire:reseau")
    return ecrire(requete, saisie, "Nommer un référent thématique", "annuaire:reseau")


@require_http_methods(["GET", "POST"])
@entree(Droit.TENIR_L_ANNUAIRE)
def referent_de_territoire(requete: RequeteDe) -> HttpResponse:
    """Name a territory referent."""
    role, a = requete.role, timezone.now()
    toutes = [m.value for m in MissionDeTerritoire]
    saisie = f.ReferentDUnTerritoire(_envoyee(requete), role=role, initial={"missions": toutes})

    def nommer() -> None:
        d = saisie.cleaned_data
        missions = [MissionDeTerritoire(m) for m in d["missions"]]
        actions.nommer_un_referent_de_territoire(
            saisie.qui(), d["territoire"], d["communes"], missions, role=role, a=a
        )

    if fait(saisie, nommer):
        messages.success(requete, "Référent de territoire nommé.")
        return redirect("annuaire:reseau")
    return ecrire(requete, saisie, "Nommer un référent de territoire", "annuaire:reseau")


@require_POST
@entree(Droit.TENIR_L_ANNUAIRE)
def finir(requete: RequeteDe) -> HttpResponse:
    """End what a line says: a head of network, a referent, a sector."""
    role, a, genre = requete.role, timezone.now(), requete.POST.get("genre", "")
    dite = requete.POST.get("cle", "")
    cle = int(dite) if dite.isascii() and dite.isdigit() and len(dite) < 16 else 0
    try:
        if genre == "tete":
            actions.finir_une_tete(cle, role=role, a=a)
        elif genre == "secteur":
            actions.finir_un_secteur(cle, role=role, a=a)
        else:
            actions.finir_un_referent(cle, de_territoire=genre == "territoire", role=role, a=a)
        messages.success(requete, "C'est noté : cela finit aujourd'hui. L'historique reste.")
    except FicheRefusee as refus:
        messages.error(requete, str(refus))
    return redirect("annuaire:secteurs" if genre == "secteur" else "annuaire:reseau")


@require_http_methods(["GET", "POST"])
@entree()
def secteurs(requete: RequeteDe) -> HttpResponse:
    """Show which structure is competent for which commune or street, today or through time."""
    dite = propre(requete.POST.get("commune", ""))[:120]
    trouvee = trouver_commune(dite) if dite else None
    passes = requete.POST.get("passes") == "1"
    page = page_dite(requete) if requete.method == "GET" else 1
    vus = secteurs_tenus(
        requete.role, timezone.now(), commune_id=trouvee.id if trouvee else None, passes=passes, page=page
    )
    contexte = {"vus": vus, "commune": dite, "passes": passes, "inconnue": bool(dite) and trouvee is None}
    return render(requete, "annuaire/secteurs.html", contexte)


@require_http_methods(["GET", "POST"])
@entree(Droit.TENIR_L_ANNUAIRE)
def secteur(requete: RequeteDe) -> HttpResponse:
    """Say which structure is competent for a commune or a street from a day on."""
    role, a = requete.role, timezone.now()
    saisie = f.Secteur(_envoyee(requete), role=role, initial={"du": jour_local(a)})

    def changer() -> None:
        d = saisie.cleaned_data
        actions.changer_un_secteur(
            int(d["structure"]), saisie.commune_id or 0, voie=d["voie"], du=d["du"], source=d["source"], role=role, a=a
        )

    if fait(saisie, changer):
        messages.success(requete, "Secteur enregistré. Ce qui valait avant reste lisible.")
        return redirect("annuaire:secteurs")
    return ecrire(requete, saisie, "Changer un secteur", "annuaire:secteurs")
