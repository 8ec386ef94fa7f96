"""Find a person, and the exceptional opening; names travel by POST only."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from premier_accueil.acteurs.regles import Droit
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.personnes.commun import enregistre
from premier_accueil.pages.personnes.formulaires import Ouverture
from premier_accueil.personnes import actions
from premier_accueil.personnes.regles import REFUS_DU_NIR, sans_nir
from premier_accueil.personnes.requetes import Resultats, chercher, signalements, signalements_a_lire
from premier_accueil.socle.texte import propre

PERSONNE = Resultats((), encore=False)


def _resultats(requete: RequeteDe, texte: str, vus: Resultats | None, refus: str = "") -> HttpResponse:
    contexte = {"texte": texte, "vus": vus, "refus": refus, "a_lire": signalements_a_lire(requete.role)}
    return render(requete, "personnes/recherche.html", contexte)


@require_http_methods(["GET", "POST"])
@entree(Droit.OUVRIR_UN_DOSSIER)
def recherche(requete: RequeteDe) -> HttpResponse:
    """Search one's own structure; who may not be seen is not found, in the same words as nobody."""
    if requete.method != "POST":
        return _resultats(requete, "", None)
    texte, nir = sans_nir(propre(requete.POST.get("texte", ""))[:200])
    vus = chercher(texte, requete.role, timezone.now())
    return _resultats(requete, texte, vus, REFUS_DU_NIR if nir else "")


@require_http_methods(["GET", "POST"])
@entree(Droit.OUVRIR_UN_DOSSIER)
def ouverture(requete: RequeteDe) -> HttpResponse:
    """Open a file for the day, for a reason that somebody else reads; else the page of a search that finds nobody."""
    saisie = Ouverture(requete.POST if requete.method == "POST" else None, initial={"demande_id": uuid4()})
    ouverts: list[int | None] = []
    role, a = requete.role, timezone.now()

    def ouvrir() -> None:
        ouverts.append(actions.briser_la_glace(**saisie.cleaned_data, role=role, a=a))

    if not saisie.is_bound or not enregistre(saisie, ouvrir):
        return render(requete, "personnes/ouverture.html", {"saisie": saisie}, status=400 if saisie.is_bound else 200)
    if ouverts[0] is None:
        return _resultats(requete, saisie.cleaned_data["nom"], PERSONNE)
    messages.warning(requete, "Dossier ouvert jusqu'à ce soir. Une seconde personne est prévenue et lira votre raison.")
    return redirect("personnes:dossier", ouverts[0])


@require_GET
@entree(Droit.ETRE_PREVENU)
def liste_des_signalements(requete: RequeteDe) -> HttpResponse:
    """List the exceptional openings one was told of."""
    vus = signalements(requete.role, timezone.now())
    return render(requete, "personnes/signalements.html", {"signalements": vus})


@require_POST
@entree(Droit.ETRE_PREVENU)
def voir_un_signalement(requete: RequeteDe, bris_id: int) -> HttpResponse:
    """Note that one has seen it."""
    actions.voir_un_signalement(bris_id, role=requete.role, a=timezone.now())
    messages.success(requete, "C'est noté : vous l'avez vu.")
    return redirect("personnes:signalements")
