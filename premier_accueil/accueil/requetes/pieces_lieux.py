"""Where to come back: the structure's places with their waits now and the way there, for the person to choose."""

from __future__ import annotations

from datetime import datetime

from premier_accueil.accueil.acces import passages_visibles
from premier_accueil.accueil.models import Passage
from premier_accueil.accueil.regles.pieces import listes
from premier_accueil.accueil.regles.retour import Lieu, LieuPropose, proposer
from premier_accueil.accueil.requetes.attente_mesures import charge_des_sites
from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.models import Site
from premier_accueil.territoire.regles import distance_km, trajet

LIEUX_MONTRES = 12
Point = tuple[float, float]


def lieux_de_retour(*, site_id: int, passage_id: int | None, role: Role, a: datetime) -> tuple[LieuPropose, ...]:
    """Return at most 12 places of the structure: where she is, those that would save her time, the others.

    The way is counted from the mairie of the commune told at the passage: no address is asked. Without it, only the
    waits are compared. Four queries, whatever the number of places.

    Args:
        site_id: where she is.
        passage_id: the passage, whose commune and way of travelling serve; ``None``: nobody is known.
        role: who looks.
        a: now.
    """
    charges = charge_des_sites(role.structure_id, a)
    sites = Site.objects.select_related("commune").in_bulk([c.site_id for c in charges])
    depart, mode = _depart(passage_id, role)
    lieux = [
        Lieu(
            c.site_id, c.site, ", ".join(m for m in (sites[c.site_id].adresse, sites[c.site_id].commune.nom) if m),
            c.attendent, c.mediane_habituelle, _minutes(depart, sites[c.site_id], mode),
        )
        for c in charges
    ]  # fmt: skip
    return proposer(lieux, ici=site_id, seuil=listes().minutes_gagnees)[:LIEUX_MONTRES]


def _depart(passage_id: int | None, role: Role) -> tuple[Point | None, str]:
    if passage_id is None:
        return None, "voiture"
    passage = Passage.objects.select_related("commune").filter(passages_visibles(role), pk=passage_id).first()
    if passage is None or passage.commune is None:
        return None, "voiture"
    return _point(passage.commune.latitude, passage.commune.longitude), passage.deplacement


def _minutes(depart: Point | None, site: Site, mode: str) -> int | None:
    arrivee = None if site.point_verifie is False else _point(site.latitude, site.longitude)
    arrivee = arrivee or _point(site.commune.latitude, site.commune.longitude)
    if depart is None or arrivee is None:
        return None
    voyage = trajet(distance_km(*depart, *arrivee), mode)
    return voyage.minutes if voyage else None


def _point(latitude: float | None, longitude: float | None) -> Point | None:
    return None if latitude is None or longitude is None else (latitude, longitude)
