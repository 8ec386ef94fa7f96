"""Around an interview: its needs, its promises, the file it belongs to, what was decided."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from premier_accueil.accueil.actions import RattachementImpossible
from premier_accueil.acteurs.regles import Droit
from premier_accueil.entretien import actions
from premier_accueil.entretien.requetes import besoins_ouverts, entretien_vu
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.entretien import saisie as s
from premier_accueil.pages.entretien.commun import dire, fait, formulaire, sinon_introuvable
from premier_accueil.pages.personnes.formulaires import Choix
from premier_accueil.personnes.actions import SaisieRefusee
from premier_accueil.personnes.requetes import chercher


def _retour(requete: RequeteDe) -> HttpResponse:
    """Go back to the page of ours that sent the gesture."""
    vers = requete.POST.get("retour", "")
    sur = url_has_allowed_host_and_scheme(vers, {requete.get_host()}, require_https=requete.is_secure())
    return redirect(vers if vers.startswith("/") and sur else "entretien:besoins")


@require_GET
@entree(Droit.S_ENTRETENIR)
def besoins(requete: RequeteDe) -> HttpResponse:
    """List the needs of the structure that nothing answered yet."""
    page = requete.GET.get("page", "1")
    numero = int(page) if page.isdecimal() and page.isascii() and len(page) < 6 else 1
    vus = besoins_ouverts(requete.role, timezone.now(), numero)
    return render(requete, "entretien/besoins.html", {"vus": vus, "reponses": s.REPONSES})


@require_POST
@entree(Droit.S_ENTRETENIR)
@sinon_introuvable()
def ajouter_un_besoin(requete: RequeteDe, entretien_id: int) -> HttpResponse:
    """Add a need heard during the interview."""
    role, a, code = requete.role, timezone.now(), requete.POST.get("thematique", "")
    dire(requete, lambda: actions.ajouter_un_besoin(entretien_id, code, role=role, a=a), "Besoin ajouté.")
    return redirect("entretien:un", entretien_id)


@require_POST
@entree(Droit.S_ENTRETENIR)
@sinon_introuvable()
def repondre_au_besoin(requete: RequeteDe, besoin_id: int) -> HttpResponse:
    """Close a need with what answered it."""
    role, a, d = requete.role, timezone.now(), requete.POST
    reponse, mots = d.get("reponse", ""), d.get("precisions", "")
    dire(
        requete, lambda: actions.repondre_au_besoin(besoin_id, reponse, mots, role=role, a=a),
        "Ce besoin a sa réponse.",
    )  # fmt: skip
    return _retour(requete)


@require_POST
@entree(Droit.S_ENTRETENIR)
@sinon_introuvable()
def rouvrir_le_besoin(requete: RequeteDe, besoin_id: int) -> HttpResponse:
    """Open a need again: what answered it did not."""
    role, a = requete.role, timezone.now()
    dire(
        requete, lambda: actions.rouvrir_le_besoin(besoin_id, role=role, a=a),
        "Besoin rouvert. Ce qui avait été répondu reste écrit.",
    )  # fmt: skip
    return _retour(requete)


@require_POST
@entree(Droit.S_ENTRETENIR)
@sinon_introuvable()
def noter_sans_reponse(requete: RequeteDe, besoin_id: int) -> HttpResponse:
    """Note that the territory has no answer: the need stays open."""
    role, a = requete.role, timezone.now()
    dire(
        requete, lambda: actions.noter_sans_reponse(besoin_id, role=role, a=a),
        "Manque noté : un thème, une commune, un jour. Le besoin reste ouvert.",
    )  # fmt: skip
    return _retour(requete)


@require_http_methods(["GET", "POST"])
@entree(Droit.S_ENTRETENIR)
@sinon_introuvable()
def promettre(requete: RequeteDe, entretien_id: int) -> HttpResponse:
    """Write down what one will do."""
    role, a = requete.role, timezone.now()
    vu = entretien_vu(entretien_id, role=role, a=a)
    saisie = s.Promesse(requete.POST if requete.method == "POST" else None, initial=s.neuf())

    def agir() -> None:
        actions.promettre(entretien_id, **saisie.cleaned_data, role=role, a=a)

    if saisie.is_bound and fait(saisie, agir):
        messages.success(requete, "C'est noté dans votre journée.")
        return redirect("entretien:un", entretien_id)
    return formulaire(requete, saisie, "Ce que je promets de faire", "Noter", qui=vu.qui)


@require_POST
@entree(Droit.S_ENTRETENIR)
@sinon_introuvable()
def tenir_promesse(requete: RequeteDe, promesse_id: int) -> HttpResponse:
    """Say that a promise is kept."""
    role, a = requete.role, timezone.now()
    dire(requete, lambda: actions.tenir_promesse(promesse_id, role=role, a=a), "C'est fait.")
    return redirect("entretien:journee")


@require_http_methods(["GET", "POST"])
@entree(Droit.S_ENTRETENIR)
@sinon_introuvable()
def rattacher(requete: RequeteDe, entretien_id: int) -> HttpResponse:
    """Attach the interview to the file of the person who asks for it (T5)."""
    role, a = requete.role, timezone.now()
    entretien_vu(entretien_id, role=role, a=a)
    saisie = Choix(requete.POST if requete.method == "POST" else None)
    saisie.fields["texte"].label = "Chercher la personne"
    if saisie.is_bound:
        saisie.proposer(chercher(saisie.data.get("texte", ""), role, a).lignes)

    def agir() -> None:
        try:
            actions.rattacher_la_personne(entretien_id, saisie.cleaned_data["avec"] or 0, role=role, a=a)
        except RattachementImpossible as refus:
            raise SaisieRefusee("", str(refus)) from refus

    if saisie.is_bound and saisie.data.get("avec") and fait(saisie, agir):
        return redirect("entretien:un", entretien_id)
    return formulaire(requete, saisie, "Rattacher à son dossier", "Rattacher", gabarit="entretien/choix.html")


@require_POST
@entree(Droit.S_ENTRETENIR)
@sinon_introuvable()
def decider(requete: RequeteDe, entretien_id: int) -> HttpResponse:
    """Record what was decided with the person after the meetings."""
    role, a, suite = requete.role, timezone.now(), requete.POST.get("suite", "")
    dire(requete, lambda: actions.decider(entretien_id, suite, role=role, a=a), "Décision notée.")
    return redirect("entretien:un", entretien_id)
