"""The gestures of a démarche: one page each, made from the table of states."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from premier_accueil.acteurs.regles import Droit
from premier_accueil.entretien.actions import demarches as actions
from premier_accueil.entretien.regles.demarches import GESTES_DE_DEMARCHE
from premier_accueil.entretien.requetes.demarches import demarche_vue
from premier_accueil.pages.demarches.commun import sinon_introuvable
from premier_accueil.pages.demarches.formulaires import de_geste
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.personnes.commun import enregistre
from premier_accueil.socle.horloge import jour_local


@require_http_methods(["GET", "POST"])
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def faire(requete: RequeteDe, demarche_id: int, geste: str) -> HttpResponse:
    """Ask what the gesture needs, then make it."""
    role, a = requete.role, timezone.now()
    vue = demarche_vue(demarche_id, role, a)
    debut = {"demande_id": uuid4(), "version": vue.version, "jour": jour_local(a), "aupres": vue.dossier.aupres}
    debut |= {"reference": vue.dossier.reference} | ({"aupres": ""} if geste == "transmettre" else {})
    saisie = de_geste(
        geste, vue.dossier, vue.procedure, requete.POST if requete.method == "POST" else None, initial=debut
    )

    def agir() -> None:
        d = saisie.cleaned_data
        options = {"demande_id": d["demande_id"], "version": d["version"]}
        actions.faire(geste, demarche_id, saisie.saisie(), **options, role=role, a=a)

    if saisie.is_bound and enregistre(saisie, agir):
        messages.success(requete, "C'est noté.")
        return redirect("demarches:fiche", demarche_id)
    contexte = {"vue": vue, "saisie": saisie, "titre": GESTES_DE_DEMARCHE[geste].libelle}
    return render(requete, "demarches/geste.html", contexte, status=400 if saisie.is_bound else 200)
