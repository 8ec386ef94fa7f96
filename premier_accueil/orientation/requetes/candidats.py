"""Choose the services worth weighing: one bounded SQL read, no long text."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

PAR_SORTE = 300
PAR_SORTE_ACCUEIL = 24
KM_PAR_DEGRE = 111.195

# A service that says it covers the commune is found by its zone (GIN); one that says nothing, by its place. The list of
# services is settled first, on keys alone: joining wide rows before costs ten times more.
# A point outside the contour of its commune is not trusted: the commune's own point stands in.
# "= ANY(ARRAY(…))" and "LATERAL … LIMIT 1" make the planner read these rows one by one, not whole tables.
SQL = """
WITH retenus AS MATERIALIZED (
    SELECT s.id FROM annuaire_service s WHERE s.thematiques && %(codes)s AND s.zone && %(zones)s
    UNION
    SELECT s.id
      FROM annuaire_site site
      JOIN annuaire_permanence p ON p.site_id = site.id
      JOIN annuaire_service s ON s.id = p.service_id
     WHERE s.zone = '{}' AND s.thematiques && %(codes)s
       AND ((site.latitude BETWEEN %(sud)s AND %(nord)s AND site.longitude BETWEEN %(ouest)s AND %(est)s)
            OR site.latitude IS NULL OR site.point_verifie IS FALSE)
), lieux AS (
    SELECT s.id, s.structure_id, s.cle, st.cle AS structure_cle, st.genre, s.thematiques, s.publics, s.zone,
           s.modes_accueil, s.modes_mobilisation, s.mobilisable_par, s.frais, s.date_maj,
           coalesce(nullif(s.telephone, ''), st.telephone) AS telephone,
           p.id AS permanence, p.forme, p.sur_rendez_vous,
           CASE WHEN p.horaires <> '' OR p.horaires_texte <> '' THEN p.horaires
                WHEN p.forme = 'FIXE' AND site.structure_id = s.structure_id THEN st.horaires
                ELSE '' END AS horaires,
           p.horaires_texte,
           (p.id IS NULL AND s.modes_accueil = ARRAY['a-distance']::varchar[])
             OR p.forme IN ('TELEPHONE', 'A_DOMICILE') AS a_distance,
           CASE WHEN site.point_verifie IS FALSE THEN c.latitude ELSE coalesce(site.latitude, c.latitude) END AS lat,
           CASE WHEN site.point_verifie IS FALSE THEN c.longitude ELSE coalesce(site.longitude, c.longitude) END AS lon,
           coalesce(c.departement, '') AS departement,
           s.thematiques && %(besoins)s AS repond,
           st.assure_premier_accueil OR st.genre = ANY(%(genres)s) AS accueille
      FROM annuaire_service s
      JOIN acteurs_structure st ON st.id = s.structure_id
      LEFT JOIN annuaire_permanence p ON p.service_id = s.id
      LEFT JOIN annuaire_site site ON site.id = p.site_id
      LEFT JOIN LATERAL (
          SELECT latitude, longitude, departement FROM territoire_commune WHERE id = site.commune_id LIMIT 1
      ) c ON TRUE
     WHERE s.id = ANY(ARRAY(SELECT id FROM retenus))
), mesures AS (
    SELECT lieux.*,
           sqrt(power((lat - %(lat)s) * %(km)s, 2) + power((lon - %(lon)s) * %(km)s * %(cos)s, 2)) AS distance
      FROM lieux
     WHERE repond OR accueille
), gardes AS (
    SELECT mesures.*,
           row_number() OVER (
               PARTITION BY repond, distance IS NULL ORDER BY zone && %(locales)s DESC, distance, id, permanence
           ) AS rang
      FROM mesures
     WHERE zone && %(locales)s OR distance <= %(rayon)s
        OR (zone <> '{}' AND (distance IS NULL OR 'a-distance' = ANY(modes_accueil)))
)
SELECT id, structure_id, cle, structure_cle, genre,
       array_to_string(thematiques, ' '), array_to_string(publics, ' '), array_to_string(zone, ' '),
       array_to_string(modes_accueil, ' '), array_to_string(modes_mobilisation, ' '),
       array_to_string(mobilisable_par, ' '),
       frais, date_maj, telephone, permanence, forme, sur_rendez_vous, horaires, horaires_texte,
       a_distance, lat, lon, departement, repond, accueille AND thematiques && %(accueils)s
  FROM gardes
 WHERE rang <= CASE WHEN repond THEN %(par_sorte)s ELSE %(par_sorte_accueil)s END
 ORDER BY id, permanence
"""


@dataclass(frozen=True)
class Ligne:
    """One way to reach one service, as the database tells it; degrees in WGS 84, ``None`` when unknown.

    Lists of codes come as one text, separated by spaces: reading arrays in Python costs more than the query.
    """

    service: int
    structure: int
    cle: str
    structure_cle: str
    genre: str
    thematiques: str
    publics: str
    zone: str
    modes_accueil: str
    modes_mobilisation: str
    mobilisable_par: str
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
    repond: bool
    accueille: bool


def lignes(
    besoins: Sequence[str],
    accueils: Sequence[str],
    *,
    genres: Iterable[str],
    zones: Iterable[str],
    point: tuple[float, float] | None,
    rayon_km: float,
) -> list[Ligne]:
    """Return the ways to reach the services that answer some needs, and the first welcomes near; one query.

    At most 300 rows that answer and 24 first welcomes of each sort (with a distance or without); when there are more,
    those that say they cover the commune come first, then the nearest.

    Args:
        besoins: codes of the needs; none gives first welcomes only.
        accueils: codes of the needs that a first welcome answers.
        genres: kinds of structures that hold a first welcome, beside those that say so.
        zones: codes that cover the commune (see ``Demande.zones``).
        point: latitude and longitude of the commune; ``None`` when unknown: only services of the whole country remain.
        rayon_km: radius within which a service of unknown zone is kept.
    """
    couvrent = list(zones)
    lat, lon = point or (None, None)
    cos = max(0.01, math.cos(math.radians(lat))) if lat is not None else 1.0
    haut, large = rayon_km / KM_PAR_DEGRE, rayon_km / KM_PAR_DEGRE / cos
    parametres: dict[str, Any] = {
        "besoins": list(besoins),
        "accueils": list(accueils),
        "codes": [*besoins, *accueils],
        "genres": list(genres),
        "zones": couvrent,
        "locales": [code for code in couvrent if code not in {"france", "99100"}],
        "lat": lat,
        "lon": lon,
        "nord": None if lat is None else lat + haut,
        "sud": None if lat is None else lat - haut,
        "est": None if lon is None else lon + large,
        "ouest": None if lon is None else lon - large,
        "cos": cos,
        "km": KM_PAR_DEGRE,
        "rayon": rayon_km,
        "par_sorte": PAR_SORTE,
        "par_sorte_accueil": PAR_SORTE_ACCUEIL,
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
