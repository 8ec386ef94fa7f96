"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def maison(requete: HttpRequest) -> dict[str, Any]:
    """Give the templates the role of the request and whether this is a demonstration."""
    return {"role": getattr(requete, "role", None), "demonstration": settings.DEMONSTRATION}
