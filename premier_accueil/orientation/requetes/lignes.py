"""Read the services that may answer: what is weighed, and what is shown should they be chosen, in one query.

Few are read (see ``peser``): nearly all of them are shown.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from itertools import cycle, groupby, islice
from typing import NamedTuple

from django.db import connection

from premier_accueil.annuaire.regles.ouverture import FermetureExceptionnelle
from premier_accueil.orientation.requetes.releve import HORAIRES

CLES = 16
"""Keys asked at once, at least: below ten the database finds its kept plan dear and makes another, a millisecond."""
SEPARE = "\x1f"
"""Between two papers to bring: no text holds it."""
SQL = f"""
SELECT s.id, s.structure_id, s.cle, st.cle, st.genre, st.assure_premier_accueil,
       array_to_string(s.thematiques, ' '), array_to_string(s.publics, ' '), array_to_string(s.zone, ' '),
       array_to_string(s.modes_accueil, ' '), array_to_string(s.modes_mobilisation, ' '),
       array_to_string(s.mobilisable_par, ' '),
       s.frais, greatest(s.confirme_le, s.date_maj), coalesce(nullif(s.telephone, ''), st.telephone),
       s.places_libres, s.liste_d_attente, s.places_dites_le, s.delai_jours, t.jours,
       p.id, site.id, p.forme, p.sur_rendez_vous,
       {HORAIRES},
       p.horaires_texte,
       (p.id IS NULL AND s.modes_accueil = ARRAY['a-distance']::varchar[]) OR p.forme IN ('TELEPHONE', 'A_DOMICILE'),
       CASE WHEN site.point_verifie IS FALSE THEN c.latitude ELSE coalesce(site.latitude, c.latitude) END,
       CASE WHEN site.point_verifie IS FALSE THEN c.longitude ELSE coalesce(site.longitude, c.longitude) END,
       coalesce(c.departement, ''),
       (SELECT json_agg(json_build_array(f.du, f.au, f.motif) ORDER BY f.du)::text
          FROM annuaire_fermeture f WHERE f.permanence_id = p.id),
       s.source_id, s.nom, s.description, st.nom, st.exemple,
       coalesce(nullif(s.telephone, ''), nullif(site.telephone, ''), st.telephone),
       array_to_string(s.pieces, chr(31)), s.conditions_acces,
       site.nom, concat_ws(', ', nullif(site.adresse, ''), nullif(site.complement, '')), c.nom
  FROM annuaire_service s
  JOIN acteurs_structure st ON st.id = s.structure_id
  LEFT JOIN annuaire_tempsdereponse t ON t.structure_id = s.structure_id
  LEFT JOIN annuaire_permanence p ON p.service_id = s.id
  LEFT JOIN annuaire_site site ON site.id = p.site_id
  LEFT JOIN territoire_commune c ON c.id = site.commune_id
 WHERE s.id = ANY(%s) AND s.ferme_le IS NULL
 ORDER BY s.id, p.id
"""  # noqa: S608 - words of ours only


class Ligne(NamedTuple):
    """One way to reach one service, as the database tells it; degrees in WGS 84, ``None`` when unknown.

    Lists of codes come as one text, separated by spaces: reading arrays in Python costs more than the query.
    """

    service: int
    structure: int
    cle: str
    structure_cle: str
    genre: str
    assure_premier_accueil: bool
    thematiques: str
    publics: str
    zone: str
    modes_accueil: str
    modes_mobilisation: str
    mobilisable_par: str
    frais: str
    date_maj: date | None  # the last word about it: a confirmation, else the producer's date
    telephone: str
    places_libres: int | None
    liste_d_attente: bool | None
    places_dites_le: date | None
    delai_jours: int | None
    reponse_jours: int | None  # median of the structure's answers to relays, working days
    permanence: int | None
    site: int | None
    forme: str | None
    sur_rendez_vous: bool | None
    horaires: str
    horaires_texte: str | None
    a_distance: bool | None
    latitude: float | None
    longitude: float | None
    departement: str
    fermetures: tuple[tuple[date, date, str], ...]
    # What is shown of it, should it be chosen.
    source_id: str
    nom: str
    description: str
    structure_nom: str
    exemple: bool
    numero: str
    pieces: str  # one after the other, see SEPARE
    conditions: str
    site_nom: str | None
    adresse: str
    commune: str | None


FERMETURES = Ligne._fields.index("fermetures")


def lire(services: Sequence[int]) -> dict[int, list[Ligne]]:
    """Return the rows of these services as they stand, by key; those that are gone are left out. One query."""
    if not services:
        return {}
    with connection.cursor() as curseur:
        curseur.execute(SQL, [garnir(services)])
        lignes = [Ligne._make((*r[:FERMETURES], _fermetures(r[FERMETURES]), *r[FERMETURES + 1 :])) for r in curseur]
    return {cle: list(siennes) for cle, siennes in groupby(lignes, key=lambda ligne: ligne.service)}


def _fermetures(dites: str | None) -> tuple[FermetureExceptionnelle, ...]:
    lues = json.loads(dites) if dites else ()
    return tuple((date.fromisoformat(du), date.fromisoformat(au), motif) for du, au, motif in lues)


def garnir(cles: Sequence[int]) -> list[int]:
    """Return keys for ``= ANY``, repeated up to ``CLES``: a key asked twice brings its row once."""
    return [*cles, *islice(cycle(cles or [0]), max(0, CLES - len(cles)))]
