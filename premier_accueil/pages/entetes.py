"""Response headers of the house beside the content policy (settings), and the answer to a request too large."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from premier_accueil.pages.erreurs import mauvaise_requete


class EntetesDeSecurite:
    """Nothing of a page kept by a shared PC's cache, no device of the PC opened."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.suite = suite

    def __call__(self, requete: HttpRequest) -> HttpResponseBase:
        """Add the headers."""
        reponse = self.suite(requete)
        reponse.setdefault("Cache-Control", "no-store")
        reponse.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return reponse


def demande_refusee(requete: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that is too large (413) or malformed (400) (handler400)."""
    if not isinstance(exception, RequestDataTooBig):
        return mauvaise_requete(requete, exception)
    phrases = (
        "Elle est trop longue : rien n'a été enregistré.",
        "Votre saisie reste dans cette page : revenez en arrière, raccourcissez-la, puis réessayez.",
    )
    return render(None, "erreurs/page.html", {"titre": "Votre demande est trop longue", "phrases": phrases}, status=413)
