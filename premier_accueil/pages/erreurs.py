"""Errors in plain French: what happened, what was kept, what to do."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from psycopg_pool import PoolTimeout

from premier_accueil.socle import dossiers
from premier_accueil.socle.base import BaseIndisponible, Serveur

ABSENTE = (OperationalError, InterfaceError, PoolTimeout)
journal = logging.getLogger(__name__)


class BaseAbsente:
    """Answer 503 in plain words when the database is away, and try to wake the embedded one."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.suite = suite

    def __call__(self, requete: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.suite(requete)

    def process_exception(self, requete: HttpRequest, erreur: Exception) -> HttpResponse | None:
        """Turn a lost database into a page; leave every other error alone."""
        if not isinstance(erreur, ABSENTE):
            return None
        journal.error("database away: %s", type(erreur).__name__)
        reveiller()
        return indisponible(requete)


_reveil = threading.Lock()
_dernier = {"essai": 0.0}


def reveiller() -> None:
    """Restart the embedded server in the background, at most once every five seconds."""
    if not settings.BASE_EMBARQUEE or not _reveil.acquire(blocking=False):
        return
    if time.monotonic() - _dernier["essai"] < 5:
        _reveil.release()
        return
    _dernier["essai"] = time.monotonic()

    def relancer() -> None:
        try:
            Serveur(dossiers.etat()).demarrer()
        except (BaseIndisponible, OSError) as erreur:
            journal.error("%s", erreur)
        finally:
            _reveil.release()

    threading.Thread(target=relancer, daemon=True).start()


def _page(requete: HttpRequest, code: int, titre: str, *phrases: str) -> HttpResponse:
    # These pages ask nothing of the database: they are shown when it is away.
    return render(None, "erreurs/page.html", {"titre": titre, "phrases": phrases}, status=code)


def indisponible(requete: HttpRequest) -> HttpResponse:
    """Answer while the database is away."""
    reponse = _page(
        requete, 503, "Le service revient dans un instant",
        "La base de données ne répond pas pour le moment.",
        "Votre saisie reste dans cette page : revenez en arrière, puis réessayez dans une minute.",
        "Si cela dure, prévenez la personne qui installe le logiciel : le disque est peut-être plein.",
    )  # fmt: skip
    reponse["Retry-After"] = "10"
    return reponse


def erreur(requete: HttpRequest) -> HttpResponse:
    """Answer an unforeseen error (handler500)."""
    return _page(
        requete, 500, "Une erreur est survenue",
        "Ce n'est pas de votre faute. L'erreur est notée pour être corrigée.",
        "Votre saisie reste dans cette page : revenez en arrière pour la retrouver.",
    )  # fmt: skip


def introuvable(requete: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an unknown address, and everything that one may not know the existence of (handler404)."""
    return _page(
        requete, 404, "Cette page n'existe pas", "L'adresse est peut-être incomplète, ou la page a été retirée."
    )


def interdit(requete: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer somebody whose function does not open this page (handler403)."""
    return _page(
        requete, 403, "Cette page n'est pas ouverte à votre fonction",
        "Si vous pensez en avoir besoin, demandez à l'administrateur de votre structure.",
    )  # fmt: skip


def mauvaise_requete(requete: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that is too large or malformed (handler400)."""
    return _page(
        requete, 400, "Votre demande n'a pas pu être lue",
        "Elle est trop longue ou contient des caractères que nous ne savons pas lire.",
        "Votre saisie reste dans cette page : revenez en arrière, raccourcissez-la, puis réessayez.",
    )  # fmt: skip


def jeton_perime(requete: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form sent from an old page (CSRF)."""
    return _page(
        requete, 403, "Cette page était ouverte depuis trop longtemps",
        "Rien n'a été enregistré. Revenez en arrière, rechargez la page, puis recommencez : votre saisie y est encore.",
    )  # fmt: skip
