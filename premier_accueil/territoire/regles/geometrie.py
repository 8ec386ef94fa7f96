"""Points and contours on the globe, read from WKB (OGC 06-103r4); degrees are WGS 84, x is longitude."""

from __future__ import annotations

import math
import struct

Anneau = tuple[float, ...]  # x0, y0, x1, y1… closed: the last point repeats the first
Polygone = list[Anneau]  # outer ring first, then holes

RAYON_TERRE_KM = 6371.0088  # mean radius, IUGG
POINT, POLYGONE, MULTIPOLYGONE = 1, 3, 6
SRID = 0x20000000  # EWKB flag: four bytes of reference system follow the type
ENTETE_SIMPLE = b"\x01\x06\x00\x00\x00"
# Where the contour is cut to look for an inner point: the middle first, then away from it.
COUPES = (0.5, 0.35, 0.65, 0.2, 0.8, 0.07, 0.93)


class GeometrieIllisible(ValueError):
    """The bytes are not a two-dimensional point, polygon or multipolygon."""


def distance_km(latitude1: float, longitude1: float, latitude2: float, longitude2: float) -> float:
    """Return the great-circle distance between two points, in kilometres (haversine, degrees in)."""
    a, b = math.radians(latitude1), math.radians(latitude2)
    demi_lat, demi_lon = (b - a) / 2, math.radians(longitude2 - longitude1) / 2
    h = math.sin(demi_lat) ** 2 + math.cos(a) * math.cos(b) * math.sin(demi_lon) ** 2
    return 2 * RAYON_TERRE_KM * math.asin(math.sqrt(min(1.0, h)))


def point_de(wkb: bytes) -> tuple[float, float] | None:
    """Return (latitude, longitude) of a WKB point, or ``None`` when it is nowhere on Earth (NaN, 91°…).

    Raises:
        GeometrieIllisible: not a point.
    """
    try:
        ordre, genre, ici = _entete(wkb, 0)
        if genre != POINT:
            raise GeometrieIllisible(f"type {genre} is not a point")
        longitude, latitude = struct.unpack_from(f"{ordre}2d", wkb, ici)
    except (struct.error, IndexError) as erreur:
        raise GeometrieIllisible("truncated") from erreur
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def dans_contour(wkb: bytes | memoryview | None, latitude: float, longitude: float) -> bool | None:
    """Tell whether a point lies inside a contour, holes excluded, with no tolerance at the border.

    Args:
        wkb: (E)WKB polygon or multipolygon; ``None`` or empty when unknown.
        latitude: degrees north.
        longitude: degrees east.

    Returns:
        ``None`` when the contour is unknown or cannot be read. A point that is nowhere (NaN) is outside.
    """
    if not wkb:
        return None
    try:
        return dans_polygones(lire(bytes(wkb)), latitude, longitude)
    except GeometrieIllisible:
        return None


def dans_polygones(polygones: list[Polygone], latitude: float, longitude: float) -> bool:
    """Tell whether a point lies inside one of these polygons, already read."""
    return any(_dans(polygone, longitude, latitude) for polygone in polygones)


def point_interieur(wkb: bytes | memoryview | None) -> tuple[float, float] | None:
    """Return (latitude, longitude) of a point inside the contour, even when it is a crescent or has holes.

    The largest part is cut by a horizontal line; the middle of the widest inner stretch is inside by construction,
    and checked; other lines are tried when the shape is flat there.
    ``None`` when the contour is unknown, unreadable or has no inside.
    """
    if not wkb:
        return None
    try:
        return point_des_polygones(lire(bytes(wkb)))
    except GeometrieIllisible:
        return None


def point_des_polygones(polygones: list[Polygone]) -> tuple[float, float] | None:
    """Return (latitude, longitude) of a point inside these polygons, already read; see ``point_interieur``."""
    pleins = [p for p in polygones if p and len(p[0]) >= 8]
    for polygone in sorted(pleins, key=lambda p: abs(_aire(p[0])), reverse=True):
        ys = polygone[0][1::2]
        bas, haut = min(ys), max(ys)
        for part in COUPES:
            y = bas + part * (haut - bas)
            x = _milieu(polygone, y)
            if x is not None and _dans(polygone, x, y):
                return y, x
    return None


def ecrire(polygones: list[Polygone]) -> bytes:
    """Return a plain little-endian WKB multipolygon, without reference system."""
    morceaux = [ENTETE_SIMPLE, struct.pack("<I", len(polygones))]
    for polygone in polygones:
        morceaux.append(b"\x01" + struct.pack("<2I", POLYGONE, len(polygone)))
        morceaux += (struct.pack(f"<I{len(a)}d", len(a) // 2, *a) for a in polygone)
    return b"".join(morceaux)


def lire(wkb: bytes) -> list[Polygone]:
    """Return the polygons of a (E)WKB polygon or multipolygon, either byte order.

    Raises:
        GeometrieIllisible: another type, a third dimension, or bytes cut short.
    """
    try:
        ordre, genre, ici = _entete(wkb, 0)
        if genre == POLYGONE:
            return [_polygone(wkb, ici, ordre)[0]]
        if genre != MULTIPOLYGONE:
            raise GeometrieIllisible(f"type {genre} is not a polygon")
        (nombre,) = struct.unpack_from(f"{ordre}I", wkb, ici)
        ici += 4
        polygones = []
        for _ in range(nombre):
            ordre, genre, ici = _entete(wkb, ici)
            if genre != POLYGONE:
                raise GeometrieIllisible(f"type {genre} inside a multipolygon")
            polygone, ici = _polygone(wkb, ici, ordre)
            polygones.append(polygone)
        return polygones
    except (struct.error, IndexError) as erreur:
        raise GeometrieIllisible("truncated") from erreur


def _entete(wkb: bytes, ici: int) -> tuple[str, int, int]:
    if wkb[ici] > 1:
        raise GeometrieIllisible("unknown byte order")
    ordre = "<" if wkb[ici] else ">"
    (genre,) = struct.unpack_from(f"{ordre}I", wkb, ici + 1)
    return (ordre, genre & ~SRID, ici + 9) if genre & SRID else (ordre, genre, ici + 5)


def _polygone(wkb: bytes, ici: int, ordre: str) -> tuple[Polygone, int]:
    (anneaux,) = struct.unpack_from(f"{ordre}I", wkb, ici)
    ici += 4
    polygone: Polygone = []
    for _ in range(anneaux):
        (points,) = struct.unpack_from(f"{ordre}I", wkb, ici)
        ici += 4
        # Asked before unpacking: a false length would otherwise reserve gigabytes.
        if ici + 16 * points > len(wkb):
            raise GeometrieIllisible("truncated")
        polygone.append(struct.unpack_from(f"{ordre}{2 * points}d", wkb, ici))
        ici += 16 * points
    return polygone, ici


def _traversees(anneau: Anneau, y: float) -> list[float]:
    """Return the x where a ring crosses this height; a corner exactly on the line counts once."""
    xs, ys = anneau[::2], anneau[1::2]
    dessus = [un > y for un in ys]
    # Comparing whole lists first keeps the arithmetic to the two or three edges that cross.
    return [
        (xs[i - 1] - xs[i]) * (y - ys[i]) / (ys[i - 1] - ys[i]) + xs[i]
        for i, (avant, ici) in enumerate(zip(dessus[-1:] + dessus, dessus, strict=False))
        if avant is not ici
    ]


def _dans(polygone: Polygone, x: float, y: float) -> bool:
    """Even-odd rule over all rings: a hole flips the answer back."""
    return sum(x < croix for anneau in polygone for croix in _traversees(anneau, y)) % 2 == 1


def _milieu(polygone: Polygone, y: float) -> float | None:
    """Return the x of the middle of the widest inner stretch at this height."""
    xs = sorted(croix for anneau in polygone for croix in _traversees(anneau, y))
    return max(((b - a, (a + b) / 2) for a, b in zip(xs[::2], xs[1::2], strict=False)), default=(0.0, None))[1]


def _aire(anneau: Anneau) -> float:
    xs, ys = anneau[::2], anneau[1::2]
    return sum(xs[i - 1] * ys[i] - xs[i] * ys[i - 1] for i in range(len(xs))) / 2


def alleger(anneau: Anneau, ecart: float) -> Anneau:
    """Return a ring with fewer corners, none farther than this from the line drawn (Douglas and Peucker, 1973).

    Args:
        ecart: in degrees; 0.0005 is some fifty metres.
    """
    points = list(zip(anneau[::2], anneau[1::2], strict=True))
    gardes = {0, len(points) - 1}
    # A ring begins where it ends: it is cut first at its farthest corner.
    loin = max(range(len(points)), key=lambda i: math.dist(points[0], points[i]))
    pile = [(0, loin), (loin, len(points) - 1)]
    while pile:
        debut, fin = pile.pop()
        if fin - debut < 2:
            continue
        (x0, y0), (x1, y1) = points[debut], points[fin]
        dx, dy, long = x1 - x0, y1 - y0, math.dist(points[debut], points[fin])
        pire, ou = max(
            (abs(dy * (x - x0) - dx * (y - y0)) / long if long else math.dist((x, y), (x0, y0)), i)
            for i, (x, y) in enumerate(points[debut + 1 : fin], start=debut + 1)
        )
        if pire > ecart:
            pile += [(debut, ou), (ou, fin)]
            gardes.add(ou)
    gardes.add(loin)
    return tuple(v for i in sorted(gardes) for v in points[i])
