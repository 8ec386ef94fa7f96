"""The search of professionals, its map beside the list, and the outlines that the map draws."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from premier_accueil.annuaire.regles.recherche import a_relacher
from premier_accueil.annuaire.requetes.recherche import Reponse, chercher
from premier_accueil.annuaire.requetes.reseau import referents_de
from premier_accueil.pages.annuaire.saisie import Recherche
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.socle.horloge import jour_local
from premier_accueil.territoire.requetes import contours


def page_dite(requete: HttpRequest) -> int:
    """Return the page asked by a button; the first one for anything else."""
    dite = requete.POST.get("page", "1")
    return int(dite) if dite.isascii() and dite.isdigit() and len(dite) < 5 else 1


def _carte(reponse: Reponse, requete: RequeteDe) -> dict[str, Any]:
    """Return what the map shows: the places of this page, numbered as the list."""
    lieux = [(r, r.permanence.lieu) for r in reponse.resultats if r.permanence and r.permanence.lieu]
    points = [
        {
            "numero": r.numero, "nom": r.service, "structure": r.structure, "commune": lieu.commune,
            "latitude": lieu.latitude, "longitude": lieu.longitude,
            "adresse": reverse("annuaire:service", args=[r.service_id]),
        }
        for r, lieu in lieux
        if lieu.latitude is not None
    ]  # fmt: skip
    departements = sorted({lieu.departement for _, lieu in lieux if lieu.latitude is not None})
    return {
        "points": points,
        "contours": [reverse("annuaire:contours", args=[d]) for d in departements[:3]],
        "tuiles": settings.CARTE_TUILES, "mention": settings.CARTE_MENTION,
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
@entree()
def recherche(requete: RequeteDe) -> HttpResponse:
    """Search the directory as a professional; the words never stand in an address."""
    saisie = Recherche(requete.POST if requete.method == "POST" else None)
    saisie.relacher(requete.POST.get("sans", "")) if saisie.is_bound else None
    contexte: dict[str, Any] = {"saisie": saisie, "cherche": False}
    if saisie.is_bound and saisie.is_valid():
        role, a = requete.role, timezone.now()
        criteres = saisie.criteres(a)
        reponse = chercher(criteres, role, a, page=page_dite(requete))
        contexte |= {
            "cherche": True,
            "reponse": reponse,
            "relacher": a_relacher(criteres),
            "carte": _carte(reponse, requete),
            "referents": referents_de(
                [criteres.theme], criteres.commune, departement=role.departement, jour=jour_local(a)
            ),
        }
    return render(requete, "annuaire/recherche.html", contexte, status=400 if saisie.errors else 200)


@require_GET
@entree()
def contours_du_departement(requete: RequeteDe, departement: str) -> HttpResponse:
    """Give the outlines of the communes of a département as GeoJSON, light enough for a map."""
    garde = {"Cache-Control": "private, max-age=86400"}
    return HttpResponse(contours(departement), content_type="application/geo+json", headers=garde)
