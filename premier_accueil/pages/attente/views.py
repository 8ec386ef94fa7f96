"""The queue of the site, and the waiting-room screen: numbers and first names, never a reason."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from premier_accueil.accueil import actions
from premier_accueil.accueil.models import Attente
from premier_accueil.accueil.regles import ETAPES, GESTES, Etape, GesteImpossible
from premier_accueil.accueil.requetes import (
    ecran_par_jeton,
    estimation,
    etat_de_l_ecran,
    file_du_site,
    file_fermee,
    fin_du_jour,
    reglage_de,
)
from premier_accueil.acteurs.regles import Droit, Fonction
from premier_accueil.annuaire.models import Site
from premier_accueil.pages.entree import RequeteDe, entree, publique
from premier_accueil.pages.guichet.views import poste
from premier_accueil.socle.cloison import situation
from premier_accueil.socle.texte import propre


def _etape(requete: RequeteDe, valeur: str | None, etapes: tuple[Etape, ...] = tuple(Etape)) -> Etape:
    """Return the queue that is asked for, else the one of who looks, else the first one of the structure."""
    if valeur in dict(ETAPES):
        return Etape(valeur)
    mienne = Etape.TRAVAIL_SOCIAL if requete.role.fonction is Fonction.TRAVAIL_SOCIAL else Etape.ACCUEIL
    return mienne if mienne in etapes else etapes[0]


@require_GET
@entree(Droit.RECEVOIR)
def file(requete: RequeteDe) -> HttpResponse:
    """Show the queue of the place; it follows what others do within a second."""
    role, a = requete.role, timezone.now()
    ici, reglage = poste(requete), reglage_de(role.structure_id)
    etape = _etape(requete, requete.GET.get("etape"), reglage.etapes)
    chez: dict[str, Any] = {"structure_id": role.structure_id, "site_id": ici.site_id, "a": a}
    fermee = file_fermee(**chez)
    contexte = {
        "file": file_du_site(site_id=ici.site_id, etape=etape, role=role, a=a, fermee=fermee),
        "estimation": estimation(etape=etape, **chez), "fermee": fermee, "poste": ici, "etape": etape,
        "etapes": [(code, mots) for code, mots in ETAPES if code in {*reglage.etapes, etape}],
        "bureau": requete.session.get("bureau", ""), "priorites": reglage.priorites_admises, "demande_id": uuid4(),
    }  # fmt: skip
    if getattr(requete, "htmx", None):
        return render(requete, "attente/_file.html", contexte)
    return render(requete, "attente/file.html", contexte | {"fin": None if fermee else fin_du_jour(**chez)})


@require_POST
@entree(Droit.RECEVOIR)
def appeler(requete: RequeteDe) -> HttpResponse:
    """Call the next ticket; two agents at once get two different ones. The desk is kept for the session."""
    ici, etape = poste(requete), _etape(requete, requete.POST.get("etape"))
    bureau = propre(requete.POST.get("bureau", ""))[:40]
    requete.session["bureau"] = bureau
    ticket = actions.appeler_suivant(
        etape=etape, bureau=bureau, role=requete.role, site_id=ici.site_id, a=timezone.now()
    )
    if ticket is None:
        messages.info(requete, "Personne n'attend pour vous.")
    else:
        messages.success(requete, f"Vous avez appelé le ticket {ticket.numero}.")
    return retour(etape)


def _demande(requete: RequeteDe) -> UUID | None:
    try:
        return UUID(requete.POST.get("demande_id", ""))
    except ValueError:
        return None


@require_POST
@entree(Droit.RECEVOIR)
def donner(requete: RequeteDe) -> HttpResponse:
    """Give a ticket to somebody who waits; a double click gives one."""
    ici, etape = poste(requete), _etape(requete, requete.POST.get("etape"))
    envoi = requete.POST
    try:
        ticket = actions.donner_ticket(
            etape=etape, prenom=envoi.get("prenom_affiche", "")[:40], role=requete.role, site_id=ici.site_id,
            a=timezone.now(), demande_id=_demande(requete), priorite=envoi.get("priorite", ""),
            priorite_mots=envoi.get("priorite_mots", ""),
        )  # fmt: skip
    except GesteImpossible as refus:
        messages.error(requete, f"{refus} Aucun ticket n'est donné.")
        return retour(etape)
    messages.success(requete, f"Ticket {ticket.numero} donné.")
    return redirect("attente:papier", ticket.pk) if "imprimer" in envoi else retour(etape)


@require_POST
@entree(Droit.RECEVOIR)
def geste(requete: RequeteDe, attente_id: int, nom: str) -> HttpResponse:
    """Make one gesture on one ticket."""
    if nom not in GESTES:
        raise Http404
    try:
        bureau = requete.session.get("bureau", "")
        ticket = actions.faire(nom, attente_id, role=requete.role, bureau=bureau, a=timezone.now())
    except Attente.DoesNotExist as erreur:
        raise Http404 from erreur
    except GesteImpossible as refus:
        messages.error(requete, str(refus))
        return retour(_etape(requete, requete.POST.get("etape")))
    if nom == "appeler" and ticket.passage_id:
        return redirect("guichet:passage", ticket.passage_id)
    return retour(Etape(ticket.etape))


def retour(etape: str) -> HttpResponse:
    """Lead back to a queue."""
    return redirect(f"{reverse('attente:file')}?etape={etape}")


@require_POST
@entree(Droit.RECEVOIR)
def fermeture(requete: RequeteDe) -> HttpResponse:
    """Close the queue for the day, open it again, or write that everybody who waits was told."""
    ici, a, voulu = poste(requete), timezone.now(), requete.POST.get("geste")
    ou: dict[str, Any] = {"role": requete.role, "site_id": ici.site_id, "a": a}
    if voulu == "fermer":
        restent = actions.fermer_la_file(**ou)
        messages.success(requete, f"La file est fermée : plus de ticket aujourd'hui. Attendent encore : {restent}.")
    elif voulu == "rouvrir":
        actions.rouvrir_la_file(**ou)
        messages.success(requete, "La file est rouverte.")
    elif voulu == "clore":
        combien = actions.clore_la_journee(**ou)
        messages.success(requete, f"Non reçus à la fermeture, et prévenus : {combien}. Ils sont comptés.")
    return redirect("attente:file")


@require_POST
@entree(Droit.RECEVOIR)
def renouveler_ecran(requete: RequeteDe) -> HttpResponse:
    """Make a new link for the waiting-room screen; the former one stops."""
    try:
        jeton = actions.renouveler_ecran(role=requete.role, site_id=poste(requete).site_id, a=timezone.now())
    except Site.DoesNotExist:
        messages.error(requete, "L'écran de ce lieu est à la structure qui le tient : vos numéros s'y affichent.")
        return redirect("attente:file")
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
