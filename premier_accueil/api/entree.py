"""Who enters by a token: the mission it stands for, in one transaction behind that structure's walls."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from premier_accueil.acteurs.actions import servir_le_jeton
from premier_accueil.acteurs.requetes import Role
from premier_accueil.socle.cloison import situer
from premier_accueil.socle.journal import differer
from premier_accueil.socle.lecture import LECTURES, lecture_seule


class Jeton(HttpBearer):
    """``Authorization: Bearer …``, given by an administrator of the structure; ends with its mission."""

    def authenticate(self, requete: HttpRequest, token: str) -> Role | None:
        """Return the role that a token stands for; ``None`` is the one answer to every refusal."""
        return servir_le_jeton(token, a=timezone.now())


def par_jeton(operation: Callable[..., Any]) -> Callable[..., Any]:
    """Run an operation as its token's mission, in one transaction; a GET writes nothing but the journal."""

    @wraps(operation)
    def gardee(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        role: Role = request.auth  # type: ignore[attr-defined]
        with transaction.atomic():
            situer(structure=role.structure_id, mission=role.mission_id)
            if request.method in LECTURES:
                with connection.execute_wrapper(lecture_seule), differer():
                    return operation(request, *args, **kwargs)
            with differer():
                return operation(request, *args, **kwargs)

    return gardee
