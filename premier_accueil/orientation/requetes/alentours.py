"""What can be reached from a commune, whatever the need: read once, kept while the directory does not change."""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.db import connection

from premier_accueil.annuaire.requetes import edition
from premier_accueil.orientation.requetes.offres import Ligne, Offre, offre_de, zones_de
from premier_accueil.orientation.requetes.textes import Fiche
from premier_accueil.territoire.requetes import FicheCommune, commune_par_code

KM_PAR_DEGRE = 111.195
LIGNES_GARDEES = 60_000
"""Rows kept in memory by one process, all communes together: about 100 MB."""
# A service that says it covers the commune is found by its zone (GIN); one that says nothing, by its place.
# A point outside the contour of its commune is not trusted: the commune's own point stands in.
SQL = """
WITH retenus AS MATERIALIZED (
    SELECT s.id FROM annuaire_service s WHERE s.zone && %(zones)s
    UNION
    SELECT s.id FROM annuaire_service s
     WHERE s.zone = '{}' AND s.id = ANY(ARRAY(
           SELECT p.service_id FROM annuaire_permanence p WHERE p.site_id = ANY(ARRAY(
           SELECT site.id FROM annuaire_site site
            WHERE (site.latitude BETWEEN %(sud)s AND %(nord)s AND site.longitude BETWEEN %(ouest)s AND %(est)s)
               OR site.latitude IS NULL OR site.point_verifie IS FALSE))))
)
SELECT s.id, s.structure_id, s.cle, st.cle, st.genre, st.assure_premier_accueil,
       array_to_string(s.thematiques, ' '), array_to_string(s.publics, ' '), array_to_string(s.zone, ' '),
       array_to_string(s.modes_accueil, ' '), array_to_string(s.modes_mobilisation, ' '),
       array_to_string(s.mobilisable_par, ' '),
       s.frais, greatest(s.confirme_le, s.date_maj), coalesce(nullif(s.telephone, ''), st.telephone),
       p.id, p.forme, p.sur_rendez_vous,
       CASE WHEN p.horaires <> '' OR p.horaires_texte <> '' THEN p.horaires
            WHEN p.forme = 'FIXE' AND site.structure_id = s.structure_id THEN st.horaires
            ELSE '' END,
       p.horaires_texte,
       (p.id IS NULL AND s.modes_accueil = ARRAY['a-distance']::varchar[]) OR p.forme IN ('TELEPHONE', 'A_DOMICILE'),
       CASE WHEN site.point_verifie IS FALSE THEN c.latitude ELSE coalesce(site.latitude, c.latitude) END,
       CASE WHEN site.point_verifie IS FALSE THEN c.longitude ELSE coalesce(site.longitude, c.longitude) END,
       coalesce(c.departement, '')
  FROM annuaire_service s
  JOIN acteurs_structure st ON st.id = s.structure_id
  LEFT JOIN annuaire_permanence p ON p.service_id = s.id
  LEFT JOIN annuaire_site site ON site.id = p.site_id
  LEFT JOIN territoire_commune c ON c.id = site.commune_id
 WHERE s.id = ANY(ARRAY(SELECT id FROM retenus))
 ORDER BY s.id, p.id
"""
FERMETURES = """
SELECT permanence_id, du, au, motif FROM annuaire_fermeture WHERE permanence_id = ANY(%s) ORDER BY permanence_id, du
"""


@dataclass(frozen=True)
class Alentours:
    """All that can be reached from a commune, nearest first among those that cover it, then among the others.

    Attributes:
        commune: where the person speaks from; ``None`` when not told.
        par_thematique: services by code of need.
        fermetures: exceptional closings by permanence: (first day, last day, reason).
        fiches: texts by (service, permanence), read when first shown.
    """

    commune: FicheCommune | None
    par_thematique: Mapping[str, tuple[Offre, ...]]
    fermetures: Mapping[int, tuple[tuple[date, date, str], ...]]
    lignes: int
    fiches: dict[tuple[int, int | None], Fiche] = field(default_factory=dict)

    def qui_repondent(self, besoins: Iterable[str]) -> list[Offre]:
        """Return the services of any of these needs, each once, in order."""
        vues = {offre.une.service: offre for code in besoins for offre in self.par_thematique.get(code, ())}
        return sorted(vues.values(), key=_ordre)


def _ordre(offre: Offre) -> tuple[bool, float, int]:
    return (not offre.locale, offre.proche, offre.une.service)


_verrou = threading.Lock()
_gardes: OrderedDict[tuple[str, float], tuple[tuple[str, int, int], Alentours]] = OrderedDict()


def alentours(code: str | None, rayon_km: float) -> Alentours:
    """Return what can be reached from a commune; one short query when nothing changed, four otherwise.

    Args:
        code: INSEE code of the commune the person speaks from; ``None`` when not told: only what serves the whole
            country remains.
        rayon_km: radius within which a service of unknown zone is kept.

    Raises:
        LookupError: no such commune.
    """
    actuelle = edition()
    cle = (code or "", rayon_km)
    with _verrou:
        gardes = _gardes.get(cle)
        if gardes and gardes[0] == actuelle:
            _gardes.move_to_end(cle)
            return gardes[1]
    commune = commune_par_code(code) if code is not None else None
    if code is not None and commune is None:
        raise LookupError(code)
    lus = _lire(commune, rayon_km)
    with _verrou:
        _gardes[cle] = (actuelle, lus)
        _gardes.move_to_end(cle)
        while len(_gardes) > 1 and sum(autres.lignes for _, autres in _gardes.values()) > LIGNES_GARDEES:
            _gardes.popitem(last=False)
    return lus


def _point(commune: FicheCommune | None) -> tuple[float, float] | None:
    if commune is None or commune.latitude is None or commune.longitude is None:
        return None
    return commune.latitude, commune.longitude


def _lire(commune: FicheCommune | None, rayon_km: float) -> Alentours:
    zones, point = zones_de(commune), _point(commune)
    lat, lon = point or (None, None)
    cos = max(0.01, math.cos(math.radians(lat))) if lat is not None else 1.0
    haut, large = rayon_km / KM_PAR_DEGRE, rayon_km / KM_PAR_DEGRE / cos
    parametres: dict[str, Any] = {
        "zones": sorted(zones),
        "nord": None if lat is None else lat + haut,
        "sud": None if lat is None else lat - haut,
        "est": None if lon is None else lon + large,
        "ouest": None if lon is None else lon - large,
    }
    with connection.cursor() as curseur:
        curseur.execute(SQL, parametres)
        lignes = [Ligne(*rangee) for rangee in curseur.fetchall()]
        curseur.execute(FERMETURES, [[ligne.permanence for ligne in lignes if ligne.permanence is not None]])
        closes = curseur.fetchall()
    offres = [
        offre
        for _, siennes in groupby(lignes, key=lambda ligne: ligne.service)
        if (offre := offre_de(list(siennes), zones, point, rayon_km))
    ]
    par_thematique: dict[str, list[Offre]] = {}
    for offre in sorted(offres, key=_ordre):
        for code in offre.thematiques:
            par_thematique.setdefault(code, []).append(offre)
    fermetures: dict[int, list[tuple[date, date, str]]] = {}
    for permanence, du, au, motif in closes:
        fermetures.setdefault(permanence, []).append((du, au, motif))
    return Alentours(
        commune,
        {code: tuple(siennes) for code, siennes in par_thematique.items()},
        {permanence: tuple(siennes) for permanence, siennes in fermetures.items()},
        len(lignes),
    )
