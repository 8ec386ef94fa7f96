"""The whole directory as a few flat arrays: who answers which need, for which area, where. Read whole, in one go.

Nothing here decides: it only finds, in a blink, the few services whose rows are worth reading and weighing. Codes are
kept as the first half of their MD5, which both PostgreSQL and Python compute; two codes that met would bring a service
too many, and the rules would set it aside.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from premier_accueil.orientation.regles.classement import acces
from premier_accueil.orientation.regles.conditions import Ages, ages_dits
from premier_accueil.orientation.regles.poids import poids_du_fichier
from premier_accueil.orientation.regles.valeurs import Candidat, Lieu
from premier_accueil.orientation.requetes.vocabulaire import familles, libelles, publics

PREMIER_JOUR = date(2000, 1, 1)
AUTRE_PUBLIC = 1 << 30
CODE = "('x' || left(md5(code), 16))::bit(64)::bigint"
# All rows of fixed width, glued into one value by the database: no row is made a Python value.
COUPLES = """
SELECT string_agg(int8send(id) || int8send(code), ''::bytea)
  FROM (SELECT s.id, {} AS code FROM annuaire_service s, unnest(s.{}) AS code ORDER BY 2, 1) couples
"""
SERVICES = """
SELECT string_agg(int8send(id) || int4send(jour) || int8send(genre) || int2send(drapeaux), ''::bytea)
  FROM (SELECT s.id, coalesce(greatest(s.confirme_le, s.date_maj) - date '2000-01-01', -1)::int4 AS jour,
               ('x' || left(md5(st.genre), 16))::bit(64)::bigint AS genre,
               (CASE WHEN st.assure_premier_accueil THEN 1 ELSE 0 END
                + CASE WHEN 'a-distance' = ANY(s.modes_accueil) THEN 2 ELSE 0 END
                + CASE WHEN s.zone = '{}' THEN 4 ELSE 0 END
                + CASE WHEN 'se-presenter' = ANY(s.modes_mobilisation) THEN 8 ELSE 0 END
                + CASE WHEN 'telephoner' = ANY(s.modes_mobilisation) THEN 16 ELSE 0 END
                + CASE WHEN s.modes_mobilisation && '{utiliser-lien-mobilisation,envoyer-un-courriel}'::varchar[]
                       THEN 32 ELSE 0 END
                + CASE WHEN s.telephone <> '' OR st.telephone <> '' THEN 64 ELSE 0 END)::int2 AS drapeaux
          FROM annuaire_service s JOIN acteurs_structure st ON st.id = s.structure_id
         WHERE s.ferme_le IS NULL ORDER BY s.id) services
"""
# A point outside the contour of its commune is not trusted: the commune's own point stands in.
LIEUX = """
SELECT string_agg(int8send(id) || float4send(latitude) || float4send(longitude) || int2send(loin), ''::bytea)
  FROM (SELECT s.id,
               coalesce(CASE WHEN site.point_verifie IS FALSE THEN c.latitude
                             ELSE coalesce(site.latitude, c.latitude) END, 'NaN')::float4 AS latitude,
               coalesce(CASE WHEN site.point_verifie IS FALSE THEN c.longitude
                             ELSE coalesce(site.longitude, c.longitude) END, 'NaN')::float4 AS longitude,
               (CASE WHEN (p.id IS NULL AND s.modes_accueil = ARRAY['a-distance']::varchar[])
                      OR p.forme IN ('TELEPHONE', 'A_DOMICILE') THEN 1 ELSE 0 END
                + CASE p.sur_rendez_vous WHEN TRUE THEN 2 WHEN FALSE THEN 4 ELSE 0 END)::int2 AS loin
          FROM annuaire_service s
          LEFT JOIN annuaire_permanence p ON p.service_id = s.id
          LEFT JOIN annuaire_site site ON site.id = p.site_id
          LEFT JOIN territoire_commune c ON c.id = site.commune_id
         ORDER BY s.id) lieux
"""
CONDITIONS = """
SELECT id, publics_precisions || ' ' || conditions_acces FROM annuaire_service
 WHERE publics_precisions || ' ' || conditions_acces ~ '[0-9] ?ans' ORDER BY id
"""
ACCES = tuple(poids_du_fichier().notes["acces"])
"""Ways to get in."""
MODES_DITS = {8: "se-presenter", 16: "telephoner", 32: "envoyer-un-courriel"}
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
        par_famille: by family of needs, how many of each service's needs are of it; ``nombre``: how many in all.
        publics: one bit for each public of the vocabulary, another for any other one; 0 when nothing is said.
        jour: last word about each service, days since 2000; -1 when unknown.
        debut: where the ways to reach each service begin, one more place at the end.
        latitude, longitude: of each way to reach a service, those of one service together; NaN when unknown.
        loin: for each way, whether it comes by phone or to the home.
        acces: for each way, how one gets in, as a place in ``ACCES``.
        ages: ages told in words by the conditions, by key of service.
    """

    edition: tuple[str, int, int]
    cles: NDArray[np.int64]
    themes: Renvois
    zones: Renvois
    par_famille: Mapping[str, NDArray[np.int8]]
    nombre: NDArray[np.int8]
    publics: Entiers
    jour: Entiers
    accueille: Oui
    a_distance: Oui
    sans_zone: Oui
    debut: NDArray[np.intp]
    latitude: NDArray[np.float32]
    longitude: NDArray[np.float32]
    loin: Oui
    acces: NDArray[np.int8]
    ages: Mapping[int, Ages]

    @property
    def octets(self) -> int:
        """Return the size of the arrays."""
        tableaux = [v for v in vars(self).values() if isinstance(v, np.ndarray)] + list(self.par_famille.values())
        tableaux += [t for r in (self.themes, self.zones) for t in (r.codes, r.rangs)]
        return sum(t.nbytes for t in tableaux)


def construire(edition: tuple[str, int, int], genres: Sequence[str]) -> Index:
    """Read the directory: six sequential reads.

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
    themes = _renvois(cles, "thematiques")
    return Index(
        edition=edition,
        cles=cles,
        themes=themes,
        zones=_renvois(cles, "zone"),
        par_famille={f.code: _compter(themes, [code for code, _ in f.thematiques], len(cles)) for f in familles()},
        nombre=_compter(themes, libelles(), len(cles)),
        publics=_bits(_renvois(cles, "publics"), len(cles)),
        jour=services["v1"].astype(np.int32),
        accueille=(drapeaux & 1 > 0) | np.isin(services["v2"], accueillent),
        a_distance=drapeaux & 2 > 0,
        sans_zone=drapeaux & 4 > 0,
        debut=np.searchsorted(rang, np.arange(len(cles) + 1)),
        latitude=lieux["v1"][connus].astype(np.float32),
        longitude=lieux["v2"][connus].astype(np.float32),
        loin=lieux["v3"][connus] & 1 > 0,
        acces=_acces(drapeaux[rang] >> 3, lieux["v3"][connus]),
        ages=dits,
    )


def bit(public: str) -> int:
    """Return the bit that stands for a public of the vocabulary; 0 for any other word."""
    return 1 << list(publics()).index(public) if public in publics() else 0


def _acces(services: NDArray[np.int16], facons: NDArray[np.int16]) -> NDArray[np.int8]:
    """Return how one gets in by each way: the rule itself is asked, once for each of the combinations met."""
    ensemble = (services.astype(np.int32) << 3) + facons
    sortes, places = np.unique(ensemble, return_inverse=True)
    dits = [ACCES.index(_acces_de(int(sorte))) for sorte in sortes]
    return np.asarray(dits, np.int8)[places]


def _acces_de(sorte: int) -> str:
    rendez_vous = True if sorte & 2 else False if sorte & 4 else None
    modes = frozenset(mode for drapeau, mode in MODES_DITS.items() if sorte & drapeau)
    lieu = Lieu(None, a_distance=bool(sorte & 1), sur_rendez_vous=rendez_vous)
    return acces(Candidat(0, 0, (), modes_mobilisation=modes, telephone=bool(sorte & 64)), lieu)


def _bits(renvois: Renvois, combien: int) -> Entiers:
    bits = np.zeros(combien, np.int32)
    bits[renvois.rangs] = AUTRE_PUBLIC
    for public in publics():
        bits[renvois.de(public)] |= bit(public)
    return bits


def _compter(themes: Renvois, codes: Iterable[str], combien: int) -> NDArray[np.int8]:
    nombre = np.zeros(combien, np.int8)
    for code in codes:
        nombre[themes.de(code)] += 1
    return nombre


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
    with connection.cursor() as curseur:
        curseur.execute(requete)
        (lu,) = curseur.fetchone()
    return np.frombuffer(lu or b"", dtype=np.dtype([(f"v{n}", f">{genre}") for n, genre in enumerate(genres)]))
