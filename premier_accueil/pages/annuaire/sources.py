"""The open directories read again by themselves: declared, asked for, stopped; the report of each reading."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from premier_accueil.acteurs.regles import Droit
from premier_accueil.annuaire.actions import sources as actions
from premier_accueil.annuaire.imports.rapport import en_csv, lignes
from premier_accueil.annuaire.regles.sources import GenreDeSource, Rythme
from premier_accueil.annuaire.requetes.imports import derniers_imports, rapport_de, sources_vues
from premier_accueil.pages.annuaire.formulaires import requis
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.personnes.formulaires import Formulaire, texte


class SaisieDeSource(Formulaire):
    """A source to declare."""

    nom = requis(texte("Nom de la source", 120))
    genre = forms.ChoiceField(label="Format", choices=[(g.value, g.libelle) for g in GenreDeSource])
    adresse = requis(
        texte("Adresse du fichier", 500, "Elle commence par https:// (data·inclusion : celle des structures).")
    )
    adresse_services = texte("Adresse des services", 500, "Seulement pour data·inclusion, qui a deux fichiers.")
    rythme = forms.ChoiceField(label="Relue", choices=[(r.value, r.libelle) for r in Rythme])


@require_http_methods(["GET", "POST"])
@entree(Droit.TENIR_L_ANNUAIRE)
def sources(requete: RequeteDe) -> HttpResponse:
    """Show the sources and the last readings; declare one."""
    saisie = SaisieDeSource(requete.POST if requete.method == "POST" else None)
    if saisie.is_bound and saisie.is_valid():
        try:
            actions.declarer_une_source(**saisie.cleaned_data, role=requete.role, a=timezone.now())
            messages.success(requete, "La source est notée. Elle sera lue la nuit prochaine, ou dès maintenant.")
            return redirect("annuaire:sources")
        except actions.SourceRefusee as refus:
            saisie.add_error(None, str(refus))
    contexte = {"saisie": saisie, "sources": sources_vues(), "imports": derniers_imports()}
    return render(requete, "annuaire/sources.html", contexte, status=400 if saisie.errors else 200)


@require_POST
@entree(Droit.TENIR_L_ANNUAIRE)
def lire_maintenant(requete: RequeteDe, source_id: int) -> HttpResponse:
    """Ask for a reading; the worker does it."""
    if not actions.demander_une_lecture(source_id, role=requete.role, a=timezone.now()):
        raise Http404
    messages.success(requete, "La lecture est demandée : son rapport paraîtra ici dans quelques minutes.")
    return redirect("annuaire:sources")


@require_POST
@entree(Droit.TENIR_L_ANNUAIRE)
def arreter(requete: RequeteDe, source_id: int) -> HttpResponse:
    """Read a source no more."""
    if not actions.arreter_une_source(source_id, role=requete.role, a=timezone.now()):
        raise Http404
    messages.success(requete, "Cette source n'est plus relue. Ses fiches et ses rapports sont gardés.")
    return redirect("annuaire:sources")


@require_GET
@entree(Droit.TENIR_L_ANNUAIRE)
def rapport(requete: RequeteDe, import_id: int) -> HttpResponse:
    """Give the report of a reading, line by line, for a spreadsheet."""
    lu = rapport_de(import_id)
    if lu is None:
        raise Http404
    reponse = HttpResponse(en_csv(lignes(lu[1])), content_type="text/csv; charset=utf-8")
    reponse["Content-Disposition"] = f'attachment; filename="rapport-import-{import_id}.csv"'
    return reponse
