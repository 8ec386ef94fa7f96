"""Open, replace and revoke the secret link of a mission's calendar."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from premier_accueil.acteurs.requetes import Role
from premier_accueil.agenda.actions.commun import tracer
from premier_accueil.agenda.models import FluxDeCalendrier
from premier_accueil.socle.empreinte import empreinte


@transaction.atomic
def ouvrir_le_flux(*, role: Role, a: datetime) -> str:
    """Return a new secret for the role's mission, shown once; the former link stops at once."""
    secret = secrets.token_urlsafe(32)
    flux, _ = FluxDeCalendrier.objects.update_or_create(
        mission_id=role.mission_id,
        defaults={"structure_id": role.structure_id, "condense": empreinte(secret), "cree_le": a},
    )
    tracer("ouvrir_le_flux", "FLUX", flux.pk, role, a)
    return secret


@transaction.atomic
def fermer_le_flux(*, role: Role, a: datetime) -> None:
    """Revoke the link of the role's mission; nothing when there is none."""
    flux = FluxDeCalendrier.objects.filter(mission_id=role.mission_id, structure_id=role.structure_id).first()
    if flux is not None:
        tracer("fermer_le_flux", "FLUX", flux.pk, role, a)
        flux.delete()
