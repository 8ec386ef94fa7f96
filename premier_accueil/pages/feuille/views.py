"""The *feuille de route*: made by the agent, printed, opened again by the person with its code."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from premier_accueil.accueil import actions
from premier_accueil.accueil.actions.sms import Destinataire, envoyer_la_feuille
from premier_accueil.accueil.feuille import rendu, sms
from premier_accueil.accueil.feuille.contenu import Feuille
from premier_accueil.accueil.feuille.page import mots_retires, neutraliser
from premier_accueil.accueil.models import FeuilleDeRoute, Passage
from premier_accueil.accueil.requetes.feuille import feuille_du_passage
from premier_accueil.accueil.requetes.sms import envoi_de_la_feuille
from premier_accueil.acteurs.regles import Droit
from premier_accueil.pages.entree import RequeteDe, entree, publique
from premier_accueil.pages.sms import RIEN, tenter
from premier_accueil.socle.qr import qr_svg

REFUS = "Référence ou code incorrect. Vérifiez-les sur votre feuille, ou demandez à l'accueil."


@require_POST
@entree(Droit.RECEVOIR)
def editer(requete: RequeteDe, passage_id: int) -> HttpResponse:
    """Make the sheet of a passage."""
    adresse = requete.build_absolute_uri(reverse("feuille:entree"))
    try:
        actions.editer_feuille(passage_id, adresse=adresse, role=requete.role, a=timezone.now())
    except Passage.DoesNotExist as erreur:
        raise Http404 from erreur
    messages.success(requete, "La feuille de route est prête.")
    return redirect("guichet:passage", passage_id)


def _du_passage(requete: RequeteDe, passage_id: int) -> Feuille:
    try:
        return feuille_du_passage(passage_id, role=requete.role, a=timezone.now())
    except FeuilleDeRoute.DoesNotExist as erreur:
        raise Http404 from erreur


@require_GET
@entree(Droit.RECEVOIR)
def pdf(requete: RequeteDe, passage_id: int) -> HttpResponse:
    """Print the sheet: one A4 page, in 16 points when asked."""
    return _en_pdf(_du_passage(requete, passage_id), grand=requete.GET.get("taille") == "16")


@require_GET
@entree(Droit.RECEVOIR)
def agent(requete: RequeteDe, passage_id: int) -> HttpResponse:
    """Show the sheet as a page, and its SMS."""
    return _page(requete, passage_id)


def _page(requete: RequeteDe, passage_id: int, refus: str = "", dit: Destinataire = RIEN) -> HttpResponse:
    feuille = _du_passage(requete, passage_id)
    contexte = {
        "passage_id": passage_id, "sms": sms.texte(feuille), "retires": mots_retires(feuille), "refus": refus,
        "dit": dit, "envoi": envoi_de_la_feuille(passage_id, timezone.now()),
    }  # fmt: skip
    return render(requete, "feuille/agent.html", {**_contexte(feuille), **contexte}, status=400 if refus else 200)


@require_POST
@entree(Droit.RECEVOIR)
def envoyer(requete: RequeteDe, passage_id: int) -> HttpResponse:
    """Send the sheet by SMS, as the person said; a number typed here is not kept."""
    role, a = requete.role, timezone.now()
    try:
        refus, dit = tenter(requete, lambda vers: envoyer_la_feuille(passage_id, vers, role=role, a=a))
    except FeuilleDeRoute.DoesNotExist as erreur:
        raise Http404 from erreur
    return _page(requete, passage_id, refus, dit) if refus else redirect("feuille:agent", passage_id)


@require_http_methods(["GET", "POST"])
@publique
def entree_personne(requete: HttpRequest, reference: str = "") -> HttpResponse:
    """Open the sheet again with its reference and its code, without account."""
    if requete.method != "POST":
        return render(requete, "feuille/entree.html", {"reference": reference, "erreur": ""})
    reference = requete.POST.get("reference", reference)[:20]
    code = requete.POST.get("code", "")[:20]
    feuille = actions.ouvrir_feuille(reference, code, a=timezone.now())
    if feuille is None:
        return render(requete, "feuille/entree.html", {"reference": reference, "erreur": REFUS}, status=400)
    if requete.POST.get("forme") == "pdf":
        return _en_pdf(feuille, grand=requete.POST.get("taille") == "16")
    return render(requete, "feuille/page.html", {**_contexte(feuille), "code": code})


def _contexte(feuille: Feuille) -> dict[str, object]:
    return {"feuille": neutraliser(feuille), "qr": qr_svg(feuille.adresse_web, "Adresse de cette page")}


def _en_pdf(feuille: Feuille, *, grand: bool) -> HttpResponse:
    reponse = HttpResponse(rendu.pdf(feuille, grand=grand), content_type="application/pdf")
    reponse["Content-Disposition"] = f'inline; filename="{rendu.nom_de_fichier(feuille)}"'
    return reponse
