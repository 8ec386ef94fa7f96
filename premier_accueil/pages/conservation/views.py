"""The end of files, and people's rights."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from premier_accueil.acteurs.regles import Droit
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.partage.reception import liste
from premier_accueil.partage.actions import conservation as actions
from premier_accueil.partage.models import DemandeDeDroit, Destruction
from premier_accueil.partage.regles.conservation import (
    GENRES_DE_DROIT,
    GESTES_DE_DESTRUCTION,
    GenreDeDroit,
    durees,
)
from premier_accueil.partage.requetes.conservation import (
    destructions_de_la_structure,
    donnees_de_la_personne,
    droits_exerces,
)
from premier_accueil.personnes.models import Personne


@require_GET
@entree(Droit.TENIR_LES_REGISTRES)
def destructions(requete: RequeteDe) -> HttpResponse:
    """Show what was proposed, visaed and destroyed: counts, never a name."""
    contexte = {"destructions": destructions_de_la_structure(requete.role), "durees": durees()}
    return render(requete, "conservation/destructions.html", contexte)


@require_POST
@entree(Droit.TENIR_LES_REGISTRES)
def proposer(requete: RequeteDe) -> HttpResponse:
    """Look for what has reached its term."""
    trouve = actions.proposer_une_destruction(structure_id=requete.role.structure_id, a=timezone.now())
    if trouve is None:
        messages.info(requete, "Rien de nouveau n'est arrivé à son terme, ou une proposition attend déjà.")
    else:
        messages.success(requete, "Une proposition est prête. Demandez le visa des archives.")
    return redirect("conservation:destructions")


@require_POST
@entree(Droit.TENIR_LES_REGISTRES)
def faire(requete: RequeteDe, destruction_id: int, geste: str) -> HttpResponse:
    """Record the visa, refuse, or destroy."""
    if geste not in GESTES_DE_DESTRUCTION:
        raise Http404
    visa = requete.POST.get("visa", "")
    try:
        actions.faire_une_destruction(geste, destruction_id, visa=visa, role=requete.role, a=timezone.now())
    except Destruction.DoesNotExist as erreur:
        raise Http404 from erreur
    except actions.GesteDeDestructionImpossible as refus:
        messages.error(requete, str(refus))
    else:
        messages.success(requete, "C'est fait, et c'est écrit au journal.")
    return redirect("conservation:destructions")


@require_GET
@entree(Droit.TENIR_LES_REGISTRES)
def droits(requete: RequeteDe) -> HttpResponse:
    """Show the rights exercised, those to answer first."""
    contexte = {"droits": droits_exerces(requete.role, timezone.now()), "durees": durees(), "erreur": None}
    return render(requete, "conservation/droits.html", contexte)


@require_POST
@entree(Droit.TENIR_LES_REGISTRES)
def repondre(requete: RequeteDe, droit_id: int) -> HttpResponse:
    """Write what was answered."""
    a, reponse = timezone.now(), requete.POST.get("reponse", "")
    try:
        ecrite = actions.repondre_a_un_droit(droit_id, reponse=reponse, role=requete.role, a=a)
    except DemandeDeDroit.DoesNotExist as erreur:
        raise Http404 from erreur
    except ValueError as refus:
        contexte = {"droits": droits_exerces(requete.role, a), "durees": durees(), "erreur": (droit_id, str(refus))}
        return render(requete, "conservation/droits.html", contexte, status=400)
    if ecrite:
        messages.success(requete, "La réponse est gardée.")
    else:
        messages.error(requete, "Quelqu'un a répondu entre-temps : sa réponse est gardée, la vôtre n'a pas remplacé.")
    return redirect("conservation:droits")


@never_cache
@require_http_methods(["GET", "POST"])
@entree(Droit.OUVRIR_UN_DOSSIER)
def exercer(requete: RequeteDe, personne_id: int) -> HttpResponse:
    """Record that a person exercises a right."""
    a, role = timezone.now(), requete.role
    if requete.method == "POST":
        try:
            genre, demande = GenreDeDroit(requete.POST.get("genre", "")), UUID(requete.POST.get("demande_id", ""))
        except ValueError:
            return _formulaire(requete, personne_id, "Choisissez ce que la personne demande. Votre texte est gardé.")
        precisions = requete.POST.get("precisions", "")
        try:
            actions.exercer_un_droit(
                personne_id, genre, demande_id=demande, precisions=precisions, role=role, a=a, liste=liste(requete)
            )
        except Personne.DoesNotExist as erreur:
            raise Http404 from erreur
        messages.success(requete, "La demande est gardée. La réponse est due sous un mois.")
        return redirect("personnes:dossier", personne_id)
    return _formulaire(requete, personne_id, "")


def _formulaire(requete: RequeteDe, personne_id: int, erreur: str) -> HttpResponse:
    if not actions.visible(personne_id, role=requete.role, a=timezone.now()):
        raise Http404
    contexte = {
        "personne_id": personne_id, "genres": GENRES_DE_DROIT, "erreur": erreur, "durees": durees(),
        "precisions": requete.POST.get("precisions", ""), "choisi": requete.POST.get("genre", ""),
        "demande_id": requete.POST.get("demande_id") or uuid4(),
    }  # fmt: skip
    return render(requete, "conservation/exercer.html", contexte, status=400 if erreur else 200)


@never_cache
@require_GET
@entree(Droit.OUVRIR_UN_DOSSIER)
def donnees(requete: RequeteDe, personne_id: int) -> HttpResponse:
    """Give the person all that is kept about her: a page to print, or a file."""
    try:
        rubriques = donnees_de_la_personne(personne_id, role=requete.role, a=timezone.now())
    except Personne.DoesNotExist as erreur:
        raise Http404 from erreur
    if requete.GET.get("forme") != "json":
        return render(requete, "conservation/donnees.html", {"rubriques": rubriques, "personne_id": personne_id})
    contenu = {r.libelle: {"lignes": [dict(ligne) for ligne in r.lignes], "note": r.tait} for r in rubriques}
    reponse = JsonResponse(contenu, json_dumps_params={"ensure_ascii": False, "indent": 2})
    reponse["Content-Disposition"] = 'attachment; filename="mes-donnees.json"'
    return reponse
