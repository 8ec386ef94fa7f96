"""The counter: receive, suggest, answer, print. Words travel by POST, never in an address."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from premier_accueil.accueil import actions
from premier_accueil.accueil.models import Passage
from premier_accueil.accueil.regles import NATURES, Etape, GesteImpossible, Nature
from premier_accueil.accueil.requetes import (
    Poste,
    Reglage,
    passage_vu,
    passages_du_jour,
    poste_de_travail,
    reglage_de,
    tickets_appeles,
)
from premier_accueil.acteurs.regles import Droit
from premier_accueil.orientation.courriers import expediteurs
from premier_accueil.orientation.requetes import familles
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.guichet.saisie import MODES, Saisie, cle_lue, saisie_vierge
from premier_accueil.pages.guichet.suggestions import Suggestions, suggerer
from premier_accueil.territoire.requetes import chercher_communes


def poste(requete: RequeteDe) -> Poste:
    """Return where the agent works; 404 in plain words when the structure has no site yet."""
    trouve = poste_de_travail(requete.role, requete.session.get("site"))
    if trouve is None:
        raise Http404("Votre structure n'a pas encore de lieu dans l'annuaire.")
    return trouve


def _page(
    requete: RequeteDe, saisie: Saisie, suggestions: Suggestions | None, ici: Poste, code: int = 200
) -> HttpResponse:
    role = requete.role
    reglage = reglage_de(role.structure_id)
    contexte: dict[str, Any] = {
        "saisie": saisie, "poste": ici, "modes": MODES, "familles": familles(), "expediteurs": expediteurs(),
        "natures": natures(reglage), "suggestions": suggestions, "choisis": saisie.data if saisie.is_bound else {},
        "reglage": reglage, "appeles": tickets_appeles(site_id=ici.site_id, role=role, a=timezone.now()),
    }  # fmt: skip
    return render(requete, "guichet/accueil.html", contexte, status=code)


def natures(reglage: Reglage) -> list[tuple[Nature, str]]:
    """Return the first answers of a structure: where one person receives, nobody is passed on."""
    deux = Etape.TRAVAIL_SOCIAL in reglage.etapes
    return [(nature, mots) for nature, mots in NATURES if deux or nature is not Nature.TRAVAILLEUR_SOCIAL]


@require_GET
@entree(Droit.RECEVOIR)
def accueil(requete: RequeteDe) -> HttpResponse:
    """Show the counter, ready for the next person."""
    ici = poste(requete)
    venue = {"attente_id": cle_lue(requete.GET.get("ticket")), "retour_de": cle_lue(requete.GET.get("retour"))}
    return _page(requete, Saisie(initial=saisie_vierge(ici) | venue), None, ici)


@require_POST
@entree(Droit.RECEVOIR)
def suggestions(requete: RequeteDe) -> HttpResponse:
    """Answer while one types: urgency sheet first, then needs, then services with their reasons."""
    saisie = Saisie(requete.POST)
    saisie.is_valid()
    vues = suggerer(saisie, timezone.now(), departement=requete.role.departement)
    return render(requete, "guichet/_suggestions.html", {"suggestions": vues, "saisie": saisie})


@require_POST
@entree()
def communes(requete: RequeteDe) -> HttpResponse:
    """Complete the name of a commune."""
    trouvees = chercher_communes(requete.POST.get("commune", "")[:120], departement=requete.role.departement or None)
    return render(requete, "guichet/_communes.html", {"communes": trouvees})


@require_POST
@entree(Droit.RECEVOIR)
def accueillir(requete: RequeteDe) -> HttpResponse:
    """Record the arrival and its first answer."""
    ici, a = poste(requete), timezone.now()
    saisie = Saisie(requete.POST)
    if not saisie.is_valid():
        return _page(requete, saisie, suggerer(saisie, a, departement=requete.role.departement), ici, 400)
    # Reasons are found again only when a service was chosen: a simple visit does not pay for an orientation.
    vues = suggerer(saisie, a, departement=requete.role.departement) if saisie.cleaned_data["services"] else None
    raisons = vues.raisons if vues else {}
    try:
        recu = actions.accueillir(saisie.demande(raisons), role=requete.role, site_id=ici.site_id, a=a)
    except actions.DemandeRefusee as refus:
        saisie.add_error(refus.champ if refus.champ in saisie.fields else None, str(refus))
        return _page(requete, saisie, suggerer(saisie, a, departement=requete.role.departement), ici, 400)
    if recu.ticket:
        messages.success(requete, f"Ticket {recu.ticket} : le travailleur social voit la personne dans sa file.")
    else:
        messages.success(requete, "C'était déjà enregistré." if recu.deja else "Passage enregistré.")
    return _vers(requete, reverse("guichet:passage", args=[recu.passage_id]))


def _vers(requete: RequeteDe, adresse: str) -> HttpResponse:
    """Lead to an address: a script that sent the form goes there itself, so that the message is read only once."""
    if "X-Envoi" in requete.headers:
        return HttpResponse(status=201, headers={"Location": adresse})
    return redirect(adresse)


@require_GET
@entree(Droit.RECEVOIR)
def passage(requete: RequeteDe, passage_id: int) -> HttpResponse:
    """Show one passage: what was said, what was answered, what can be printed."""
    try:
        vu = passage_vu(passage_id, role=requete.role, a=timezone.now())
    except Passage.DoesNotExist as erreur:
        raise Http404 from erreur
    offertes = natures(reglage_de(requete.role.structure_id))
    contexte = {
        "passage": vu, "natures": [n for n in offertes if n[0] is not Nature.TRAVAILLEUR_SOCIAL],
        "a_deux": len(offertes) == len(NATURES),
    }  # fmt: skip
    return render(requete, "guichet/passage.html", contexte)


@require_GET
@entree(Droit.RECEVOIR)
def passages(requete: RequeteDe) -> HttpResponse:
    """List the day's passages of this place."""
    ici = poste(requete)
    page = requete.GET.get("page", "1")
    numero = int(page) if page.isdigit() and len(page) < 6 else 1
    vus = passages_du_jour(site_id=ici.site_id, role=requete.role, a=timezone.now(), page=numero)
    return render(requete, "guichet/passages.html", {"vus": vus, "poste": ici})


@require_POST
@entree(Droit.RECEVOIR)
def repondre(requete: RequeteDe, passage_id: int) -> HttpResponse:
    """Add a first answer, or pass the person to the social worker."""
    nature, a = requete.POST.get("nature", ""), timezone.now()
    try:
        if nature == Nature.TRAVAILLEUR_SOCIAL:
            prenom = requete.POST.get("prenom_affiche", "")
            ticket = actions.passer_au_travailleur_social(passage_id, prenom=prenom, role=requete.role, a=a)
            messages.success(requete, f"Ticket {ticket} : le travailleur social voit la personne dans sa file.")
        elif nature in dict(NATURES):
            actions.repondre(passage_id, Nature(nature), role=requete.role, a=a)
            messages.success(requete, "Réponse ajoutée.")
    except Passage.DoesNotExist as erreur:
        raise Http404 from erreur
    except (actions.DemandeRefusee, GesteImpossible) as refus:
        messages.error(requete, str(refus))
    return redirect("guichet:passage", passage_id)


@require_POST
@entree(Droit.RECEVOIR)
def annuler(requete: RequeteDe, passage_id: int) -> HttpResponse:
    """Undo a passage recorded by mistake."""
    try:
        actions.annuler(passage_id, role=requete.role, a=timezone.now())
    except Passage.DoesNotExist as erreur:
        raise Http404 from erreur
    except actions.AnnulationImpossible as refus:
        messages.error(requete, str(refus))
        return redirect("guichet:passage", passage_id)
    messages.success(requete, "Passage annulé : ses mots sont effacés.")
    return redirect("guichet:accueil")
