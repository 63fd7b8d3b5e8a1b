"""Positions: lon then lat, WGS-84 degrees. Distances, Chinese map datums, point in polygon, and checks at the door."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem

EARTH_RADIUS_M = 6_371_008.8  # IUGG mean radius
Ring = Sequence[Sequence[float]]


class NotAPosition(Problem):
    code, status = "geo.not_a_position", 400
    says = _("“{lon}, {lat}” is not a position. Give longitude and latitude as numbers in degrees.")


class PositionOutOfRange(Problem):
    code, status = "geo.out_of_range", 400
    says = _("{lon}, {lat} lies nowhere on Earth. Longitude is between -180 and 180, latitude between -90 and 90.")


class PositionSwapped(Problem):
    code, status = "geo.swapped", 400
    says = _("Longitude and latitude look swapped. Try longitude {lat}, latitude {lon}.")


class PositionMissing(Problem):
    code, status = "geo.no_fix", 400
    says = _("0, 0 means that the device has no position yet. Wait for a fix, or choose the place on the map.")


def check_lonlat(lon: Any, lat: Any, *, field: str = "point") -> tuple[float, float]:
    """`(lon, lat)` as floats.

    Raises  NotAPosition (no number, NaN, infinite), PositionSwapped, PositionOutOfRange, PositionMissing
    Why     China lies at longitude 73–136 and latitude 3–54, so a swapped pair is told from a wrong one;
            lat 73–90 with lon 3–54 is Arctic sea, and no town of ours.
    """
    try:
        x, y = float(lon), float(lat)
    except (TypeError, ValueError):
        raise NotAPosition(field=field, lon=_shown(lon), lat=_shown(lat)) from None
    if not (math.isfinite(x) and math.isfinite(y)):
        raise NotAPosition(field=field, lon=_shown(lon), lat=_shown(lat))
    if 3 <= x <= 54 and 73 <= y <= 136:
        raise PositionSwapped(field=field, lon=x, lat=y)
    if not (-180 <= x <= 180 and -90 <= y <= 90):
        raise PositionOutOfRange(field=field, lon=x, lat=y)
    if x == 0 and y == 0:
        raise PositionMissing(field=field)
    return x, y


def _shown(value: Any) -> str:
    return str(value)[:20]


def metres_between(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Great-circle metres. Source: haversine on the mean sphere; within 0.5 % of the ellipsoid."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half_lat, half_lon = (phi2 - phi1) / 2, math.radians(lon2 - lon1) / 2
    a = math.sin(half_lat) ** 2 + math.cos(phi1) * math.cos(phi2) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(a)))


def bearing_deg(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Initial bearing from the first to the second position: 0 north, 90 east, in [0, 360)."""
    phi1, phi2, turn = math.radians(lat1), math.radians(lat2), math.radians(lon2 - lon1)
    y = math.sin(turn) * math.cos(phi2)
    x = math.cos(phi1) * math.sin(phi2) - math.sin(phi1) * math.cos(phi2) * math.cos(turn)
    return math.degrees(math.atan2(y, x)) % 360


def moved(lon: float, lat: float, *, metres: float, towards_deg: float) -> tuple[float, float]:
    """The position `metres` away in that direction."""
    angle, phi, theta = metres / EARTH_RADIUS_M, math.radians(lat), math.radians(towards_deg)
    lat2 = math.asin(math.sin(phi) * math.cos(angle) + math.cos(phi) * math.sin(angle) * math.cos(theta))
    east = math.atan2(
        math.sin(theta) * math.sin(angle) * math.cos(phi), math.cos(angle) - math.sin(phi) * math.sin(lat2)
    )
    return (lon + math.degrees(east) + 540) % 360 - 180, math.degrees(lat2)


def box_around(lon: float, lat: float, radius_m: float) -> tuple[float, float, float, float]:
    """`(west, south, east, north)` that holds the circle: a coarse filter before `metres_between`."""
    north = math.degrees(radius_m / EARTH_RADIUS_M)
    east = north / max(math.cos(math.radians(lat)), 0.01)
    return lon - east, lat - north, lon + east, lat + north


# --- Chinese map datums --------------------------------------------------------------------------------------------
# Source  the widely published reverse-engineered GCJ-02 series on the Krasovsky ellipsoid; BD-09 is a twist of GCJ-02.

_A, _EE = 6_378_245.0, 0.00669342162296594323
_BD_PI = math.pi * 3000.0 / 180.0


def _in_china(lon: float, lat: float) -> bool:
    return 72.004 <= lon <= 137.8347 and 0.8293 <= lat <= 55.8271


def _gcj_shift(lon: float, lat: float) -> tuple[float, float]:
    x, y, pi = lon - 105.0, lat - 35.0, math.pi
    root = math.sqrt(abs(x))
    common = (20.0 * math.sin(6.0 * x * pi) + 20.0 * math.sin(2.0 * x * pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + common
    north += (20.0 * math.sin(y * pi) + 40.0 * math.sin(y / 3.0 * pi)) * 2.0 / 3.0
    north += (160.0 * math.sin(y / 12.0 * pi) + 320.0 * math.sin(y * pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + common
    east += (20.0 * math.sin(x * pi) + 40.0 * math.sin(x / 3.0 * pi)) * 2.0 / 3.0
    east += (150.0 * math.sin(x / 12.0 * pi) + 300.0 * math.sin(x / 30.0 * pi)) * 2.0 / 3.0
    phi = math.radians(lat)
    magic = 1 - _EE * math.sin(phi) ** 2
    north = (north * 180.0) / ((_A * (1 - _EE)) / (magic * math.sqrt(magic)) * pi)
    east = (east * 180.0) / (_A / math.sqrt(magic) * math.cos(phi) * pi)
    return east, north


def wgs_to_gcj(lon: float, lat: float) -> tuple[float, float]:
    """WGS-84 → GCJ-02 (the datum of Chinese maps). Outside China nothing is shifted."""
    if not _in_china(lon, lat):
        return lon, lat
    east, north = _gcj_shift(lon, lat)
    return lon + east, lat + north


def gcj_to_wgs(lon: float, lat: float) -> tuple[float, float]:
    """GCJ-02 → WGS-84, by fixed point: within 1 mm after a few rounds."""
    if not _in_china(lon, lat):
        return lon, lat
    x, y = lon, lat
    for _round in range(12):
        east, north = _gcj_shift(x, y)
        x, y = lon - east, lat - north
    return x, y


def gcj_to_bd(lon: float, lat: float) -> tuple[float, float]:
    """GCJ-02 → BD-09."""
    z = math.hypot(lon, lat) + 0.00002 * math.sin(lat * _BD_PI)
    theta = math.atan2(lat, lon) + 0.000003 * math.cos(lon * _BD_PI)
    return z * math.cos(theta) + 0.0065, z * math.sin(theta) + 0.006


def bd_to_gcj(lon: float, lat: float) -> tuple[float, float]:
    """BD-09 → GCJ-02, by fixed point."""
    x, y = lon - 0.0065, lat - 0.006
    for _round in range(12):
        there_x, there_y = gcj_to_bd(x, y)
        x, y = x + lon - there_x, y + lat - there_y
    return x, y


def bd_to_wgs(lon: float, lat: float) -> tuple[float, float]:
    """BD-09 → WGS-84."""
    return gcj_to_wgs(*bd_to_gcj(lon, lat))


def wgs_to_bd(lon: float, lat: float) -> tuple[float, float]:
    """WGS-84 → BD-09."""
    return gcj_to_bd(*wgs_to_gcj(lon, lat))


# --- shapes (GeoJSON Polygon or MultiPolygon) ----------------------------------------------------------------------


def polygons_of(boundary: Mapping[str, Any]) -> Iterator[Sequence[Ring]]:
    """The polygons of a GeoJSON geometry, each a list of rings, the outer one first."""
    if boundary.get("type") == "Polygon":
        yield boundary["coordinates"]
    elif boundary.get("type") == "MultiPolygon":
        yield from boundary["coordinates"]


def bounds_of(boundary: Mapping[str, Any]) -> tuple[float, float, float, float]:
    """`(west, south, east, north)` of a GeoJSON geometry."""
    corners = [corner for polygon in polygons_of(boundary) for corner in polygon[0]]
    lons, lats = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return min(lons), min(lats), max(lons), max(lats)


def covers(boundary: Mapping[str, Any], lon: float, lat: float) -> bool:
    """Whether the position lies in the geometry; west and south edges belong to it, so neighbours never share one."""
    return any(
        _in_ring(polygon[0], lon, lat) and not any(_in_ring(hole, lon, lat) for hole in polygon[1:])
        for polygon in polygons_of(boundary)
    )


def _in_ring(ring: Ring, lon: float, lat: float) -> bool:
    inside = False
    x1, y1 = ring[-1][0], ring[-1][1]
    for corner in ring:
        x2, y2 = corner[0], corner[1]
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            inside = not inside
        x1, y1 = x2, y2
    return inside


def length_m(line: Iterable[Sequence[float]]) -> float:
    """Metres along a line of positions."""
    return sum(metres_between(a[0], a[1], b[0], b[1]) for a, b in itertools.pairwise(line))
