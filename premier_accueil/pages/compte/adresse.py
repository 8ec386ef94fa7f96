"""Where a sign-in comes from, and how many failures an address may make."""

from __future__ import annotations

import ipaddress
from datetime import datetime, timedelta
from typing import Any

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.contrib.auth import authenticate
from django.db.models import Sum
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from premier_accueil.acteurs.models import Compte

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
    An IPv6 address is cut to its /64: one subscriber holds them all.
    """
    vue = requete.META.get("REMOTE_ADDR", "")
    annoncees = [a.strip() for a in requete.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if a.strip()]
    if settings.PROXYS and len(annoncees) >= settings.PROXYS:
        vue = annoncees[-settings.PROXYS]
    try:
        adresse = ipaddress.ip_address(vue)
    except ValueError:  # a Unix socket, or a proxy that adds a port
        return None
    if isinstance(adresse, ipaddress.IPv4Address):
        return str(adresse)
    return str(adresse.ipv4_mapped or ipaddress.IPv6Address(int(adresse) >> 64 << 64))


def trop_d_echecs(requete: HttpRequest, a: datetime) -> bool:
    """Tell whether this address failed too often in the last minute, whatever the accounts it tried."""
    recents = AccessAttempt.objects.filter(
        ip_address=adresse_du_client(requete), attempt_time__gt=a - timedelta(minutes=1)
    )
    return (recents.aggregate(n=Sum("failures_since_start"))["n"] or 0) >= settings.ECHECS_PAR_MINUTE


def reconnaitre(requete: HttpRequest, identifiant: str) -> tuple[Compte | None, str, int]:
    """Return the account that the field ``mot_de_passe`` opens; else ``None``, what to say, and its status.

    Nothing in the answer, nor in its delay, tells whether the account exists.
    """
    if trop_d_echecs(requete, timezone.now()):
        return None, AFFLUENCE, 429
    compte = authenticate(requete, username=identifiant, password=requete.POST.get("mot_de_passe", "")[:1000])
    if compte is None:
        return (None, BLOQUE, 429) if getattr(requete, "axes_locked_out", False) else (None, ECHEC, 400)
    reset(ip=adresse_du_client(requete), username=identifiant)
    return compte, "", 200


def reponse_deja_dite(requete: HttpRequest, reponse: HttpResponseBase, identifiants: Any = None) -> HttpResponseBase:
    """Keep the page that the view made for a locked account (django-axes would replace it)."""
    return reponse
