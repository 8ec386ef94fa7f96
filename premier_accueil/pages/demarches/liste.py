"""What falls due, and a new démarche in two clicks."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from premier_accueil.accueil.requetes import passage_vu
from premier_accueil.acteurs.regles import Droit
from premier_accueil.entretien.actions import demarches as actions
from premier_accueil.entretien.regles.demarches import chercher_une_procedure
from premier_accueil.entretien.requetes import demarches as requetes
from premier_accueil.entretien.requetes.domiciliation import domiciliations_de
from premier_accueil.pages.demarches.commun import sinon_introuvable
from premier_accueil.pages.demarches.formulaires import Nouvelle
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.personnes.commun import enregistre
from premier_accueil.personnes.requetes import entete


def page_dite(requete: RequeteDe) -> int:
    """Return the page asked for; the first when it is not a number."""
    dite = requete.GET.get("page", "")
    return int(dite) if dite.isascii() and dite.isdigit() and len(dite) < 7 else 1


@require_GET
@entree(Droit.OUVRIR_UN_DOSSIER)
def liste(requete: RequeteDe) -> HttpResponse:
    """Show what falls due this week, or what runs, or what is closed."""
    dite = requete.GET.get("vue", "")
    vue = requetes.Vue(dite) if dite in set(requetes.Vue) else requetes.Vue.SEMAINE
    miennes = requete.GET.get("miennes") == "1"
    vues = requetes.demarches(requete.role, timezone.now(), vue=vue, miennes=miennes, page=page_dite(requete))
    contexte = {"vues": vues, "vue": vue.value, "onglets": requetes.VUES, "miennes": miennes}
    return render(requete, "demarches/liste.html", contexte)


@require_GET
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def de_la_personne(requete: RequeteDe, personne_id: int) -> HttpResponse:
    """Show a person's démarches and domiciliations."""
    role, a = requete.role, timezone.now()
    contexte = {
        "qui": entete(personne_id, role, a), "lignes": requetes.demarches_de(personne_id, role, a),
        "domiciliations": domiciliations_de(personne_id, role, a),
    }  # fmt: skip
    return render(requete, "demarches/personne.html", contexte)


@require_http_methods(["GET", "POST"])
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def nouvelle(requete: RequeteDe, personne_id: int | None = None, passage_id: int | None = None) -> HttpResponse:
    """Choose a procedure: one click opens the démarche."""
    role, a = requete.role, timezone.now()
    qui = entete(personne_id, role, a) if personne_id else None
    if passage_id:
        passage_vu(passage_id, role=role, a=a)
    saisie = Nouvelle(requete.POST if requete.method == "POST" else None, initial={"demande_id": uuid4()})
    faites: list[actions.Ouverte] = []

    def ouvrir() -> None:
        faites.append(
            actions.ouvrir(**saisie.cleaned_data, personne_id=personne_id, passage_id=passage_id, role=role, a=a)
        )

    if saisie.is_bound and enregistre(saisie, ouvrir):
        messages.success(requete, "C'était déjà enregistré." if faites[0].deja else "Démarche commencée.")
        return redirect("demarches:fiche", faites[0].demarche_id)
    texte = requete.GET.get("texte", "")[:80]
    contexte = {"saisie": saisie, "qui": qui, "texte": texte, "procedures": chercher_une_procedure(texte)}
    return render(requete, "demarches/nouvelle.html", contexte, status=400 if saisie.is_bound else 200)
