"""The calendar feed of a mission, and what a person's file shows of the agenda."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from premier_accueil.acteurs.regles import Droit
from premier_accueil.agenda import actions
from premier_accueil.agenda.regles import RAISONS_DE_SILENCE
from premier_accueil.agenda.regles.flux import calendrier as en_calendrier
from premier_accueil.agenda.requetes import flux_de, rendez_vous_de, rendez_vous_du_flux, silence_de
from premier_accueil.pages.agenda.commun import sinon_introuvable
from premier_accueil.pages.agenda.formulaires import Silence
from premier_accueil.pages.entree import RequeteDe, entree, publique
from premier_accueil.personnes.requetes import entete


@require_http_methods(["GET", "POST"])
@entree(Droit.RECEVOIR)
def calendrier(requete: RequeteDe) -> HttpResponse:
    """Show whether the link is open; make a new one, shown once."""
    adresse = ""
    if requete.method == "POST":
        secret = actions.ouvrir_le_flux(role=requete.role, a=timezone.now())
        adresse = requete.build_absolute_uri(reverse("agenda:flux", args=[secret]))
    reponse = render(requete, "agenda/calendrier.html", {"flux": flux_de(requete.role), "adresse": adresse})
    reponse["Cache-Control"] = "no-store, private"
    return reponse


@require_POST
@entree(Droit.RECEVOIR)
def fermer(requete: RequeteDe) -> HttpResponse:
    """Revoke the link."""
    actions.fermer_le_flux(role=requete.role, a=timezone.now())
    messages.success(requete, "Lien fermé : il ne montre plus rien.")
    return redirect("agenda:calendrier")


@require_GET
@publique
def flux(requete: HttpRequest, secret: str) -> HttpResponse:
    """Give the calendar of a mission to who holds its link: times, never a name."""
    a = timezone.now()
    vus = rendez_vous_du_flux(secret, a)
    if vus is None:
        raise Http404
    reponse = HttpResponse(en_calendrier(vus, a), content_type="text/calendar; charset=utf-8")
    reponse["Cache-Control"] = "no-store, private"
    return reponse


@require_GET
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def personne(requete: RequeteDe, personne_id: int) -> HttpResponse:
    """Show a person's appointments, and whether one still writes to her."""
    return _personne(requete, personne_id, Silence())


@require_POST
@entree(Droit.OUVRIR_UN_DOSSIER)
@sinon_introuvable()
def silence(requete: RequeteDe, personne_id: int) -> HttpResponse:
    """Stop, or start again, what leaves by itself."""
    role, a = requete.role, timezone.now()
    if "reprendre" in requete.POST:
        actions.ecrire_de_nouveau(personne_id, role=role, a=a)
        messages.success(requete, "Les rappels peuvent repartir.")
        return redirect("agenda:personne", personne_id)
    saisie = Silence(requete.POST)
    try:
        actions.ne_plus_ecrire(personne_id, saisie.data.get("raison", ""), role=role, a=a)
    except actions.DemandeRefusee as refus:
        saisie.add_error("raison", str(refus))
        return _personne(requete, personne_id, saisie, 400)
    messages.success(requete, "C'est noté : plus aucun rappel ne part tout seul.")
    return redirect("agenda:personne", personne_id)


def _personne(requete: RequeteDe, personne_id: int, saisie: Silence, code: int = 200) -> HttpResponse:
    role, a = requete.role, timezone.now()
    qui, tait = entete(personne_id, role, a), silence_de(personne_id)
    contexte = {
        "qui": qui, "lignes": rendez_vous_de(personne_id, role, a), "saisie": saisie, "silence": tait,
        "raison": dict(RAISONS_DE_SILENCE).get(tait.raison, "") if tait else "",  # type: ignore[call-overload]
    }  # fmt: skip
    return render(requete, "agenda/personne.html", contexte, status=code)
