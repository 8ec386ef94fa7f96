"""One slip: print it, tick what is brought back, receive its holder first; and the list, for who holds the code."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from premier_accueil.accueil.actions import pieces as actions
from premier_accueil.accueil.actions import pieces_retour as retours
from premier_accueil.accueil.actions.sms import Destinataire, envoyer_le_bulletin
from premier_accueil.accueil.feuille import bulletin as papier
from premier_accueil.accueil.models import BulletinDePieces, PieceManquante
from premier_accueil.accueil.regles import ETAPES, Etape, GesteImpossible
from premier_accueil.accueil.requetes.pieces import bulletin_vu
from premier_accueil.accueil.requetes.pieces_bulletin import bulletin_a_imprimer
from premier_accueil.accueil.requetes.pieces_lieux import lieux_de_retour
from premier_accueil.accueil.requetes.sms import envoi_du_bulletin
from premier_accueil.acteurs.regles import Droit
from premier_accueil.annuaire.models import Site
from premier_accueil.pages.entree import RequeteDe, entree, publique
from premier_accueil.pages.guichet.views import poste
from premier_accueil.pages.pieces.saisie import entier, identifiant, sans_copie
from premier_accueil.pages.sms import RIEN, tenter

REFUS = "Référence ou code incorrect. Vérifiez-les sur votre bulletin, ou demandez à l'accueil."


@require_GET
@entree(Droit.RECEVOIR)
def voir(requete: RequeteDe, bulletin_id: int) -> HttpResponse:
    """Show one slip: its papers, its deadline, where she comes back, and its SMS."""
    return _page(requete, bulletin_id)


def _page(requete: RequeteDe, bulletin_id: int, refus: str = "", dit: Destinataire = RIEN) -> HttpResponse:
    ici, a = poste(requete), timezone.now()
    try:
        vu = bulletin_vu(bulletin_id, role=requete.role, a=a)
    except BulletinDePieces.DoesNotExist as erreur:
        raise Http404 from erreur
    contexte = {
        "envoi": envoi_du_bulletin(bulletin_id, a), "refus": refus, "dit": dit,
        "bulletin": vu, "poste": ici, "etapes": ETAPES, "demande_id": uuid4(),
        "lieux": lieux_de_retour(site_id=ici.site_id, passage_id=vu.passage_id, role=requete.role, a=a),
        "sms": papier.sms(_a_imprimer(requete, bulletin_id)) if vu.complet_le is None else "",
    }  # fmt: skip
    return render(requete, "pieces/bulletin.html", contexte, status=400 if refus else 200)


def _adresse(requete: RequeteDe) -> str:
    return requete.build_absolute_uri(reverse("pieces:entree"))


def _a_imprimer(requete: RequeteDe, bulletin_id: int) -> papier.Bulletin:
    return bulletin_a_imprimer(bulletin_id, adresse=_adresse(requete), role=requete.role, a=timezone.now())


@require_POST
@entree(Droit.RECEVOIR)
@sans_copie
def envoyer(requete: RequeteDe, bulletin_id: int) -> HttpResponse:
    """Send the slip by SMS, as the person said; a number typed here is not kept."""
    ou: dict[str, Any] = {"adresse": _adresse(requete), "role": requete.role, "a": timezone.now()}
    try:
        refus, dit = tenter(requete, lambda vers: envoyer_le_bulletin(bulletin_id, vers, **ou))
    except BulletinDePieces.DoesNotExist as erreur:
        raise Http404 from erreur
    return _page(requete, bulletin_id, refus, dit) if refus else redirect("pieces:bulletin", bulletin_id)


@require_GET
@entree(Droit.RECEVOIR)
def pdf(requete: RequeteDe, bulletin_id: int) -> HttpResponse:
    """Print the slip: A5, or A4 in 16 points."""
    try:
        a_imprimer = _a_imprimer(requete, bulletin_id)
    except BulletinDePieces.DoesNotExist as erreur:
        raise Http404 from erreur
    return _en_pdf(a_imprimer, grand=requete.GET.get("taille") == "16")


def _en_pdf(a_imprimer: papier.Bulletin, *, grand: bool) -> HttpResponse:
    reponse = HttpResponse(papier.pdf(a_imprimer, grand=grand), content_type="application/pdf")
    reponse["Content-Disposition"] = f'inline; filename="{papier.NOM_DE_FICHIER}"'
    return reponse


@require_POST
@entree(Droit.RECEVOIR)
@sans_copie
def cocher(requete: RequeteDe, bulletin_id: int, piece_id: int) -> HttpResponse:
    """Tick a paper, or take the tick back."""
    vue = requete.POST.get("vue", "oui") == "oui"
    try:
        complet = actions.cocher(
            bulletin_id, piece_id, vue, role=requete.role, site_id=poste(requete).site_id, a=timezone.now()
        )
        if complet:
            messages.success(requete, "Tout est là. Le dossier peut partir.")
    except (BulletinDePieces.DoesNotExist, PieceManquante.DoesNotExist) as erreur:
        raise Http404 from erreur
    except actions.PieceDejaDite as conflit:
        messages.info(requete, str(conflit))
    return redirect("pieces:bulletin", bulletin_id)


@require_POST
@entree(Droit.RECEVOIR)
@sans_copie
def tout_est_la(requete: RequeteDe, bulletin_id: int) -> HttpResponse:
    """Say that every paper was shown."""
    try:
        actions.tout_est_la(bulletin_id, role=requete.role, site_id=poste(requete).site_id, a=timezone.now())
    except BulletinDePieces.DoesNotExist as erreur:
        raise Http404 from erreur
    messages.success(requete, "Tout est là. Le dossier peut partir.")
    return redirect("pieces:bulletin", bulletin_id)


@require_POST
@entree(Droit.RECEVOIR)
@sans_copie
def revenir(requete: RequeteDe, bulletin_id: int) -> HttpResponse:
    """Give who comes back a ticket that is called before the others."""
    etape = requete.POST.get("etape", "")
    try:
        numero = retours.revenir(
            bulletin_id, etape=Etape(etape) if etape in dict(ETAPES) else Etape.ACCUEIL,
            demande_id=identifiant(requete.POST.get("demande_id", "")), role=requete.role,
            site_id=poste(requete).site_id, a=timezone.now(),
        )  # fmt: skip
        messages.success(requete, f"Ticket {numero} : la personne sera appelée en premier.")
    except BulletinDePieces.DoesNotExist as erreur:
        raise Http404 from erreur
    except GesteImpossible as refus:
        messages.error(requete, str(refus))
    return redirect("pieces:bulletin", bulletin_id)


@require_POST
@entree(Droit.RECEVOIR)
@sans_copie
def choisir_le_lieu(requete: RequeteDe, bulletin_id: int) -> HttpResponse:
    """Write where she wants to come back."""
    try:
        lieu = actions.choisir_le_lieu(
            bulletin_id, entier(requete.POST.get("retour", "")) or 0, role=requete.role, a=timezone.now()
        )
        messages.success(requete, f"Elle reviendra à {lieu}. Imprimez le bulletin de nouveau si elle l'avait déjà.")
    except BulletinDePieces.DoesNotExist as erreur:
        raise Http404 from erreur
    except Site.DoesNotExist:
        messages.error(requete, "Ce lieu n'est pas un lieu de votre structure. Rien n'a changé.")
    return redirect("pieces:bulletin", bulletin_id)


@require_POST
@entree(Droit.RECEVOIR)
@sans_copie
def rouvrir_le_code(requete: RequeteDe, bulletin_id: int) -> HttpResponse:
    """Let the code open the slip again."""
    try:
        actions.rouvrir_le_code(bulletin_id, role=requete.role, a=timezone.now())
    except BulletinDePieces.DoesNotExist as erreur:
        raise Http404 from erreur
    messages.success(requete, "Le code ouvre de nouveau la liste.")
    return redirect("pieces:bulletin", bulletin_id)


@require_http_methods(["GET", "POST"])
@publique
@sans_copie
def entree_personne(requete: HttpRequest, reference: str = "") -> HttpResponse:
    """Show the list to whoever holds the slip, without account: papers and ticks, nobody's name."""
    if requete.method != "POST":
        return render(requete, "pieces/entree.html", {"reference": reference, "erreur": ""})
    reference = requete.POST.get("reference", reference)[:20]
    lu = retours.ouvrir_bulletin(reference, requete.POST.get("code", "")[:20], a=timezone.now())
    if lu is None:
        return render(requete, "pieces/entree.html", {"reference": reference, "erreur": REFUS}, status=400)
    return render(requete, "pieces/liste.html", {"bulletin": lu, "agent": False})
