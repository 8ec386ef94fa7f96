"""The rows that answer a search: one query written for what is asked, narrow rows only."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from premier_accueil.annuaire.regles.lieux import FAITS_DU_LIEU
from premier_accueil.annuaire.regles.recherche import PORTES_CCAS, Criteres, thematiques_de
from premier_accueil.annuaire.requetes.recherche.mots import MotsLus
from premier_accueil.territoire.requetes import FicheCommune

LIGNES_MAX = 1000
"""Rows read at most: beyond, the search is said to be too wide."""
LIEUX_MAX = 1500
"""Places read at first, the nearest; all of them when that gives less than a page."""
KM_PAR_DEGRE = 111.195
TOUS_PUBLICS = "tous-publics"
FRANCE = ("france", "99100")
# A place whose own point is unknown, or outside its commune, stands at the commune. Two reads, each served by its own
# index: joined by OR they would read the whole directory. Flat distance: right to sort and to cut within a hundred km.
AUTOUR = """
SELECT id, km FROM (
    SELECT id, 111.195 * sqrt(power(latitude - %(lat)s, 2) + power((longitude - %(lon)s) * %(cos)s, 2)) AS km
      FROM (SELECT id, latitude, longitude FROM annuaire_site
             WHERE latitude BETWEEN %(sud)s AND %(nord)s AND longitude BETWEEN %(ouest)s AND %(est)s
               AND point_verifie IS NOT FALSE
            UNION ALL
            SELECT si.id, co.latitude, co.longitude
              FROM annuaire_site si JOIN territoire_commune co ON co.id = si.commune_id
             WHERE (si.latitude IS NULL OR si.point_verifie = FALSE)
               AND co.latitude BETWEEN %(sud)s AND %(nord)s AND co.longitude BETWEEN %(ouest)s AND %(est)s) boite
) autour WHERE km <= %(km)s ORDER BY km, id LIMIT %(lieux)s
"""
DU_DEPARTEMENT = """
SELECT si.id, NULL::float8 AS km FROM annuaire_site si JOIN territoire_commune co ON co.id = si.commune_id
 WHERE co.departement = %(departement)s ORDER BY si.id LIMIT %(lieux)s
"""
A_DISTANCE = "s.zone && %(zones)s AND (p.id IS NULL OR p.site_id IS NULL)"
PARTOUT = "annuaire_service s LEFT JOIN annuaire_permanence p ON p.service_id = s.id"
PAR_LES_LIEUX = """lieux
  JOIN annuaire_permanence p ON p.site_id = lieux.id JOIN annuaire_service s ON s.id = p.service_id"""
# Fenced: else every permanence of the country is read to find which services have none.
PAR_LES_SERVICES = """annuaire_service s
  LEFT JOIN LATERAL (SELECT * FROM annuaire_permanence x WHERE x.service_id = s.id OFFSET 0) p ON TRUE"""
SELECTION = """
SELECT s.id, p.id, {rang}, {km}, {inconnus},
       CASE WHEN p.horaires <> '' OR p.horaires_texte <> '' THEN p.horaires
            WHEN p.forme = 'FIXE' AND site.structure_id = s.structure_id THEN st.horaires
            ELSE '' END,
       coalesce(c.departement, ''), s.cle, {lus}
  FROM {depuis}{texte}
  JOIN acteurs_structure st ON st.id = s.structure_id
  LEFT JOIN annuaire_site site ON site.id = p.site_id
  LEFT JOIN territoire_commune c ON c.id = site.commune_id
 WHERE {ou}
"""


@dataclass(frozen=True)
class Ligne:
    """One way to reach one service that answers.

    Attributes:
        rang: 0 when the words are in its name, 1 elsewhere.
        km: crow-fly; ``None`` without a place or without a commune to measure from.
        inconnus: how many of the things asked are not known of it.
    """

    service: int
    permanence: int | None
    rang: int
    km: float | None
    inconnus: int
    horaires: str
    departement: str
    cle: str


def lire_lignes(
    c: Criteres, mots: MotsLus | None, commune: FicheCommune | None, departement: str, *, lieux: int | None
) -> tuple[list[Ligne], bool]:
    """Return the rows that answer, best first; one query, planned for these words and this place.

    Args:
        c: what is asked; hours apart, which the database cannot read.
        mots: its words, read.
        commune: where to measure from; ``None``: the whole département.
        departement: of who asks; empty: everywhere.
        lieux: how many places are looked in, the nearest; ``None`` for all.

    Returns:
        At most ``LIGNES_MAX`` rows, and whether places or rows were, or may have been, left out.
    """
    parametres: dict[str, Any] = {"limite": LIGNES_MAX + 1, "lieux": lieux}
    filtres = list(_filtres(c, parametres))
    if mots:
        filtres.append("t.texte @@ to_tsquery('pg_catalog.french', %(tous)s)")
        parametres |= {"tous": mots.tous, "noms": mots.noms}
    ou, zones = _ou(c, commune, departement, parametres)
    parts = [_selection(c, mots, PAR_LES_LIEUX if ou else PARTOUT, filtres)]
    if zones:
        parametres["zones"] = zones
        parts.append(_selection(c, mots, PAR_LES_SERVICES, [*filtres, A_DISTANCE]))
    # Materialized: the planner then knows that the places are few. By position: unknown things, rank, distance, name.
    sql = f"WITH lieux AS MATERIALIZED ({ou})" if ou else ""
    sql += " UNION ALL ".join(parts) + " ORDER BY 5, 3, 4 NULLS LAST, 8, 1, 2 LIMIT %(limite)s"
    with connection.cursor() as curseur:
        # A word borne by everybody and one borne by nobody are not looked for the same way: no plan serves both.
        curseur.execute("SET LOCAL plan_cache_mode = force_custom_plan")
        curseur.execute(sql, parametres)
        rangees = curseur.fetchall()
    coupe = lieux is not None and max((lus for *_, lus in rangees), default=lieux) == lieux
    return [Ligne(*rangee) for *rangee, _ in rangees[:LIGNES_MAX]], coupe or len(rangees) > LIGNES_MAX


def _ou(
    c: Criteres, commune: FicheCommune | None, departement: str, parametres: dict[str, Any]
) -> tuple[str, list[str]]:
    """Return the query of the places that are looked in, empty for all, and the zones of what comes from afar."""
    if commune is not None and commune.latitude is not None and commune.longitude is not None:
        km = c.portee_km()
        haut = km / KM_PAR_DEGRE
        cos = max(0.01, math.cos(math.radians(commune.latitude)))
        parametres |= {
            "lat": commune.latitude, "lon": commune.longitude, "cos": cos, "km": km,
            "nord": commune.latitude + haut, "sud": commune.latitude - haut,
            "est": commune.longitude + haut / cos, "ouest": commune.longitude - haut / cos,
        }  # fmt: skip
        codes = {commune.code, commune.epci_code, commune.departement, *FRANCE} - {""}
        return AUTOUR, sorted(codes)
    chez = commune.departement if commune else departement
    if not chez:
        return "", []
    parametres["departement"] = chez
    return DU_DEPARTEMENT, sorted({chez, *FRANCE})


def _selection(c: Criteres, mots: MotsLus | None, depuis: str, filtres: list[str]) -> str:
    return SELECTION.format(
        depuis=depuis,
        texte=" JOIN annuaire_textedeservice t ON t.service_id = s.id" if mots else "",
        rang="CASE WHEN t.texte @@ to_tsquery('pg_catalog.french', %(noms)s) THEN 0 ELSE 1 END" if mots else "1",
        lus="(SELECT count(*) FROM lieux)" if depuis is PAR_LES_LIEUX else "0",
        km="lieux.km" if depuis is PAR_LES_LIEUX else "NULL::float8",
        inconnus=" + ".join(["0", *_inconnus(c)]),
        ou=" AND ".join(f"({f})" for f in filtres),
    )


def _filtres(c: Criteres, parametres: dict[str, Any]) -> Iterator[str]:
    """Yield what sets a row aside: what is known not to answer, never what is not known."""
    yield "s.ferme_le IS NULL"
    if c.theme:
        parametres["themes"] = thematiques_de(c.theme)
        yield "s.thematiques && %(themes)s::varchar[]"
    if c.public:
        parametres["publics"] = [c.public, TOUS_PUBLICS]
        yield "s.publics = '{}' OR s.publics && %(publics)s::varchar[]"
    if c.canal:
        parametres["canal"] = [c.canal]
        yield "s.modes_accueil = '{}' OR s.modes_accueil @> %(canal)s::varchar[]"
    if c.langue:
        parametres["langue"] = [c.langue]
        yield "s.langues = '{}' OR s.langues @> %(langue)s::varchar[]"
    for fait in _acces(c):
        yield f"site.{fait} IS NOT FALSE"
    if c.hors_ccas:
        parametres["ccas"] = sorted(PORTES_CCAS)
        yield "st.genre <> ALL(%(ccas)s::varchar[])"
        yield (
            "site.structure_id IS NULL OR site.structure_id = s.structure_id OR NOT EXISTS ("
            "SELECT 1 FROM acteurs_structure h WHERE h.id = site.structure_id AND h.genre = ANY(%(ccas)s::varchar[]))"
        )


def _inconnus(c: Criteres) -> Iterator[str]:
    if c.public:
        yield "(s.publics = '{}')::int"
    if c.canal:
        yield "(s.modes_accueil = '{}')::int"
    if c.langue:
        yield "(s.langues = '{}')::int"
    for fait in _acces(c):
        yield f"(site.{fait} IS NULL)::int"


def _acces(c: Criteres) -> list[str]:
    # Only names of our own columns enter the text of the query.
    return [fait for fait in FAITS_DU_LIEU if fait in c.acces]
