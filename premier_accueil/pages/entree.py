"""Who enters a page: one decorator declares it, opens the transaction and keeps a GET from writing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Any, Protocol, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from premier_accueil.acteurs.regles import Droit, Fonction, fonctions_qui
from premier_accueil.acteurs.requetes import Role, role_de
from premier_accueil.socle.cloison import situer
from premier_accueil.socle.journal import differer
from premier_accueil.socle.lecture import LECTURES, EcritureEnLecture, lecture_seule

__all__ = ["VERROU", "EcritureEnLecture", "RequeteDe", "demonstration_seulement", "entree", "publique"]
VERROU = "verrouille"


class RequeteDe(HttpRequest):
    """A request whose sender is known."""

    role: Role


class Vue(Protocol):
    """A view that declared who enters."""

    entree: frozenset[Fonction] | None

    def __call__(self, requete: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer the request."""


def entree(*droits: Droit) -> Callable[[Callable[..., HttpResponseBase]], Vue]:
    """Declare that a page opens to the functions that hold one of these rights only, in its own transaction.

    The request receives ``role`` (who, where, as what). Nobody else enters: a stranger is sent to sign in, a locked
    screen to its lock, another function gets 403.

    Args:
        droits: rights that open the page (``acteurs.regles.DROITS``); none means anybody with a running mission.
    """
    ouvert = fonctions_qui(*droits) if droits else frozenset(Fonction)

    def decorer(vue: Callable[..., HttpResponseBase]) -> Vue:
        @wraps(vue)
        def gardee(requete: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            with transaction.atomic():
                if not requete.user.is_authenticated:
                    return redirect_to_login(requete.get_full_path())
                if requete.session.get(VERROU):
                    return redirect("compte:verrou")
                role = role_de(requete.user, mission_id=requete.session.get("mission"), a=timezone.now())
                if role is None or role.fonction not in ouvert:
                    raise PermissionDenied
                cast(RequeteDe, requete).role = role
                situer(structure=role.structure_id, mission=role.mission_id)
                return _appeler(vue, requete, *args, **kwargs)

        gardee.entree = ouvert  # type: ignore[attr-defined]
        return cast(Vue, gardee)

    return decorer


def publique(vue: Callable[..., HttpResponseBase]) -> Vue:
    """Declare that a page opens to anybody, without an account; who is signed in keeps the menu."""

    @wraps(vue)
    def gardee(requete: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with transaction.atomic():
            if requete.user.is_authenticated and not requete.session.get(VERROU):
                role = role_de(requete.user, mission_id=requete.session.get("mission"), a=timezone.now())
                if role is not None:
                    cast(RequeteDe, requete).role = role
            return _appeler(vue, requete, *args, **kwargs)

    gardee.entree = None  # type: ignore[attr-defined]
    return cast(Vue, gardee)


def demonstration_seulement(vue: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Refuse the page outside a demonstration."""

    @wraps(vue)
    def gardee(requete: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.DEMONSTRATION:
            raise PermissionDenied
        return vue(requete, *args, **kwargs)

    return gardee


def _appeler(vue: Callable[..., HttpResponseBase], requete: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    garde = connection.execute_wrapper(lecture_seule) if requete.method in LECTURES else nullcontext()
    # The answer leaves only once its lines are in the journal.
    with garde, differer():
        return vue(requete, *args, **kwargs)
