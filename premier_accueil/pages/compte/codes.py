"""The second factor of an account: six digits from a telephone, or a recovery code."""

from __future__ import annotations

import base64
import math
import re
import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.crypto import salted_hmac
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from premier_accueil.acteurs.models import Compte

CODES = 10
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no 0, 1, i, l, o: they are copied by hand
FAUX = "Ce code n'est pas le bon, ou il a déjà servi. Attendez le code suivant, puis réessayez."


def a_un_second_facteur(compte: Compte) -> bool:
    """Tell whether an account asks a code at sign-in."""
    return bool(TOTPDevice.objects.filter(user=compte, confirmed=True).exists())


@transaction.atomic
def verifier(compte: Compte, saisi: str, a: datetime) -> str:
    """Check a code of an account, and spend it.

    Args:
        saisi: six digits, or a recovery code; spaces and dashes do not matter.
        a: now, for the wait after failures (django-otp doubles it each time).

    Returns:
        nothing when the code is right, else what to say.
    """
    code = re.sub(r"[\s-]", "", saisi[:40]).lower()
    chiffres = code.isascii() and code.isdigit()
    modele = TOTPDevice if chiffres else StaticDevice
    appareil = modele.objects.select_for_update().filter(user=compte, confirmed=True).order_by("pk").first()
    return FAUX if appareil is None else essayer(appareil, code if chiffres else empreinte(compte, code), a)


def essayer(appareil: Any, jeton: str, a: datetime) -> str:
    """Try a token on one device; return nothing when it is right, else what to say."""
    permis, detail = appareil.verify_is_allowed()
    if not permis:
        secondes = max(1, math.ceil((detail["locked_until"] - a).total_seconds()))
        return f"Trop d'essais de suite. Attendez {secondes} secondes, puis réessayez."
    return "" if appareil.verify_token(jeton) else FAUX


def empreinte(compte: Compte, code: str) -> str:
    """Return what the database keeps of a recovery code: enough to recognise it, not to use it."""
    return base64.b32encode(salted_hmac(f"compte.secours.{compte.pk}", code, algorithm="sha256").digest())[:16].decode()


@transaction.atomic
def preparer(compte: Compte) -> None:
    """Draw the secret of a second factor that waits for its first code."""
    TOTPDevice.objects.filter(user=compte, confirmed=False).delete()
    TOTPDevice.objects.create(user=compte, name="téléphone", confirmed=False)


def en_preparation(compte: Compte) -> TOTPDevice | None:
    """Return the second factor that waits for its first code, if any."""
    return TOTPDevice.objects.filter(user=compte, confirmed=False).order_by("-pk").first()


@transaction.atomic
def confirmer(appareil: TOTPDevice) -> list[str]:
    """Turn the second factor on and return ten recovery codes, readable here only."""
    compte = appareil.user
    TOTPDevice.objects.filter(user=compte).exclude(pk=appareil.pk).delete()
    StaticDevice.objects.filter(user=compte).delete()
    appareil.confirmed = True
    appareil.save(update_fields=["confirmed"])
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(10)) for _ in range(CODES)]
    secours = StaticDevice.objects.create(user=compte, name="secours")
    StaticToken.objects.bulk_create(StaticToken(device=secours, token=empreinte(compte, c)) for c in codes)
    return [f"{c[:5]}-{c[5:]}" for c in codes]


def codes_restants(compte: Compte) -> int:
    """Return how many recovery codes are left."""
    return int(StaticToken.objects.filter(device__user=compte).count())


@transaction.atomic
def retirer(compte: Compte) -> bool:
    """Turn the second factor off; return whether there was one."""
    StaticDevice.objects.filter(user=compte).delete()
    nombre: int = TOTPDevice.objects.filter(user=compte).delete()[0]
    return nombre > 0
