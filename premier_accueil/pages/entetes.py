"""Response headers of the house."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

POLITIQUE = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


class EntetesDeSecurite:
    """No inline script, nothing from elsewhere, and nothing of a page kept by a shared PC's cache."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.suite = suite

    def __call__(self, requete: HttpRequest) -> HttpResponseBase:
        """Add the headers."""
        reponse = self.suite(requete)
        reponse.setdefault("Content-Security-Policy", POLITIQUE)
        reponse.setdefault("Cache-Control", "no-store")
        reponse.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return reponse
