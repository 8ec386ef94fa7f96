"""Who lives with her, and her legal protection."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from premier_accueil.acteurs.regles import Droit
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.personnes import formulaires as f
from premier_accueil.pages.personnes.commun import au_dossier, enregistre, page, sinon_introuvable
from premier_accueil.personnes import actions
from premier_accueil.personnes.requetes import chercher


@require_http_methods(["GET", "POST"])
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def ajouter_au_foyer(requete: RequeteDe, personne_id: int) -> HttpResponse:
    """Find, then add, somebody who lives with her."""
    role, a = requete.role, timezone.now()
    saisie = f.AuFoyer(requete.POST if requete.method == "POST" else None)
    if saisie.is_bound:
        saisie.proposer(chercher(saisie.data.get("texte", ""), role, a).lignes)

    def ajouter() -> None:
        d = saisie.cleaned_data
        actions.ajouter_au_foyer(
            personne_id, avec_id=d["avec"] or 0, lien=d["lien"], depuis=d["depuis"], role=role, a=a
        )  # fmt: skip

    if saisie.is_bound and saisie.data.get("avec") and enregistre(saisie, ajouter):
        messages.success(requete, "Foyer mis à jour.")
        return au_dossier(personne_id, "foyer")
    return page(
        requete, personne_id, saisie, "Qui vit avec elle", "Ajouter au foyer", gabarit="personnes/choix.html",
        aide="Cherchez d'abord la personne. Si elle n'a pas de dossier, ouvrez-en un avec son accord.",
    )  # fmt: skip


@require_POST
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def retirer_du_foyer(requete: RequeteDe, personne_id: int, membre_id: int) -> HttpResponse:
    """Say that somebody no longer lives with her."""
    actions.retirer_du_foyer(personne_id, membre_id, role=requete.role, a=timezone.now())
    messages.success(requete, "Foyer mis à jour.")
    return au_dossier(personne_id, "foyer")


@require_http_methods(["GET", "POST"])
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def poser_une_mesure(requete: RequeteDe, personne_id: int) -> HttpResponse:
    """Note a legal protection."""
    saisie = f.Mesure(requete.POST if requete.method == "POST" else None, initial={"demande_id": uuid4()})
    role, a = requete.role, timezone.now()

    def poser() -> None:
        demande = saisie.cleaned_data["demande_id"]
        actions.poser_une_mesure(personne_id, saisie.protection(), demande_id=demande, role=role, a=a)

    if saisie.is_bound and enregistre(saisie, poser):
        messages.success(requete, "Mesure notée. L'accord se demande toujours à la personne.")
        return au_dossier(personne_id, "mesure")
    aide = (
        "L'accord se demande à la personne elle-même (code civil, article 459). Qui la protège ne lit pas son dossier."
    )
    return page(requete, personne_id, saisie, "Mesure de protection", "Enregistrer", aide=aide)


@require_http_methods(["GET", "POST"])
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def finir_une_mesure(requete: RequeteDe, personne_id: int, mesure_id: int) -> HttpResponse:
    """Date the end of a legal protection."""
    saisie = f.FinDeMesure(requete.POST if requete.method == "POST" else None)
    role, a = requete.role, timezone.now()

    def finir() -> None:
        actions.finir_une_mesure(personne_id, mesure_id, fin=saisie.cleaned_data["fin"], role=role, a=a)

    if saisie.is_bound and enregistre(saisie, finir):
        messages.success(requete, "Fin de la mesure notée.")
        return au_dossier(personne_id, "mesure")
    return page(requete, personne_id, saisie, "Fin de la mesure de protection", "Enregistrer")
