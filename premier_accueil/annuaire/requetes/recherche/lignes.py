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

LIGNES_MAX = 500
"""Rows read at first, the nearest; all of them when their hours leave less than a page."""
KM_PAR_DEGRE = 111.195
TOUS_PUBLICS = "tous-publics"
FRANCE = ("france", "99100")
# Flat distance, in degrees of latitude, squared: right to sort and to cut within a hundred km.
CARRE = """(f.latitude - %(lat)s) * (f.latitude - %(lat)s)
    + (f.longitude - %(lon)s) * (f.longitude - %(lon)s) * %(cos)s"""
AUTOUR = f"""
    f.latitude BETWEEN %(sud)s AND %(nord)s AND f.longitude BETWEEN %(ouest)s AND %(est)s AND {CARRE} <= %(carre)s
"""
# Where distance alone decides, the index of points is read alone: a great city has fifteen thousand rows in its box.
LES_PLUS_PROCHES = f"""
    f.id IN (SELECT f.id FROM annuaire_facon f WHERE {AUTOUR} ORDER BY {CARRE} LIMIT %(limite)s::bigint)
"""  # noqa: S608 - our names
DU_DEPARTEMENT = "f.departement = %(departement)s"
DE_LOIN = "f.site_id IS NULL AND f.zone && %(zones)s::varchar[]"
SELECTION = """
SELECT f.service_id, f.permanence_id, {rang}, {km}, {inconnus}, f.horaires, f.departement, f.cle
  FROM annuaire_facon f
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
    c: Criteres, mots: MotsLus | None, commune: FicheCommune | None, departement: str, *, limite: int | None
) -> tuple[list[Ligne], bool]:
    """Return the rows that answer, best first; one query, planned for these words and this place.

    Args:
        c: what is asked; hours apart, which the database cannot read.
        mots: its words, read.
        commune: where to measure from; ``None``: the whole département.
        departement: of who asks; empty: everywhere.
        limite: how many rows at most; ``None`` for all.

    Returns:
        The rows, and whether others were left out.
    """
    parametres: dict[str, Any] = {"limite": None if limite is None else limite + 1}
    filtres = list(_filtres(c, parametres))
    if mots:
        filtres.append("f.texte @@ to_tsquery('pg_catalog.french', %(tous)s)")
        parametres |= {"tous": mots.tous, "noms": mots.noms}
    lieux = _lieux(c, commune, departement, parametres, tous=not filtres)
    sql = " UNION ALL ".join(_selection(c, mots, [*filtres, lieu] if lieu else filtres) for lieu in lieux)
    with connection.cursor() as curseur:
        # A word borne by everybody and one borne by nobody are not looked for the same way: no plan serves both.
        curseur.execute("SET LOCAL plan_cache_mode = force_custom_plan")
        # By position: unknown things, rank, distance, name.
        curseur.execute(f"{sql} ORDER BY 5, 3, 4 NULLS LAST, 8, 1, 2 LIMIT %(limite)s::bigint", parametres)
        rangees = curseur.fetchall()
        curseur.execute("SET LOCAL plan_cache_mode = auto")
    return [Ligne(*rangee) for rangee in rangees[:limite]], limite is not None and len(rangees) > limite


def _lieux(
    c: Criteres, commune: FicheCommune | None, departement: str, parametres: dict[str, Any], *, tous: bool
) -> tuple[str, ...]:
    """Return where to look: around or within, then what comes from afar; an empty condition for everywhere.

    Args:
        tous: nothing else is asked: all that is there answers.
    """
    if commune is not None and commune.latitude is not None and commune.longitude is not None:
        haut = c.portee_km() / KM_PAR_DEGRE
        cos = max(0.01, math.cos(math.radians(commune.latitude)))
        parametres |= {
            "lat": commune.latitude, "lon": commune.longitude, "cos": cos * cos, "carre": haut * haut,
            "nord": commune.latitude + haut, "sud": commune.latitude - haut,
            "est": commune.longitude + haut / cos, "ouest": commune.longitude - haut / cos,
            "zones": sorted({commune.code, commune.epci_code, commune.departement, *FRANCE} - {""}),
        }  # fmt: skip
        return LES_PLUS_PROCHES if tous else AUTOUR, DE_LOIN
    chez = commune.departement if commune else departement
    if not chez:
        return ("",)
    parametres |= {"departement": chez, "zones": sorted({chez, *FRANCE})}
    return DU_DEPARTEMENT, DE_LOIN


def _selection(c: Criteres, mots: MotsLus | None, conditions: list[str]) -> str:
    return SELECTION.format(
        rang="CASE WHEN f.texte @@ to_tsquery('pg_catalog.french', %(noms)s) THEN 0 ELSE 1 END" if mots else "1",
        km=f"{KM_PAR_DEGRE} * sqrt({CARRE})" if {AUTOUR, LES_PLUS_PROCHES} & {*conditions} else "NULL::float8",
        inconnus=" + ".join(["0", *_inconnus(c)]),
        ou=" AND ".join(f"({condition})" for condition in conditions) or "TRUE",
    )


def _filtres(c: Criteres, parametres: dict[str, Any]) -> Iterator[str]:
    """Yield what sets a row aside: what is known not to answer, never what is not known."""
    if c.theme:
        parametres["themes"] = thematiques_de(c.theme)
        yield "f.thematiques && %(themes)s::varchar[]"
    if c.public:
        parametres["publics"] = [c.public, TOUS_PUBLICS]
        yield "f.publics = '{}' OR f.publics && %(publics)s::varchar[]"
    if c.canal:
        parametres["canal"] = [c.canal]
        yield "f.modes_accueil = '{}' OR f.modes_accueil @> %(canal)s::varchar[]"
    if c.langue:
        parametres["langue"] = [c.langue]
        yield "f.langues = '{}' OR f.langues @> %(langue)s::varchar[]"
    for fait in _acces(c):
        yield f"f.{fait} IS NOT FALSE"
    if c.hors_ccas:
        parametres["ccas"] = sorted(PORTES_CCAS)
        yield "NOT f.genres && %(ccas)s::varchar[]"


def _inconnus(c: Criteres) -> Iterator[str]:
    if c.public:
        yield "(f.publics = '{}')::int"
    if c.canal:
        yield "(f.modes_accueil = '{}')::int"
    if c.langue:
        yield "(f.langues = '{}')::int"
    for fait in _acces(c):
        yield f"(f.{fait} IS NULL)::int"


def _acces(c: Criteres) -> list[str]:
    # Only names of our own columns enter the text of the query.
    return [fait for fait in FAITS_DU_LIEU if fait in c.acces]
