"""My account: password, second factor, open sessions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from premier_accueil.acteurs.models import Compte
from premier_accueil.pages.compte import codes, oidc
from premier_accueil.pages.compte.adresse import reconnaitre
from premier_accueil.pages.compte.session import fermer_ailleurs, quitter
from premier_accueil.pages.entree import RequeteDe, entree


def page(requete: HttpRequest, erreurs: Mapping[str, str] | None = None, code: int = 200) -> HttpResponse:
    """Show the account of the person signed in.

    Args:
        erreurs: what went wrong, by part of the page: ``mot_de_passe``, ``second_facteur``, ``fournisseur``.
        code: HTTP status.
    """
    compte = cast(Compte, requete.user)
    erreurs = erreurs or {}
    contexte = {
        "compte": compte,
        "a_un_mot_de_passe": compte.has_usable_password(),
        "second_facteur": codes.a_un_second_facteur(compte),
        "restants": codes.codes_restants(compte),
        "consignes": password_validators_help_texts(),
        "fournisseur": oidc.libelle(),
        "relie": oidc.est_relie(compte),
        "erreurs": {k: erreurs.get(k, "") for k in ("mot_de_passe", "second_facteur", "fournisseur")},
    }
    return render(requete, "compte/mon_compte.html", contexte, status=code)


@require_GET
@entree()
def mon_compte(requete: RequeteDe) -> HttpResponse:
    """Show my account."""
    return page(requete)


@sensitive_post_parameters("mot_de_passe", "nouveau", "encore")
@require_POST
@entree()
def mot_de_passe(requete: RequeteDe) -> HttpResponse:
    """Change my password; every other session of the account ends."""
    compte = cast(Compte, requete.user)
    if not compte.has_usable_password():
        return page(requete, {"mot_de_passe": "Ce compte n'a pas de mot de passe."}, 400)
    trouve, erreur, code = reconnaitre(requete, compte.identifiant)
    if trouve is None:
        return page(requete, {"mot_de_passe": f"{erreur} Votre mot de passe n'a pas changé."}, code)
    nouveau = requete.POST.get("nouveau", "")[:1000]
    try:
        if nouveau != requete.POST.get("encore", "")[:1000]:
            raise ValidationError("Les deux nouveaux mots de passe ne sont pas les mêmes.")
        validate_password(nouveau, compte)
    except ValidationError as refus:
        return page(requete, {"mot_de_passe": f"{' '.join(refus.messages)} Votre mot de passe n'a pas changé."}, 400)
    compte.set_password(nouveau)
    compte.save(update_fields=["password"])
    update_session_auth_hash(requete, compte)
    fermer_ailleurs(compte, garder=requete.session.session_key)
    messages.success(requete, "Votre mot de passe est changé. Vos autres sessions sont fermées.")
    return redirect("compte:mon_compte")


@require_POST
@entree()
def partout(requete: RequeteDe) -> HttpResponseBase:
    """End every session of my account, this one too."""
    fermer_ailleurs(cast(Compte, requete.user), garder=requete.session.session_key)
    messages.success(requete, "Vous êtes déconnecté de tous les postes.")
    return quitter(requete)
