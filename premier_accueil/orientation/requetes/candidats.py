"""Choose the services worth weighing: one bounded SQL read, no long text."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

PAR_SORTE = 300
KM_PAR_DEGRE = 111.195

# A point outside the contour of its commune is not trusted: the commune's own point stands in.
# The needs select first (GIN), then the zone; a place must be near unless the service says it covers this commune.
SQL = """
WITH retenus AS MATERIALIZED (
    SELECT s.id, s.structure_id, s.cle, s.thematiques, s.publics, s.zone, s.modes_accueil, s.modes_mobilisation,
           s.mobilisable_par, s.frais, s.date_maj, coalesce(nullif(s.telephone, ''), st.telephone) AS telephone,
           st.cle AS structure_cle, st.genre, st.horaires AS structure_horaires,
           s.zone && %(locales)s AS locale
      FROM annuaire_service s
      JOIN acteurs_structure st ON st.id = s.structure_id
     WHERE s.thematiques && %(besoins)s
       AND (s.zone = '{}' OR s.zone && %(zones)s)
       AND (NOT %(accueil)s OR st.assure_premier_accueil OR st.genre = ANY(%(genres)s))
), lieux AS (
    SELECT r.*, p.id AS permanence, p.forme, p.sur_rendez_vous, p.horaires_texte,
           CASE WHEN p.horaires <> '' OR p.horaires_texte <> '' THEN p.horaires
                WHEN p.forme = 'FIXE' AND site.structure_id = r.structure_id THEN r.structure_horaires
                ELSE '' END AS horaires,
           (p.id IS NULL AND r.modes_accueil = ARRAY['a-distance']::varchar[])
             OR p.forme IN ('TELEPHONE', 'A_DOMICILE') AS a_distance,
           CASE WHEN site.point_verifie IS FALSE THEN c.latitude ELSE coalesce(site.latitude, c.latitude) END AS lat,
           coalesce(c.departement, '') AS departement,
           CASE WHEN site.point_verifie IS FALSE THEN c.longitude ELSE coalesce(site.longitude, c.longitude) END AS lon
      FROM retenus r
      LEFT JOIN annuaire_permanence p ON p.service_id = r.id
      LEFT JOIN annuaire_site site ON site.id = p.site_id
      LEFT JOIN territoire_commune c ON c.id = site.commune_id
), mesures AS (
    SELECT lieux.*,
           sqrt(power((lat - %(lat)s) * %(km)s, 2) + power((lon - %(lon)s) * %(km)s * %(cos)s, 2)) AS km
      FROM lieux
), gardes AS (
    SELECT mesures.*, row_number() OVER (PARTITION BY km IS NULL ORDER BY km, id, permanence) AS rang
      FROM mesures
     WHERE locale OR km <= %(rayon)s OR (zone <> '{}' AND (km IS NULL OR 'a-distance' = ANY(modes_accueil)))
)
SELECT id, structure_id, cle, structure_cle, genre, thematiques, publics, zone, modes_accueil, modes_mobilisation,
       mobilisable_par, frais, date_maj, telephone, permanence, forme, sur_rendez_vous, horaires, horaires_texte,
       a_distance, lat, lon, departement
  FROM gardes
 WHERE rang <= %(par_sorte)s
 ORDER BY id, permanence
"""


@dataclass(frozen=True)
class Ligne:
    """One way to reach one service, as the database tells it; degrees in WGS 84, ``None`` when unknown."""

    service: int
    structure: int
    cle: str
    structure_cle: str
    genre: str
    thematiques: list[str]
    publics: list[str]
    zone: list[str]
    modes_accueil: list[str]
    modes_mobilisation: list[str]
    mobilisable_par: list[str]
    frais: str
    date_maj: date | None
    telephone: str
    permanence: int | None
    forme: str | None
    sur_rendez_vous: bool | None
    horaires: str
    horaires_texte: str | None
    a_distance: bool | None
    latitude: float | None
    longitude: float | None
    departement: str


def lignes(
    besoins: Sequence[str],
    *,
    zones: Iterable[str],
    point: tuple[float, float] | None,
    rayon_km: float,
    genres: Iterable[str] = (),
) -> list[Ligne]:
    """Return the ways to reach the services that answer some needs; one query, at most 600 rows.

    Args:
        besoins: codes of the needs; none gives no row.
        zones: codes that cover the commune (see ``Demande.zones``).
        point: latitude and longitude of the commune; ``None`` when unknown: only services of the whole country remain.
        rayon_km: radius within which a service of unknown zone is kept.
        genres: when given, only structures of these kinds, or that hold a first welcome.
    """
    if not besoins:
        return []
    couvrent = list(zones)
    lat, lon = point or (None, None)
    parametres: dict[str, Any] = {
        "besoins": list(besoins),
        "zones": couvrent,
        "locales": [code for code in couvrent if code not in {"france", "99100"}],
        "genres": list(genres),
        "accueil": bool(list(genres)),
        "lat": lat,
        "lon": lon,
        "cos": math.cos(math.radians(lat)) if lat is not None else None,
        "km": KM_PAR_DEGRE,
        "rayon": rayon_km,
        "par_sorte": PAR_SORTE,
    }
    with connection.cursor() as curseur:
        curseur.execute(SQL, parametres)
        return [Ligne(*rangee) for rangee in curseur.fetchall()]


def fermetures(permanences: Sequence[int], du: date) -> dict[int, list[tuple[date, date, str]]]:
    """Return the exceptional closings not over on a day, by permanence: (first day, last day, reason); one query."""
    resultat: dict[int, list[tuple[date, date, str]]] = {}
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT permanence_id, du, au, motif FROM annuaire_fermeture"
            " WHERE permanence_id = ANY(%s) AND au >= %s ORDER BY permanence_id, du",
            [list(permanences), du],
        )
        for permanence, debut, fin, motif in curseur.fetchall():
            resultat.setdefault(permanence, []).append((debut, fin, motif))
    return resultat


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
            [list(permanences), list(services)],
        )
        return {rangee[0]: Fiche(*rangee) for rangee in curseur.fetchall()}
