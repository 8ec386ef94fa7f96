"""The interview itself: open it, write it, close it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from premier_accueil.acteurs.regles import Droit
from premier_accueil.entretien import actions
from premier_accueil.entretien.regles.domaines import domaines, presents
from premier_accueil.entretien.requetes import EntretienVu, entretien_vu, ma_journee
from premier_accueil.orientation.requetes import familles
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.entretien import saisie as s
from premier_accueil.pages.entretien.commun import dire, fait, formulaire, sinon_introuvable
from premier_accueil.pages.guichet.views import poste
from premier_accueil.personnes.actions import SaisieRefusee
from premier_accueil.personnes.requetes import entete
from premier_accueil.relais.requetes import partis, recus

Refus = (actions.GesteRefuse, SaisieRefusee)


@require_GET
@entree(Droit.S_ENTRETENIR)
def journee(requete: RequeteDe) -> HttpResponse:
    """Show what awaits the worker today, the relays that are up to her, and what she promised this week."""
    role, a = requete.role, timezone.now()
    relais = partis(role, a, miens=True)
    contexte = {"journee": ma_journee(role, a), "relais": relais, "recus": recus(role, a, miens=True).total}
    return render(requete, "entretien/journee.html", contexte)


@require_POST
@entree(Droit.S_ENTRETENIR)
@sinon_introuvable()
def ouvrir(requete: RequeteDe, passage_id: int) -> HttpResponse:
    """Open the interview of a passage."""
    return redirect("entretien:un", actions.ouvrir(passage_id, role=requete.role, a=timezone.now()))


@require_POST
@entree(Droit.S_ENTRETENIR)
@sinon_introuvable()
def du_ticket(requete: RequeteDe, attente_id: int) -> HttpResponse:
    """Open the interview of a ticket that one called: one click, with or without reception."""
    try:
        return redirect("entretien:un", actions.recevoir_le_ticket(attente_id, role=requete.role, a=timezone.now()))
    except actions.GesteRefuse as refus:
        messages.error(requete, str(refus))
        return redirect("attente:file")


@require_http_methods(["GET", "POST"])
@entree(Droit.S_ENTRETENIR)
@sinon_introuvable()
def nouveau(requete: RequeteDe, personne_id: int | None = None) -> HttpResponse:
    """Receive somebody without reception, known or not."""
    role, a, ici = requete.role, timezone.now(), poste(requete)
    qui = entete(personne_id, role, a) if personne_id is not None else None
    saisie = _recevoir(requete, ici)
    cles: list[int] = []

    def recevoir() -> None:
        cles.append(actions.recevoir(**saisie.voulu(), role=role, a=a, personne_id=personne_id))

    if saisie.is_bound and fait(saisie, recevoir):
        return redirect("entretien:un", cles[0])
    return formulaire(
        requete, saisie, "Nouvel entretien", "Commencer", qui=qui,
        aide="Rien n'est demandé à la personne : ni nom, ni papiers.",
    )  # fmt: skip


def _recevoir(requete: RequeteDe, ici: Any) -> s.Recevoir:
    envoi = requete.POST if requete.method == "POST" else None
    saisie = s.Recevoir(envoi, initial=s.neuf() | {"site": ici.site_id, "canal": "GUICHET"})
    saisie.choix("site", ici.autres)
    return saisie


@require_http_methods(["GET", "POST"])
@entree(Droit.S_ENTRETENIR)
@sinon_introuvable()
def un(requete: RequeteDe, entretien_id: int) -> HttpResponse:
    """Show an interview; save it, or save and close it, when it is sent."""
    role, a = requete.role, timezone.now()
    if requete.method == "GET":
        return _page(requete, entretien_vu(entretien_id, role=role, a=a))
    saisie, conflit = s.Saisie(requete.POST), []
    if not saisie.is_valid():
        return _page(requete, entretien_vu(entretien_id, role=role, a=a), saisie, code=400)
    ecrit, version = saisie.ecrit(), saisie.cleaned_data["version"]
    try:
        version = actions.enregistrer(entretien_id, ecrit, version=version, role=role, a=a)
        if "clore" in requete.POST:
            actions.clore(entretien_id, ecrit, version=version, role=role, a=a)
        messages.success(requete, "Entretien terminé." if "clore" in requete.POST else "Entretien enregistré.")
        return redirect("entretien:un", entretien_id)
    except actions.EntretienModifie as modifie:
        conflit, version = s.ecarts(ecrit, modifie.actuel), modifie.version
    except Refus as refus:
        saisie.add_error(None, str(refus))
    code = 409 if conflit else 400
    return _page(requete, entretien_vu(entretien_id, role=role, a=a), saisie, version, conflit, code)


def _page(
    requete: RequeteDe, vu: EntretienVu, saisie: s.Saisie | None = None, version: int | None = None,
    conflit: list[tuple[str, str, str]] | None = None, code: int = 200,
) -> HttpResponse:  # fmt: skip
    saisie = saisie or s.Saisie(initial=s.de_l_ecrit(vu.ecrit, vu.version))
    contexte = {
        "vu": vu, "saisie": saisie, "version": vu.version if version is None else version, "conflit": conflit or [],
        "domaines": [(d, saisie[s.DOMAINE + d.code]) for d in domaines()], "presents": presents(),
        "reponses": s.REPONSES, "familles": familles(),
        "decision": s.Suite(), "prochain": 3 if any(p.rang == 2 for p in vu.points) else 2,
    }  # fmt: skip
    return render(requete, "entretien/clos.html" if vu.clos else "entretien/un.html", contexte, status=code)


@require_POST
@entree(Droit.S_ENTRETENIR)
@sinon_introuvable()
def garder(requete: RequeteDe, entretien_id: int) -> HttpResponse:
    """Save what is being written, every few seconds; answers in JSON."""
    saisie = s.Saisie(requete.POST)
    if not saisie.is_valid():
        return JsonResponse({"refus": [str(e) for es in saisie.errors.values() for e in es]}, status=400)
    version = saisie.cleaned_data["version"]
    try:
        neuve = actions.enregistrer(entretien_id, saisie.ecrit(), version=version, role=requete.role, a=timezone.now())
    except actions.EntretienModifie as modifie:
        return JsonResponse({"refus": [str(modifie)]}, status=409)
    except Refus as refus:
        return JsonResponse({"refus": [str(refus)]}, status=400)
    return JsonResponse({"version": neuve})


@require_POST
@entree(Droit.S_ENTRETENIR)
@sinon_introuvable()
def rouvrir(requete: RequeteDe, entretien_id: int) -> HttpResponse:
    """Take a closed interview up again."""
    role, a = requete.role, timezone.now()
    dire(requete, lambda: actions.rouvrir(entretien_id, role=role, a=a), "Entretien repris.")
    return redirect("entretien:un", entretien_id)
