"""Read the directory whole, in a few sequential reads: flat arrays, no row made a Python value."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from premier_accueil.annuaire.regles.ouverture import A_PART, FermetureExceptionnelle
from premier_accueil.orientation.regles.classement import SEULS_CHEZ_EUX

SEULS = ", ".join(f"'{genre}'" for genre in sorted(SEULS_CHEZ_EUX))
CODE = "('x' || left(md5(code), 16))::bit(64)::bigint"
HORAIRES = """CASE WHEN p.horaires <> '' OR p.horaires_texte <> '' THEN p.horaires
            WHEN p.forme = 'FIXE' AND site.structure_id = s.structure_id THEN st.horaires
            ELSE '' END"""
"""Hours of one way to reach a service: those of its permanence, else those of the structure in its own place."""
# All rows of fixed width, glued into one value by the database: no row is made a Python value.
COUPLES = """
SELECT string_agg(int8send(id) || int8send(code), ''::bytea)
  FROM (SELECT s.id, {} AS code FROM annuaire_service s, unnest(s.{}) AS code ORDER BY 2, 1) couples
"""
SERVICES = f"""
SELECT string_agg(int8send(id) || int4send(jour) || int8send(genre) || int2send(drapeaux) || int4send(dites)
                  || int2send(attente) || int8send(structure_id) || int8send(numero), ''::bytea)
  FROM (SELECT s.id, s.structure_id,
               coalesce(greatest(s.confirme_le, s.date_maj) - date '2000-01-01', -1)::int4 AS jour,
               coalesce(s.places_dites_le - date '2000-01-01', -1)::int4 AS dites,
               coalesce(greatest(s.delai_jours, t.jours), -1)::int2 AS attente,
               ('x' || left(md5(st.genre), 16))::bit(64)::bigint AS genre,
               CASE WHEN length(chiffres) = 9
                    THEN ('x' || left(md5(CASE WHEN st.genre IN ({SEULS}) THEN st.genre ELSE s.cle END
                                          || ' ' || chiffres), 16))::bit(64)::bigint
                    ELSE 0 END AS numero,
               (CASE WHEN st.assure_premier_accueil THEN 1 ELSE 0 END
                + CASE WHEN 'a-distance' = ANY(s.modes_accueil) THEN 2 ELSE 0 END
                + CASE WHEN cardinality(s.zone) = 0 THEN 4 ELSE 0 END
                + CASE WHEN 'se-presenter' = ANY(s.modes_mobilisation) THEN 8 ELSE 0 END
                + CASE WHEN 'telephoner' = ANY(s.modes_mobilisation) THEN 16 ELSE 0 END
                + CASE WHEN 'utiliser-lien-mobilisation' = ANY(s.modes_mobilisation)
                         OR 'envoyer-un-courriel' = ANY(s.modes_mobilisation) THEN 32 ELSE 0 END
                + CASE WHEN s.telephone <> '' OR st.telephone <> '' THEN 64 ELSE 0 END
                + CASE WHEN s.places_libres > 0 THEN 128 WHEN s.places_libres = 0 THEN 256 ELSE 0 END
                + CASE s.liste_d_attente WHEN TRUE THEN 512 WHEN FALSE THEN 1024 ELSE 0 END)::int2 AS drapeaux
          FROM annuaire_service s JOIN acteurs_structure st ON st.id = s.structure_id
          LEFT JOIN annuaire_tempsdereponse t ON t.structure_id = s.structure_id,
          LATERAL (SELECT right(regexp_replace(coalesce(nullif(s.telephone, ''), st.telephone), '\\D', '', 'g'), 9)
                          AS chiffres) tel
         WHERE s.ferme_le IS NULL ORDER BY s.id) services
"""  # noqa: S608 - words of ours only
DEPUIS = """
          FROM annuaire_service s
          JOIN acteurs_structure st ON st.id = s.structure_id
          LEFT JOIN annuaire_permanence p ON p.service_id = s.id
          LEFT JOIN annuaire_site site ON site.id = p.site_id
          LEFT JOIN territoire_commune c ON c.id = site.commune_id"""
# The hours, and the département when its days or its clock are its own.
DITS = f"""concat({HORAIRES}, chr(31),
              CASE WHEN c.departement IN ({", ".join(f"'{code}'" for code in sorted(A_PART))})
                   THEN c.departement END)"""
# A point outside the contour of its commune is not trusted: the commune's own point stands in.
LIEUX = f"""
SELECT string_agg(int8send(id) || float4send(latitude) || float4send(longitude) || int2send(loin)
                  || int8send(permanence) || int8send(site) || int8send(heures), ''::bytea)
  FROM (SELECT s.id, coalesce(p.id, 0) AS permanence, coalesce(site.id, 0) AS site,
               ('x' || left(md5(heures), 16))::bit(64)::bigint AS heures,
               coalesce(CASE WHEN site.point_verifie IS FALSE THEN c.latitude
                             ELSE coalesce(site.latitude, c.latitude) END, 'NaN')::float4 AS latitude,
               coalesce(CASE WHEN site.point_verifie IS FALSE THEN c.longitude
                             ELSE coalesce(site.longitude, c.longitude) END, 'NaN')::float4 AS longitude,
               (CASE WHEN (p.id IS NULL AND s.modes_accueil = ARRAY['a-distance']::varchar[])
                      OR p.forme IN ('TELEPHONE', 'A_DOMICILE') THEN 1 ELSE 0 END
                + CASE p.sur_rendez_vous WHEN TRUE THEN 2 WHEN FALSE THEN 4 ELSE 0 END
                + CASE p.forme WHEN 'FIXE' THEN 8 ELSE 0 END)::int2 AS loin
{DEPUIS}, LATERAL (SELECT {DITS} AS heures) dits
         ORDER BY s.id, p.id) lieux
"""  # noqa: S608 - words of ours only
HEURES = f"SELECT p.id, {DITS} {DEPUIS} WHERE p.id = ANY(%s)"
NOMS = """
SELECT string_agg(int8send(id) || int4send(octet_length(dits)), ''::bytea ORDER BY id),
       string_agg(dits, ''::bytea ORDER BY id)
  FROM (SELECT s.id, convert_to(s.cle || ' ' || st.cle || ' ', 'UTF8') AS dits
          FROM annuaire_service s JOIN acteurs_structure st ON st.id = s.structure_id
         WHERE s.ferme_le IS NULL) noms
"""
FERMETURES = "SELECT permanence_id, du, au, motif FROM annuaire_fermeture WHERE au >= current_date - 1 ORDER BY 1, 2, 3"
CONDITIONS = """
SELECT id, publics_precisions || ' ' || conditions_acces FROM annuaire_service
 WHERE publics_precisions || ' ' || conditions_acces ~ '[0-9] ?ans' ORDER BY id
"""


def lire(requete: str, *genres: str) -> NDArray[Any]:
    """Return rows of fixed width, without any unknown value, as one array."""
    with connection.cursor() as curseur:
        curseur.execute(requete)
        (lu,) = curseur.fetchone()
    return _en_tableau(lu, *genres)


def lire_noms() -> tuple[NDArray[Any], bytes]:
    """Return (key of a service, bytes of its folded words and of its structure's) pairs, and all these words."""
    with connection.cursor() as curseur:
        curseur.execute(NOMS)
        longueurs, mots = curseur.fetchone()
    return _en_tableau(longueurs, "i8", "i4"), bytes(mots or b"")


def lire_heures(permanences: list[int]) -> dict[int, tuple[str, str]]:
    """Return the hours of these permanences, and their département when its days or its clock are its own."""
    with connection.cursor() as curseur:
        curseur.execute(HEURES, [permanences])
        return {cle: (dits.partition("\x1f")[0], dits.partition("\x1f")[2]) for cle, dits in curseur}


def lire_conditions() -> list[tuple[int, str]]:
    """Return the conditions that speak of an age, by key of service."""
    with connection.cursor() as curseur:
        curseur.execute(CONDITIONS)
        return list(curseur)


def lire_fermetures() -> dict[int, tuple[FermetureExceptionnelle, ...]]:
    """Return the exceptional closings to come, by permanence."""
    with connection.cursor() as curseur:
        curseur.execute(FERMETURES)
        return {cle: tuple(r[1:] for r in siennes) for cle, siennes in groupby(curseur, key=lambda r: r[0])}


def _en_tableau(lu: bytes | None, *genres: str) -> NDArray[Any]:
    return np.frombuffer(lu or b"", dtype=np.dtype([(f"v{n}", f">{genre}") for n, genre in enumerate(genres)]))
