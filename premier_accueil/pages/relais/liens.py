"""The link of a partner without account, as its sender keeps it: make one, e-mail its address, stop it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from premier_accueil.acteurs.regles import Droit
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.entretien.commun import sinon_introuvable
from premier_accueil.pages.relais.nouveau import envoye
from premier_accueil.relais import actions
from premier_accueil.relais.actions.liens import ADRESSE


@require_POST
@entree(Droit.COMMUNIQUER)
@sinon_introuvable()
def nouveau(requete: RequeteDe, relais_id: int) -> HttpResponse:
    """Make another link and its code: the ones before stop working."""
    try:
        lien = actions.ouvrir_un_lien(relais_id, role=requete.role, a=timezone.now())
    except actions.SaisieRefusee as refus:
        messages.error(requete, str(refus))
        return redirect("relais:un", relais_id)
    return envoye(requete, relais_id, lien, parti=False)


@require_POST
@entree(Droit.COMMUNIQUER)
@sinon_introuvable()
def revoquer(requete: RequeteDe, relais_id: int) -> HttpResponse:
    """Stop the link."""
    actions.revoquer_le_lien(relais_id, role=requete.role, a=timezone.now())
    messages.success(requete, "Le lien est arrêté : il n'ouvre plus rien.")
    return redirect("relais:un", relais_id)


@require_POST
@entree(Droit.COMMUNIQUER)
@sinon_introuvable()
def par_courriel(requete: RequeteDe, relais_id: int) -> HttpResponse:
    """E-mail the address, and never the code: it stays on this screen, to be told on the telephone."""
    adresse, code = requete.POST.get("adresse", ""), requete.POST.get("code", "")
    page = requete.build_absolute_uri(reverse("lien_de_relais", args=[adresse])) if ADRESSE.fullmatch(adresse) else ""
    try:
        actions.envoyer_l_adresse(relais_id, adresse, page, role=requete.role, a=timezone.now())
    except actions.SaisieRefusee as refus:
        messages.error(requete, str(refus))
        return redirect("relais:un", relais_id)
    chiffres = "".join(c for c in code[:20] if c.isascii() and c.isdigit())
    return envoye(requete, relais_id, actions.Lien(adresse, chiffres), parti=False, par_courriel=True)
