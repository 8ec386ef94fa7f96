"""How a working session begins, slides and ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import SESSION_KEY, login, logout
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from premier_accueil.acteurs.models import Compte
from premier_accueil.pages.compte import oidc
from premier_accueil.pages.compte.codes import a_un_second_facteur
from premier_accueil.pages.entree import VERROU

MOT_DE_PASSE = "django.contrib.auth.backends.ModelBackend"
ACTIVITE = "activite"
ATTENDU = "second_facteur"
PAS_S = 60


class SessionDeTravail:
    """Slide the end of a session with what somebody does, and bring an interrupted form back to its page."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.suite = suite

    def __call__(self, requete: HttpRequest) -> HttpResponseBase:
        """Answer, then note the activity at most once a minute."""
        reponse = self.suite(requete)
        if requete.method == "POST":
            _revenir_a_la_page(requete, reponse)
        # A screen that refreshes itself must not keep a session alive for ever.
        de_lui_meme = requete.method == "GET" and "HX-Request" in requete.headers
        if not de_lui_meme and SESSION_KEY in requete.session:
            maintenant = int(timezone.now().timestamp())
            if maintenant - requete.session.get(ACTIVITE, 0) >= PAS_S:
                requete.session[ACTIVITE] = maintenant
        return reponse


def _revenir_a_la_page(requete: HttpRequest, reponse: HttpResponseBase) -> None:
    """After a session's end, sign in and come back to the page of the form: its draft waits there."""
    connexion = reverse(settings.LOGIN_URL)
    if reponse.status_code != 302 or not reponse.headers.get("Location", "").startswith(f"{connexion}?next="):
        return
    page = requete.headers.get("Referer", "")
    interne = url_has_allowed_host_and_scheme(page, {requete.get_host()}, require_https=requete.is_secure())
    chemin = urlsplit(page).path if interne else reverse("racine")
    reponse.headers["Location"] = f"{connexion}?{urlencode({'next': chemin})}"


def entrer(requete: HttpRequest, compte: Compte, suite: str, garder: dict[str, Any] | None = None) -> HttpResponseBase:
    """Open the session of somebody recognised; with a second factor, ask its code first.

    Until the code, the session names nobody: it only remembers, for five minutes, who is expected.

    Args:
        suite: page asked for, followed only inside this site.
        garder: what the session keeps once open.
    """
    if not a_un_second_facteur(compte):
        return ouvrir(requete, compte, suite, garder)
    logout(requete)
    maintenant = timezone.now().timestamp()
    requete.session[ATTENDU] = {"compte": compte.pk, "suite": suite, "depuis": maintenant, "garder": garder or {}}
    return redirect("compte:code")


def ouvrir(requete: HttpRequest, compte: Compte, suite: str, garder: dict[str, Any] | None = None) -> HttpResponseBase:
    """Open a session under a new key, unlocked, and go to the page that was asked for inside this site."""
    if requete.user.is_authenticated:
        requete.session.cycle_key()  # Django keeps the key of who signs in twice
    login(requete, compte, backend=MOT_DE_PASSE)
    for cle in (VERROU, ATTENDU):
        requete.session.pop(cle, None)
    requete.session.update(garder or {})
    if suite and url_has_allowed_host_and_scheme(suite, {requete.get_host()}, require_https=requete.is_secure()):
        return redirect(suite)
    return redirect("racine")


def quitter(requete: HttpRequest) -> HttpResponseBase:
    """Sign out here, then of the provider of identity if it opened this session."""
    ailleurs = oidc.adresse_de_sortie(requete)
    logout(requete)
    vars(requete).pop("role", None)  # the page that follows belongs to nobody
    return render(requete, "compte/vers_ailleurs.html", ailleurs) if ailleurs else redirect("compte:connexion")


def fermer_ailleurs(compte: Compte, garder: str | None = None) -> int:
    """End the sessions of an account on every other screen.

    Args:
        compte: whose sessions.
        garder: key of the session that stays open, if any.

    Returns:
        how many were ended.
    """
    # Session rows do not name their account; a département has some hundreds of them, each read in microseconds.
    vivantes = Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key=garder)
    siennes = [s.pk for s in vivantes.iterator() if s.get_decoded().get(SESSION_KEY) == str(compte.pk)]
    Session.objects.filter(pk__in=siennes).delete()
    return len(siennes)
