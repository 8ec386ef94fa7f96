"""Where a sign-in comes from, and how many failures an address may make."""

from __future__ import annotations

import ipaddress
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest, HttpResponseBase

ECHEC = "Identifiant ou mot de passe incorrect. Vérifiez les majuscules, puis réessayez."
BLOQUE = (
    "Trop d'essais : la connexion est arrêtée pendant 15 minutes pour cet identifiant, depuis ce poste. "
    "Ensuite, réessayez. Si vous avez oublié votre mot de passe, appelez l'administrateur de votre structure."
)
AFFLUENCE = (
    "Trop d'essais ont échoué depuis votre réseau. Attendez une minute, puis réessayez. "
    "Si cela dure, appelez l'administrateur de votre structure."
)


def adresse_du_client(requete: HttpRequest) -> str | None:
    """Return the address of the browser, as seen by the first of our own proxies.

    Only the entries that our ``PREMIER_ACCUEIL_PROXYS`` proxies added at the right of ``X-Forwarded-For`` are believed.
    """
    vue = requete.META.get("REMOTE_ADDR", "")
    annoncees = [a.strip() for a in requete.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if a.strip()]
    if settings.PROXYS and len(annoncees) >= settings.PROXYS:
        vue = annoncees[-settings.PROXYS]
    try:
        return str(ipaddress.ip_address(vue))
    except ValueError:  # a Unix socket, or a proxy that adds a port
        return None


def trop_d_echecs(requete: HttpRequest, a: datetime) -> bool:
    """Tell whether this address failed too often in the last minute, whatever the accounts it tried."""
    from axes.models import AccessAttempt

    recents = AccessAttempt.objects.filter(
        ip_address=adresse_du_client(requete), attempt_time__gt=a - timedelta(minutes=1)
    )
    return (recents.aggregate(n=Sum("failures_since_start"))["n"] or 0) >= settings.ECHECS_PAR_MINUTE


def pourquoi(requete: HttpRequest) -> tuple[str, int]:
    """Return what to say after a refused password, and its status; never whether the account exists."""
    return (BLOQUE, 429) if getattr(requete, "axes_locked_out", False) else (ECHEC, 400)


def reponse_deja_dite(requete: HttpRequest, reponse: HttpResponseBase, identifiants: Any = None) -> HttpResponseBase:
    """Keep the page that the view made for a locked account (django-axes would replace it)."""
    return reponse
