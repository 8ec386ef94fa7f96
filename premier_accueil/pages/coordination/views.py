"""Where the territory has no answer: themes and communes, never a person."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from premier_accueil.acteurs.regles import Droit
from premier_accueil.acteurs.requetes import noms_des_structures
from premier_accueil.faits.regles import GENRES
from premier_accueil.faits.requetes import faits_du_departement, volumes_de_la_structure, volumes_du_departement
from premier_accueil.orientation.requetes.manques import manques_recents
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.socle.horloge import jour_local


@require_GET
@entree(Droit.VOIR_LES_FAITS)
def manques(requete: RequeteDe) -> HttpResponse:
    """Show the gaps noted at the counters of the département during the last twelve months."""
    lignes = manques_recents(departement=requete.role.departement, a=timezone.now())
    return render(requete, "coordination/manques.html", {"lignes": lignes})


def _depuis_un_an() -> date:
    jour = jour_local(timezone.now())
    return date(jour.year - 1, jour.month, 1)


@require_GET
@entree(Droit.VOIR_LES_FAITS)
def faits(requete: RequeteDe) -> HttpResponse:
    """Show the numbers of the département by month; each opens the facts behind it."""
    lignes = volumes_du_departement(requete.role.departement, du=_depuis_un_an())
    return render(requete, "coordination/volumes.html", {"lignes": lignes, "genres": GENRES, "departement": True})


@require_GET
@entree(Droit.VOIR_LES_FAITS)
def derriere(requete: RequeteDe, genre: str, annee: int, mois: int) -> HttpResponse:
    """Open the facts behind a number: codes, no person, no hour."""
    if genre not in GENRES or not (2000 <= annee <= 2100 and 1 <= mois <= 12):
        raise Http404
    premier = date(annee, mois, 1)
    lignes = faits_du_departement(requete.role.departement, genre=genre, mois=premier)
    noms = noms_des_structures(f.structure_id for f in lignes)
    contexte = {"lignes": lignes, "genre": GENRES[genre], "mois": premier, "noms": noms}
    return render(requete, "coordination/faits.html", contexte)


@require_GET
@entree(Droit.VOIR_LES_VOLUMES)
def volumes(requete: RequeteDe) -> HttpResponse:
    """Show the numbers of one's structure, small ones hidden (T10)."""
    lignes = volumes_de_la_structure(requete.role.structure_id, du=_depuis_un_an())
    return render(requete, "coordination/volumes.html", {"lignes": lignes, "genres": GENRES, "departement": False})
