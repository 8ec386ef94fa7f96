"""Prepare a relay: the one screen, and its preview as one types. Words travel by POST, never in an address."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from premier_accueil.acteurs.regles import Droit
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.entretien.commun import sinon_introuvable
from premier_accueil.pages.relais.composer import ENVOYE, Ecran, avancer, vu
from premier_accueil.pages.relais.saisie import SaisieDeRelais
from premier_accueil.personnes.requetes import entete
from premier_accueil.relais.requetes import relais_vu


@require_http_methods(["GET", "POST"])
@entree(Droit.COMMUNIQUER)
@sinon_introuvable()
def nouveau(requete: RequeteDe, personne_id: int) -> HttpResponse:
    """Show the one screen, send it, or keep it for later."""
    a = timezone.now()
    qui = entete(personne_id, requete.role, a)
    gabarit, contexte, code = avancer(Ecran(requete, personne_id, a))
    if code == 302:
        messages.success(requete, "C'est gardé pour plus tard. Rien n'est parti : vous le retrouvez ici.")
        return redirect("relais:partis")
    if gabarit == ENVOYE:
        return envoye(requete, contexte["propose"].relais_id, contexte["lien"], deja=contexte["propose"].deja)
    return render(requete, gabarit, {"qui": qui, **contexte}, status=code)


def envoye(
    requete: RequeteDe, relais_id: int, lien: object, *, deja: bool = False, parti: bool = True,
    par_courriel: bool = False,
) -> HttpResponse:  # fmt: skip
    """Show what happens next, with the link and its code when they were just made: they are shown once.

    Args:
        deja: a first click had sent it.
        parti: it was just sent; otherwise only its link is new.
        par_courriel: its address has just left by e-mail.
    """
    lu = relais_vu(relais_id, requete.role, timezone.now())
    contexte = {"vu": lu, "lien": lien, "deja": deja, "parti": parti, "par_courriel": par_courriel}
    reponse = render(requete, ENVOYE, contexte)
    reponse["Cache-Control"] = "no-store"
    return reponse


@require_POST
@entree(Droit.COMMUNIQUER)
@sinon_introuvable()
def apercu(requete: RequeteDe, personne_id: int) -> HttpResponse:
    """Show, while one types, what would leave for this recipient and why the rest stays; nothing is kept."""
    a, saisie = timezone.now(), SaisieDeRelais(requete.POST)
    saisie.is_valid()
    if not {"but", "base", "destinataire", "jours"} <= getattr(saisie, "cleaned_data", {}).keys():
        return render(requete, "relais/_apercu.html", {"vu": None}, status=400)
    # Each field is already re-read under itself while one types (T18): said once, it is enough.
    contexte = vu(Ecran(requete, personne_id, a), saisie) | {"remarques": ()}
    return render(requete, "relais/_apercu.html", contexte)
