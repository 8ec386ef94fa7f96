"""The calendar of one mission, by its secret link: times, and nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta

from premier_accueil.acteurs.models import Mission
from premier_accueil.acteurs.requetes import Role
from premier_accueil.agenda.models import FluxDeCalendrier, RendezVous
from premier_accueil.agenda.regles import EtatDeRendezVous, reglages
from premier_accueil.socle.cloison import situation
from premier_accueil.socle.empreinte import empreinte

PASSE = timedelta(days=31)
MONTRES = (EtatDeRendezVous.PRIS, EtatDeRendezVous.HONORE, EtatDeRendezVous.NON_VENU)


def flux_de(role: Role) -> FluxDeCalendrier | None:
    """Return the link that the role's mission has opened, if any."""
    return FluxDeCalendrier.objects.filter(mission_id=role.mission_id, structure_id=role.structure_id).first()


def rendez_vous_du_flux(secret: str, a: datetime) -> list[tuple[str, datetime, datetime]] | None:
    """Return (opaque identifier, begin, end) of the appointments of a mission, a month back to the horizon.

    Returns:
        ``None`` when the link is unknown or revoked, or the mission has ended.
    """
    with situation(jeton=secret):
        flux = FluxDeCalendrier.objects.filter(condense=empreinte(secret)).first()
    if flux is None:
        return None
    mission = Mission.objects.en_cours(a).filter(pk=flux.mission_id, compte__is_active=True).first()
    if mission is None:
        return None
    with situation(structure=flux.structure_id, mission=mission.pk):
        lignes = RendezVous.objects.filter(
            structure_id=flux.structure_id, agent_id=mission.compte_id, etat__in=MONTRES,
            debut__range=(a - PASSE, a + reglages().horizon),
        ).order_by("debut", "pk").values_list("demande_id", "debut", "fin")  # fmt: skip
        return [(str(uid), debut, fin) for uid, debut, fin in lignes]
