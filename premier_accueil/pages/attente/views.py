"""The queue of the site, and the waiting-room screen: numbers and first names, never a reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from premier_accueil.accueil import actions
from premier_accueil.accueil.models import Attente
from premier_accueil.accueil.regles import ETAPES, GESTES, Etape, GesteImpossible
from premier_accueil.accueil.requetes import ecran_par_jeton, etat_de_l_ecran, file_du_site
from premier_accueil.acteurs.regles import Droit, Fonction
from premier_accueil.pages.entree import RequeteDe, entree, publique
from premier_accueil.pages.guichet.views import poste
from premier_accueil.socle.cloison import situation


def _etape(requete: RequeteDe, valeur: str | None) -> Etape:
    if valeur in dict(ETAPES):
        return Etape(valeur)
    return Etape.TRAVAIL_SOCIAL if requete.role.fonction is Fonction.TRAVAIL_SOCIAL else Etape.ACCUEIL


@require_GET
@entree(Droit.RECEVOIR)
def file(requete: RequeteDe) -> HttpResponse:
    """Show the queue of the place; it follows what others do within a second."""
    ici, etape = poste(requete), _etape(requete, requete.GET.get("etape"))
    vue = file_du_site(site_id=ici.site_id, etape=etape, role=requete.role, a=timezone.now())
    gabarit = "attente/_file.html" if getattr(requete, "htmx", None) else "attente/file.html"
    contexte = {
        "file": vue,
        "poste": ici,
        "etapes": ETAPES,
        "etape": etape,
        "bureau": requete.session.get("bureau", ""),
    }
    return render(requete, gabarit, contexte)


@require_POST
@entree(Droit.RECEVOIR)
def appeler(requete: RequeteDe) -> HttpResponse:
    """Call the next ticket; two agents at once get two different ones."""
    ici, etape = poste(requete), _etape(requete, requete.POST.get("etape"))
    bureau = requete.POST.get("bureau", "")[:40]
    requete.session["bureau"] = bureau
    ticket = actions.appeler_suivant(
        etape=etape, bureau=bureau, role=requete.role, site_id=ici.site_id, a=timezone.now()
    )
    if ticket is None:
        messages.info(requete, "Personne n'attend.")
    else:
        messages.success(requete, f"Vous avez appelé le ticket {ticket.numero}.")
    return _retour(etape)


@require_POST
@entree(Droit.RECEVOIR)
def donner(requete: RequeteDe) -> HttpResponse:
    """Give a ticket to somebody who waits."""
    ici, etape = poste(requete), _etape(requete, requete.POST.get("etape"))
    prenom = requete.POST.get("prenom_affiche", "")[:40]
    ticket = actions.donner_ticket(etape=etape, prenom=prenom, role=requete.role, site_id=ici.site_id, a=timezone.now())
    messages.success(requete, f"Ticket {ticket.numero} donné.")
    return _retour(etape)


@require_POST
@entree(Droit.RECEVOIR)
def geste(requete: RequeteDe, attente_id: int, nom: str) -> HttpResponse:
    """Make one gesture on one ticket."""
    if nom not in GESTES:
        raise Http404
    try:
        ticket = actions.faire(
            nom, attente_id, role=requete.role, bureau=requete.POST.get("bureau", ""), a=timezone.now()
        )
    except Attente.DoesNotExist as erreur:
        raise Http404 from erreur
    except GesteImpossible as refus:
        messages.error(requete, str(refus))
        return _retour(_etape(requete, requete.POST.get("etape")))
    if nom == "appeler" and ticket.passage_id:
        return redirect("guichet:passage", ticket.passage_id)
    return _retour(Etape(ticket.etape))


def _retour(etape: Etape) -> HttpResponse:
    return redirect(f"{reverse('attente:file')}?etape={etape}")


@require_POST
@entree(Droit.RECEVOIR)
def renouveler_ecran(requete: RequeteDe) -> HttpResponse:
    """Make a new link for the waiting-room screen; the former one stops."""
    jeton = actions.renouveler_ecran(role=requete.role, site_id=poste(requete).site_id, a=timezone.now())
    adresse = requete.build_absolute_uri(reverse("ecran", args=[jeton]))
    return render(requete, "attente/lien_ecran.html", {"adresse": adresse})


@require_GET
@publique
def ecran(requete: HttpRequest, jeton: str) -> HttpResponse:
    """Show the waiting-room screen."""
    with situation(jeton=jeton):
        trouve = ecran_par_jeton(jeton)
        if trouve is None:
            raise Http404
        site_id, nom = trouve
        etat = etat_de_l_ecran(site_id, timezone.now())
    return render(requete, "attente/ecran.html", {"etat": etat, "site": nom, "jeton": jeton})
