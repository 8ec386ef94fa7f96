"""Ask the second factor at sign-in; turn it on and off."""

from __future__ import annotations

import base64
from typing import Any, cast

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from premier_accueil.acteurs.models import Compte
from premier_accueil.pages.compte import codes
from premier_accueil.pages.compte.adresse import reconnaitre
from premier_accueil.pages.compte.mon_compte import page
from premier_accueil.pages.compte.session import ATTENDU, fermer_ailleurs, ouvrir
from premier_accueil.pages.entree import RequeteDe, entree, publique

PATIENCE_S = 300


@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
@publique
def code(requete: HttpRequest) -> HttpResponseBase:
    """Ask the code of somebody whose password was right; nothing opens before."""
    attendu = requete.session.get(ATTENDU, {})
    compte = Compte.objects.filter(pk=attendu.get("compte"), is_active=True).first()
    a = timezone.now()
    if compte is None or a.timestamp() - attendu["depuis"] > PATIENCE_S:
        return redirect("compte:connexion")
    erreur = ""
    if requete.method == "POST":
        erreur = codes.verifier(compte, requete.POST.get("code", ""), a)
        if not erreur:
            return ouvrir(requete, compte, attendu["suite"], attendu["garder"])
    return render(requete, "compte/code.html", {"erreur": erreur}, status=400 if erreur else 200)


@sensitive_post_parameters("mot_de_passe")
@require_POST
@entree()
def preparer(requete: RequeteDe) -> HttpResponse:
    """Draw a secret, once the password was given again."""
    compte = cast(Compte, requete.user)
    erreur, statut = confirmer_mot_de_passe(requete, compte)
    if erreur:
        return page(requete, {"second_facteur": erreur}, statut)
    codes.preparer(compte)
    return redirect("compte:second_facteur")


@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
@entree()
def activer(requete: RequeteDe) -> HttpResponse:
    """Show the secret to the telephone, check its first code, then give the recovery codes once."""
    compte = cast(Compte, requete.user)
    appareil = codes.en_preparation(compte)
    if appareil is None:
        return redirect("compte:mon_compte")
    erreur = ""
    if requete.method == "POST":
        erreur = codes.essayer(appareil, requete.POST.get("code", "").replace(" ", "")[:10], timezone.now())
        if not erreur:
            fermer_ailleurs(compte, garder=requete.session.session_key)
            return render(requete, "compte/secours.html", {"codes": codes.confirmer(appareil)})
    contexte = {"erreur": erreur, **_secret(appareil)}
    return render(requete, "compte/activer.html", contexte, status=400 if erreur else 200)


@sensitive_post_parameters("mot_de_passe", "code")
@require_POST
@entree()
def retirer(requete: RequeteDe) -> HttpResponse:
    """Turn the second factor off, with the password and a code."""
    compte = cast(Compte, requete.user)
    erreur, statut = confirmer_mot_de_passe(requete, compte)
    if not erreur:
        erreur, statut = codes.verifier(compte, requete.POST.get("code", ""), timezone.now()), 400
    if erreur:
        return page(requete, {"second_facteur": erreur}, statut)
    codes.retirer(compte)
    messages.success(requete, "Le code du téléphone n'est plus demandé à la connexion.")
    return redirect("compte:mon_compte")


def confirmer_mot_de_passe(requete: HttpRequest, compte: Compte) -> tuple[str, int]:
    """Check the password of the account that is signed in, when it has one; return what to say and its status."""
    if not compte.has_usable_password():
        return "", 200
    _, erreur, statut = reconnaitre(requete, compte.identifiant)
    return erreur, statut


def _secret(appareil: Any) -> dict[str, str]:
    secret = base64.b32encode(appareil.bin_key).decode()
    return {
        "image": segno.make(appareil.config_url, error="m", micro=False).svg_data_uri(scale=5, border=4, light="white"),
        "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
    }
