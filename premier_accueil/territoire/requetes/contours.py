"""The outlines of communes, as a map draws them."""

from __future__ import annotations

import json
from functools import lru_cache

from django.db.models import Count, Max

from premier_accueil.territoire.models import Commune
from premier_accueil.territoire.regles.geometrie import Anneau, GeometrieIllisible, alleger, lire

ECART = 0.0008
"""Degrees: some ninety metres, less than a pixel where a whole département shows."""


def contours(departement: str) -> bytes:
    """Return the outlines of the communes in force of a département, as GeoJSON (RFC 7946); no feature without any.

    Drawn once as long as the communes stay the same: one short query then, two otherwise.
    """
    chez = Commune.objects.filter(genre=Commune.Genre.COM, departement=departement, contour__isnull=False)
    compte = chez.aggregate(n=Count("pk"), dernier=Max("pk"))
    return _dessiner(departement, compte["n"], compte["dernier"])


@lru_cache(maxsize=8)
def _dessiner(departement: str, _nombre: int, _dernier: int | None) -> bytes:
    chez = Commune.objects.filter(genre=Commune.Genre.COM, departement=departement, contour__isnull=False)
    traits = [
        {
            "type": "Feature",
            "properties": {"code": code, "nom": nom},
            "geometry": {"type": "MultiPolygon", "coordinates": polygones},
        }
        for code, nom, contour in chez.order_by("code").values_list("code", "nom", "contour")
        if contour and (polygones := _polygones(bytes(contour)))
    ]
    return json.dumps({"type": "FeatureCollection", "features": traits}, ensure_ascii=False).encode()


def _polygones(contour: bytes) -> list[list[list[list[float]]]]:
    try:
        return [dessin for polygone in lire(contour) if (dessin := [a for x in polygone if (a := _anneau(x))])]
    except GeometrieIllisible:
        return []


def _anneau(anneau: Anneau) -> list[list[float]]:
    leger = alleger(anneau, ECART) if len(anneau) > 8 else anneau
    points = [[round(x, 4), round(y, 4)] for x, y in zip(leger[::2], leger[1::2], strict=True)]
    return points if len(points) >= 4 else []
