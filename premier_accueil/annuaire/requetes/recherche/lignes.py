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

LIGNES_MAX = 2000
"""Rows read at most: beyond, the search is said to be too wide."""
KM_PAR_DEGRE = 111.195
TOUS_PUBLICS = "tous-publics"
FRANCE = ("france", "99100")
# A place whose own point is unknown, or outside its commune, stands at the commune.
LAT = "CASE WHEN site.point_verifie IS FALSE THEN c.latitude ELSE coalesce(site.latitude, c.latitude) END"
LON = "CASE WHEN site.point_verifie IS FALSE THEN c.longitude ELSE coalesce(site.longitude, c.longitude) END"
# Two reads, each served by its own index: joined by OR they would read the whole directory. Around a large town,
# without a word nor a theme, only the nearest places are read: the screen says that the search is too wide.
AUTOUR = """
p.site_id = ANY(ARRAY(
    SELECT id FROM (
        SELECT id, latitude, longitude FROM annuaire_site
         WHERE latitude BETWEEN %(sud)s AND %(nord)s AND longitude BETWEEN %(ouest)s AND %(est)s
           AND point_verifie IS NOT FALSE
        UNION ALL
        SELECT si.id, co.latitude, co.longitude
          FROM annuaire_site si JOIN territoire_commune co ON co.id = si.commune_id
         WHERE (si.latitude IS NULL OR si.point_verifie = FALSE)
           AND co.latitude BETWEEN %(sud)s AND %(nord)s AND co.longitude BETWEEN %(ouest)s AND %(est)s
    ) autour{proches}))
"""
PROCHES = " ORDER BY power(latitude - %(lat)s, 2) + power((longitude - %(lon)s) * %(cos)s, 2), id LIMIT %(limite)s"
DU_DEPARTEMENT = """
p.site_id = ANY(ARRAY(
    SELECT si.id FROM annuaire_site si JOIN territoire_commune co ON co.id = si.commune_id
     WHERE co.departement = %(departement)s))
"""
A_DISTANCE = "s.zone && %(zones)s AND (p.id IS NULL OR p.site_id IS NULL)"
SELECTION = """
SELECT s.id, p.id, {rang}, {km}, {inconnus},
       CASE WHEN p.horaires <> '' OR p.horaires_texte <> '' THEN p.horaires
            WHEN p.forme = 'FIXE' AND site.structure_id = s.structure_id THEN st.horaires
            ELSE '' END,
       coalesce(c.departement, ''), s.cle
  FROM {depuis}
  LEFT JOIN annuaire_site site ON site.id = p.site_id
  LEFT JOIN territoire_commune c ON c.id = site.commune_id
 WHERE {ou}
"""
DU_SERVICE = "{texte}annuaire_service s{liaison} JOIN acteurs_structure st ON st.id = s.structure_id"


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


def lire_lignes(c: Criteres, mots: MotsLus | None, commune: FicheCommune | None, departement: str) -> list[Ligne]:
    """Return the rows that answer, best first; one query.

    Args:
        c: what is asked; hours apart, which the database cannot read.
        mots: its words, read.
        commune: where to measure from; ``None``: the whole département.
        departement: of who asks; empty: everywhere.
    """
    parametres: dict[str, Any] = {"limite": LIGNES_MAX + 1}
    filtres = list(_filtres(c, parametres))
    if mots:
        filtres.append("t.texte @@ to_tsquery('pg_catalog.french', %(tous)s)")
        parametres |= {"tous": mots.tous, "noms": mots.noms}
    lieux, zones = _ou(c, commune, departement, parametres)
    parts = [_selection(c, mots, commune, [*filtres, *lieux], liees=True)]
    if zones:
        parametres["zones"] = zones
        parts.append(_selection(c, mots, None, [*filtres, A_DISTANCE], liees=False))
    # By position: rank, unknown things, distance, name.
    sql = " UNION ALL ".join(parts) + " ORDER BY 5, 3, 4 NULLS LAST, 8, 1, 2 LIMIT %(limite)s"
    with connection.cursor() as curseur:
        curseur.execute(sql, parametres)
        return [Ligne(*rangee) for rangee in curseur.fetchall()]


def _ou(
    c: Criteres, commune: FicheCommune | None, departement: str, parametres: dict[str, Any]
) -> tuple[list[str], list[str]]:
    """Return where places are looked for, and the zones of what comes by phone or to the home."""
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
        autour = AUTOUR.format(proches="" if c.theme or c.mots else PROCHES)
        return [autour, f"({_km()}) <= %(km)s"], sorted(codes)
    chez = commune.departement if commune else departement
    if not chez:
        return ["TRUE"], []
    parametres["departement"] = chez
    return [DU_DEPARTEMENT], sorted({chez, *FRANCE})


def _km() -> str:
    """Flat distance, in kilometres: right to sort and to cut within a hundred."""
    return f"{KM_PAR_DEGRE} * sqrt(power({LAT} - %(lat)s, 2) + power(({LON} - %(lon)s) * %(cos)s, 2))"


def _selection(
    c: Criteres, mots: MotsLus | None, commune: FicheCommune | None, filtres: list[str], *, liees: bool
) -> str:
    depuis = DU_SERVICE.format(
        texte="annuaire_textedeservice t JOIN " if mots else "", liaison=" ON s.id = t.service_id" if mots else ""
    )
    jointure = "JOIN" if liees and "TRUE" not in filtres else "LEFT JOIN"
    mesure = commune is not None and commune.latitude is not None
    return SELECTION.format(
        depuis=f"{depuis} {jointure} annuaire_permanence p ON p.service_id = s.id",
        rang="CASE WHEN t.texte @@ to_tsquery('pg_catalog.french', %(noms)s) THEN 0 ELSE 1 END" if mots else "1",
        km=_km() if mesure else "NULL::float8",
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
