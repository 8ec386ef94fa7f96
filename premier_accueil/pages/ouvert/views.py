"""One service, one structure's offer: a public version, and one for the network; as a page, on paper, as a card."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET

from premier_accueil.annuaire.impression import carte, livret
from premier_accueil.annuaire.regles import Diffusion
from premier_accueil.annuaire.requetes.fusions import service_garde, structure_gardee
from premier_accueil.annuaire.requetes.offre import Catalogue, Offre
from premier_accueil.annuaire.requetes.offre import catalogue as lire_le_catalogue
from premier_accueil.annuaire.requetes.offre import offre as lire_l_offre
from premier_accueil.annuaire.requetes.schema_org import donnees_structurees
from premier_accueil.orientation.requetes import libelles
from premier_accueil.pages.entree import RequeteDe, entree, publique
from premier_accueil.socle.horloge import jour_local

# What would end the script element, or open another one, is written as JSON escapes.
ECHAPPES = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


@require_GET
@publique
def service(requete: HttpRequest, service_id: int) -> HttpResponse:
    """Show one service to anybody, and to search engines when the host chose so; a merged one leads where it went."""
    try:
        o = _offre(service_id)
    except Http404:
        return _fusionne("ouvert:service", service_garde(service_id))
    themes = [libelles().get(code, code) for code in o.fiche.thematiques]
    adresse = _adresse(requete, "ouvert:service", service_id)
    contexte = {
        "o": o, "fiche": o.fiche, "themes": themes, "adresse": adresse,
        "jsonld": _jsonld(o, adresse), "indexable": _indexable(o),
    }  # fmt: skip
    return render(requete, "ouvert/service.html", contexte)


@require_GET
@publique
def carte_de_service(requete: HttpRequest, service_id: int) -> HttpResponse:
    """Give one service to a telephone."""
    corps = carte.carte_de_service(_offre(service_id), _adresse(requete, "ouvert:service", service_id))
    return _fichier(corps, carte.GENRE, "service.vcf")


@require_GET
@publique
def offre(requete: HttpRequest, structure_id: int) -> HttpResponse:
    """Show what a structure offers, to anybody; a merged one leads to who took it in."""
    try:
        c = _catalogue(structure_id, Diffusion.PUBLIC)
    except Http404:
        return _fusionne("ouvert:offre", structure_gardee(structure_id))
    indexable = settings.ANNUAIRE_INDEXE and not c.structure.exemple
    return render(requete, "ouvert/offre.html", {"c": c, "reseau": False, "indexable": indexable})


@require_GET
@publique
def catalogue_pdf(requete: HttpRequest, structure_id: int) -> HttpResponse:
    """Print what a structure offers, for anybody."""
    return _catalogue_en_pdf(requete, structure_id, Diffusion.PUBLIC)


@require_GET
@publique
def carte_de_structure(requete: HttpRequest, structure_id: int) -> HttpResponse:
    """Give a structure to a telephone."""
    c = _catalogue(structure_id, Diffusion.PUBLIC)
    corps = carte.carte_de_structure(c, _adresse(requete, "ouvert:offre", structure_id))
    return _fichier(corps, carte.GENRE, "structure.vcf")


@require_GET
@entree()
def offre_reseau(requete: RequeteDe, structure_id: int) -> HttpResponse:
    """Show what a structure offers to its partners, with whom to call."""
    c = _catalogue(structure_id, Diffusion.RESEAU)
    return render(requete, "ouvert/offre.html", {"c": c, "reseau": True, "indexable": False})


@require_GET
@entree()
def catalogue_reseau_pdf(requete: RequeteDe, structure_id: int) -> HttpResponse:
    """Print what a structure offers to its partners, with whom to call."""
    return _catalogue_en_pdf(requete, structure_id, Diffusion.RESEAU)


def _catalogue_en_pdf(requete: HttpRequest, structure_id: int, cercle: Diffusion) -> HttpResponse:
    c, jour = _catalogue(structure_id, cercle), jour_local(timezone.now())
    corps = livret.catalogue(c, adresse=_adresse(requete, "ouvert:offre", structure_id), jour=jour)
    return _fichier(corps, "application/pdf", "catalogue.pdf")


def _offre(service_id: int) -> Offre:
    lue = lire_l_offre(service_id, Diffusion.PUBLIC, timezone.now())
    if lue is None:
        raise Http404
    return lue


def _fusionne(nom: str, garde: int | None) -> HttpResponse:
    """Lead to the entry that took another in, or 404. Not for ever: a merge can be undone."""
    if garde is None:
        raise Http404
    return redirect(nom, garde)


def _indexable(o: Offre) -> bool:
    return bool(settings.ANNUAIRE_INDEXE) and not o.fiche.structure.exemple and o.fiche.ferme_le is None


def _catalogue(structure_id: int, cercle: Diffusion) -> Catalogue:
    lu = lire_le_catalogue(structure_id, cercle, timezone.now())
    if lu is None:
        raise Http404
    return lu


def _adresse(requete: HttpRequest, nom: str, cle: int) -> str:
    return requete.build_absolute_uri(reverse(nom, args=[cle]))


def _jsonld(o: Offre, adresse: str) -> SafeString:
    texte = json.dumps(donnees_structurees(o, adresse), ensure_ascii=False).translate(ECHAPPES)
    return mark_safe(texte)  # noqa: S308 — no tag can begin nor end in it


def _fichier(corps: bytes, genre: str, nom: str) -> HttpResponse:
    reponse = HttpResponse(corps, content_type=genre)
    reponse["Content-Disposition"] = f'inline; filename="{nom}"'
    return reponse
