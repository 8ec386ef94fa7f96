"""The whole directory as a few flat arrays: who answers which need, for which area, where. Read whole, in one go.

Nothing here decides: it only finds, in a blink, the few services whose rows are worth reading and weighing. Codes are
kept as the first half of their MD5, which both PostgreSQL and Python compute; two codes that met would bring a service
too many, and the rules would set it aside.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from premier_accueil.orientation.regles.conditions import Ages, ages_dits

PREMIER_JOUR = date(2000, 1, 1)
ENTETE, FIN = 19, 2  # of a binary COPY
CODE = "('x' || left(md5(code), 16))::bit(64)::bigint"
COUPLES = "SELECT s.id, {} FROM annuaire_service s, unnest(s.{}) AS code ORDER BY 2, 1"
SERVICES = """
SELECT s.id, coalesce(greatest(s.confirme_le, s.date_maj) - date '2000-01-01', -1)::int4,
       ('x' || left(md5(st.genre), 16))::bit(64)::bigint,
       (CASE WHEN st.assure_premier_accueil THEN 1 ELSE 0 END
        + CASE WHEN 'a-distance' = ANY(s.modes_accueil) THEN 2 ELSE 0 END
        + CASE WHEN s.zone = '{}' THEN 4 ELSE 0 END)::int2
  FROM annuaire_service s JOIN acteurs_structure st ON st.id = s.structure_id WHERE s.ferme_le IS NULL ORDER BY s.id
"""
# A point outside the contour of its commune is not trusted: the commune's own point stands in.
LIEUX = """
SELECT s.id,
       coalesce(CASE WHEN site.point_verifie IS FALSE THEN c.latitude ELSE coalesce(site.latitude, c.latitude) END,
                'NaN')::float4,
       coalesce(CASE WHEN site.point_verifie IS FALSE THEN c.longitude ELSE coalesce(site.longitude, c.longitude) END,
                'NaN')::float4,
       (CASE WHEN (p.id IS NULL AND s.modes_accueil = ARRAY['a-distance']::varchar[])
              OR p.forme IN ('TELEPHONE', 'A_DOMICILE') THEN 1 ELSE 0 END)::int2
  FROM annuaire_service s
  LEFT JOIN annuaire_permanence p ON p.service_id = s.id
  LEFT JOIN annuaire_site site ON site.id = p.site_id
  LEFT JOIN territoire_commune c ON c.id = site.commune_id
 ORDER BY s.id
"""
CONDITIONS = """
SELECT id, publics_precisions || ' ' || conditions_acces FROM annuaire_service
 WHERE publics_precisions || ' ' || conditions_acces ~ '[0-9] ?ans' ORDER BY id
"""
Entiers = NDArray[np.int32]
Oui = NDArray[np.bool_]


@cache
def empreinte(code: str) -> int:
    """Return the number that stands for a code, as PostgreSQL computes it."""
    return int.from_bytes(hashlib.md5(code.encode(), usedforsecurity=False).digest()[:8], "big", signed=True)


@dataclass(frozen=True)
class Renvois:
    """From a code to the ranks of the services that bear it, sorted."""

    codes: NDArray[np.int64]
    rangs: Entiers

    def de(self, code: str) -> Entiers:
        """Return the ranks of the services that bear a code; none for a code that nobody bears."""
        debut, fin = np.searchsorted(self.codes, (empreinte(code), empreinte(code) + 1))
        return self.rangs[debut:fin]


@dataclass(frozen=True)
class Index:
    """The directory at one edition; the rank of a service is its place among the keys, which are sorted.

    Attributes:
        jour: last word about each service, days since 2000; -1 when unknown.
        rang: for each way to reach a service, the rank of that service; latitude and longitude are NaN when unknown.
        loin: for each way, whether it comes by phone or to the home.
        ages: ages told in words by the conditions, by key of service.
    """

    edition: tuple[str, int, int]
    cles: NDArray[np.int64]
    themes: Renvois
    zones: Renvois
    publics: Renvois
    jour: Entiers
    accueille: Oui
    a_distance: Oui
    sans_zone: Oui
    rang: Entiers
    latitude: NDArray[np.float32]
    longitude: NDArray[np.float32]
    loin: Oui
    ages: Mapping[int, Ages]

    @property
    def octets(self) -> int:
        """Return the size of the arrays."""
        tableaux = [v for v in vars(self).values() if isinstance(v, np.ndarray)]
        tableaux += [t for r in (self.themes, self.zones, self.publics) for t in (r.codes, r.rangs)]
        return sum(t.nbytes for t in tableaux)


def construire(edition: tuple[str, int, int], genres: Sequence[str]) -> Index:
    """Read the directory: six sequential reads, no row made a Python value.

    Args:
        edition: as read before; what changes meanwhile makes another edition.
        genres: kinds of structure that are a first welcome by themselves.
    """
    with connection.cursor() as curseur:
        curseur.execute(CONDITIONS)
        dits = {cle: ages for cle, texte in curseur.fetchall() if (ages := ages_dits(texte))}
    services = _lire(SERVICES, "i8", "i4", "i8", "i2")
    lieux = _lire(LIEUX, "i8", "f4", "f4", "i2")
    cles = services["v0"].astype(np.int64)
    drapeaux, accueillent = services["v3"], [empreinte(genre) for genre in genres]
    rang, connus = _rangs(cles, lieux["v0"])
    return Index(
        edition=edition,
        cles=cles,
        themes=_renvois(cles, "thematiques"),
        zones=_renvois(cles, "zone"),
        publics=_renvois(cles, "publics"),
        jour=services["v1"].astype(np.int32),
        accueille=(drapeaux & 1 > 0) | np.isin(services["v2"], accueillent),
        a_distance=drapeaux & 2 > 0,
        sans_zone=drapeaux & 4 > 0,
        rang=rang,
        latitude=lieux["v1"][connus].astype(np.float32),
        longitude=lieux["v2"][connus].astype(np.float32),
        loin=lieux["v3"][connus] > 0,
        ages=dits,
    )


def _renvois(cles: NDArray[np.int64], colonne: str) -> Renvois:
    couples = _lire(COUPLES.format(CODE, colonne), "i8", "i8")
    rangs, connus = _rangs(cles, couples["v0"])
    return Renvois(couples["v1"][connus].astype(np.int64), rangs)


def _rangs(cles: NDArray[np.int64], lus: NDArray[Any]) -> tuple[Entiers, Oui]:
    """Return the ranks of the known keys, and which were known: a row may be added between two reads."""
    if not len(cles):
        return np.zeros(0, np.int32), np.zeros(len(lus), np.bool_)
    rangs = np.minimum(np.searchsorted(cles, lus), len(cles) - 1)
    connus = cles[rangs] == lus
    return rangs[connus].astype(np.int32), connus


def _lire(requete: str, *genres: str) -> NDArray[Any]:
    """Return rows of fixed width, without any unknown value, as one array."""
    champs: list[tuple[str, str]] = [("nombre", ">i2")]
    for n, genre in enumerate(genres):
        champs += [(f"taille{n}", ">i4"), (f"v{n}", f">{genre}")]
    with connection.cursor() as curseur, curseur.copy(f"COPY ({requete}) TO STDOUT (FORMAT BINARY)") as flux:
        lu = b"".join(flux)
    return np.frombuffer(lu[ENTETE:-FIN], dtype=np.dtype(champs))
