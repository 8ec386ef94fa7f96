"""The pages of the sign-in through a provider of identity."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from premier_accueil.acteurs.models import Compte, Identite
from premier_accueil.pages.compte import oidc
from premier_accueil.pages.compte.mon_compte import page
from premier_accueil.pages.compte.second_facteur import PATIENCE_S, confirmer_mot_de_passe
from premier_accueil.pages.compte.session import entrer
from premier_accueil.pages.entree import VERROU, RequeteDe, entree, publique

SUITE, RELIER, RECONNU = "oidc_suite", "oidc_relier", "oidc_reconnu"
PANNE = (
    "{} ne répond pas pour le moment. Vous pouvez entrer avec votre mot de passe, ou réessayer dans quelques minutes."
)
REFUS = "La connexion par {} n'a pas abouti. Recommencez depuis cette page, ou entrez avec votre mot de passe."
INCONNU = (
    "{} vous a reconnu, mais aucun compte ne correspond ici. "
    "Demandez à l'administrateur de votre structure de créer votre compte avec cette adresse."
)


@require_GET
@publique
def partir(requete: HttpRequest) -> HttpResponseBase:
    """Go to the provider."""
    if not oidc.libelle():
        raise Http404
    requete.session[SUITE] = requete.GET.get("next", "")[:500]
    try:
        return oidc.partir(requete)
    except oidc.FournisseurEnPanne:
        return _connexion(requete, PANNE, 503)


@require_GET
@publique
def retour(requete: HttpRequest) -> HttpResponseBase:
    """Come back from the provider; a click then enters, since opening a page writes nothing."""
    if not oidc.libelle():
        raise Http404
    try:
        reconnu = oidc.revenir(requete)
    except oidc.FournisseurEnPanne:
        return _connexion(requete, PANNE, 503)
    except oidc.IdentiteRefusee:
        return _connexion(requete, REFUS, 400)
    compte, _ = oidc.compte_de(reconnu)
    relier = _a_relier(requete)
    if compte is None and relier is None:
        return _connexion(requete, INCONNU, 403)
    requete.session[RECONNU] = {**oidc.en_session(reconnu), "depuis": timezone.now().timestamp()}
    contexte = {
        "nom": (relier or cast(Compte, compte)).nom,
        "relier": relier is not None,
        "fournisseur": oidc.libelle(),
    }
    return render(requete, "compte/fournisseur.html", contexte)


@require_POST
@publique
def finir(requete: HttpRequest) -> HttpResponseBase:
    """Open the session of somebody recognised, or link the account already open."""
    garde: dict[str, Any] = requete.session.pop(RECONNU, {})
    if not garde or timezone.now().timestamp() - garde.pop("depuis") > PATIENCE_S:
        return redirect("compte:connexion")
    reconnu = oidc.Reconnu(**garde)
    relier = _a_relier(requete)
    if relier is not None:
        requete.session.pop(RELIER)
        if _lier(relier, reconnu):
            messages.success(requete, f"Votre compte est relié à {oidc.libelle()}.")
        else:
            messages.error(requete, "Cette identité est déjà reliée à un autre compte : rien n'a changé.")
        return redirect("compte:mon_compte")
    compte, nouveau = oidc.compte_de(reconnu)
    if compte is None or (nouveau and not _lier(compte, reconnu)):
        return _connexion(requete, INCONNU, 403)
    return entrer(requete, compte, requete.session.pop(SUITE, ""), {oidc.JETON: reconnu.jeton})


@sensitive_post_parameters("mot_de_passe")
@require_POST
@entree()
def relier(requete: RequeteDe) -> HttpResponse:
    """Link my account: the password first, then the provider."""
    if not oidc.libelle():
        raise Http404
    erreur, statut = confirmer_mot_de_passe(requete, cast(Compte, requete.user))
    if erreur:
        return page(requete, {"fournisseur": erreur}, statut)
    requete.session[RELIER] = timezone.now().timestamp()
    # A page between: the content policy lets no form lead, even by a redirection, to another site.
    contexte = {"adresse": reverse("compte:oidc"), "fournisseur": oidc.libelle(), "titre": "Relier mon compte"}
    return render(requete, "compte/vers_ailleurs.html", contexte)


def _a_relier(requete: HttpRequest) -> Compte | None:
    """Return the account that asked to be linked in this session, a moment ago."""
    if not requete.user.is_authenticated or requete.session.get(VERROU):
        return None
    recent = timezone.now().timestamp() - requete.session.get(RELIER, 0) < PATIENCE_S
    return requete.user if recent else None


def _lier(compte: Compte, reconnu: oidc.Reconnu) -> bool:
    try:
        with transaction.atomic():
            Identite.objects.create(
                compte=compte, emetteur=reconnu.emetteur, sujet=reconnu.sujet, liee_le=timezone.now()
            )
    except IntegrityError:
        return False
    return True


def _connexion(requete: HttpRequest, phrase: str, code: int) -> HttpResponse:
    contexte = {
        "erreur": phrase.format(oidc.libelle()), "suite": requete.session.get(SUITE, ""), "essais": [],
        "identifiant": "", "fournisseur": oidc.libelle(),
    }  # fmt: skip
    return render(requete, "compte/connexion.html", contexte, status=code)
