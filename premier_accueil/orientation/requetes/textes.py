"""Read the texts of the services that are shown, and of these only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice

from django.db import connection

CLES = 16
"""Keys asked at once, at least: below ten the database finds its kept plan dear and makes another, a millisecond."""


@dataclass(frozen=True)
class Fiche:
    """The texts of one service that is shown, with the place chosen for it."""

    service: int
    source_id: str
    nom: str
    description: str
    structure: str
    exemple: bool
    telephone: str
    pieces: list[str]
    conditions: str
    site: int | None
    site_nom: str | None
    adresse: str | None
    commune: str | None
    latitude: float | None
    longitude: float | None


def fiches(services: Sequence[int], permanences: Sequence[int]) -> dict[int, Fiche]:
    """Return the texts of the services shown, by key; one query.

    Args:
        services: keys of the services.
        permanences: keys of the permanence chosen for each service that has one.
    """
    with connection.cursor() as curseur:
        curseur.execute(
            """
            SELECT s.id, s.source_id, s.nom, s.description, st.nom, st.exemple,
                   coalesce(nullif(s.telephone, ''), nullif(site.telephone, ''), st.telephone),
                   s.pieces, s.conditions_acces, site.id, site.nom,
                   concat_ws(', ', nullif(site.adresse, ''), nullif(site.complement, '')), c.nom,
                   CASE WHEN site.point_verifie IS FALSE THEN c.latitude ELSE coalesce(site.latitude, c.latitude) END,
                   CASE WHEN site.point_verifie IS FALSE THEN c.longitude ELSE coalesce(site.longitude, c.longitude) END
              FROM annuaire_service s
              JOIN acteurs_structure st ON st.id = s.structure_id
              LEFT JOIN annuaire_permanence p ON p.service_id = s.id AND p.id = ANY(%s)
              LEFT JOIN annuaire_site site ON site.id = p.site_id
              LEFT JOIN territoire_commune c ON c.id = site.commune_id
             WHERE s.id = ANY(%s)
             ORDER BY s.id
            """,
            [garnir(permanences), garnir(services)],
        )
        return {rangee[0]: Fiche(*rangee) for rangee in curseur.fetchall()}


def garnir(cles: Sequence[int]) -> list[int]:
    """Return keys for ``= ANY``, repeated up to ``CLES``: a key asked twice brings its row once."""
    return [*cles, *islice(cycle(cles or [0]), max(0, CLES - len(cles)))]
