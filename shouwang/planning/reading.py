"""A community out of the database, as planning needs it: its ground, who lives where, a year of calls, its premises."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from django.db import connection
from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem
from shouwang.matters.models import Matter
from shouwang.places.models import Address, Area, AreaVersion, FoundPlace, MapFeature
from shouwang.places.models.address import Element
from shouwang.places.models.area import Tier
from shouwang.planning.ground import Flat, Ground, House, Line, kind_of_road

CALLS_OVER = dt.timedelta(days=365)
RIVERS = ("river_line", "river", "canal", "stream")
NO_PREMISES = ("crossing", "booth", "park", "committee", "police_room")  # found on the map, but nobody trades there


@dataclass(frozen=True)
class Counted:
    """What is counted on the ground of an area, in metres; points carry how many they stand for."""

    flat: Flat
    houses: Sequence[House]
    rentals: Sequence[tuple[float, float, int]]
    premises: Sequence[tuple[float, float, int]]
    calls: Sequence[tuple[float, float, int]]


class NoGround(Problem):
    code, status = "planning.no_ground", 409
    says = _("{area} has no border in force, or nobody lives at an address in it. Load its map and addresses first.")


def read_ground(community: Area, at: dt.datetime) -> tuple[Ground, Flat]:
    """Raises NoGround."""
    versions = AreaVersion.objects.in_force_at(at)
    boundary = versions.filter(area=community).values_list("boundary", flat=True).first()
    if boundary is None:
        raise NoGround(area=community.name)
    west, south, east, north = shapely.geometry.shape(boundary).bounds
    flat = Flat((west + east) / 2, (south + north) / 2)
    ground = Ground(flat.metres(boundary))
    shapely.prepare(ground.boundary)
    ground.houses = [house for house in _houses(community, flat) if _inside(ground, house.x, house.y)]
    if not any(house.households for house in ground.houses):
        raise NoGround(area=community.name)
    within = {"west__lte": east, "east__gte": west, "south__lte": north, "north__gte": south}
    _read_map(ground, flat, within)
    grids = versions.filter(parent=community, area__tier=Tier.GRID).select_related("area")
    ground.today = {one.area.code: flat.metres(one.boundary) for one in grids}
    ground.calls = [point for point in _calls(community, at, flat) if _inside(ground, *point)]
    ground.premises = [point for point in _premises(flat, within) if _inside(ground, *point)]
    ground.rentals = [point for point in _rentals(community, flat) if _inside(ground, *point[:2])]
    return ground, flat


def read_counted(area: Area, at: dt.datetime) -> Counted:
    """Raises NoGround."""
    boundary = AreaVersion.objects.in_force_at(at).filter(area=area).values_list("boundary", flat=True).first()
    if boundary is None:
        raise NoGround(area=area.name)
    west, south, east, north = shapely.geometry.shape(boundary).bounds
    flat = Flat((west + east) / 2, (south + north) / 2)
    within = {"west__lte": east, "east__gte": west, "south__lte": north, "north__gte": south}
    return Counted(
        flat, list(_houses(area, flat)), list(_rentals(area, flat)), [(*one, 1) for one in _premises(flat, within)],
        [(*one, 1) for one in _calls(area, at, flat)],
    )  # fmt: skip


def _houses(community: Area, flat: Flat) -> Iterator[House]:
    """Every building with an address. Households: what the ground said of it, else its rooms, else one."""
    under = Address.objects.in_use().filter(area__duty_path__startswith=community.duty_path)
    buildings = list(under.filter(element=Element.BUILDING, lon__isnull=False).select_related("parent"))
    by_number = {one.number for one in buildings}
    rooms: Counter[int] = Counter()
    for path in under.filter(element=Element.ROOM).values_list("path", flat=True):
        rooms.update({int(part) for part in path.split("/") if part} & by_number)
    said = dict(FoundPlace.objects.filter(pk__in=[one.pk for one in buildings]).values_list("pk", "households"))
    for one in buildings:
        parent = one.parent
        estate = parent.path if parent is not None and parent.element == Element.ESTATE else ""
        x, y = _metres(flat, one.lon or 0.0, one.lat or 0.0)
        homes = said.get(one.pk) or rooms[one.number] or int(one.pk not in said)
        yield House(x, y, homes, parent.name if parent else "", one.name, estate)


def _read_map(ground: Ground, flat: Flat, within: dict[str, Any]) -> None:
    rows = MapFeature.objects.filter(layer__in=["building", "road", "water"], **within)
    for layer, kind, geometry in rows.values_list("layer", "kind", "geometry"):
        if layer == "building":
            ground.buildings += [
                part for part in shapely.get_parts(flat.metres(geometry)) if _touches(ground, part, "Polygon")
            ]
        elif layer == "road" or kind in RIVERS:
            line = flat.metres(geometry)
            if line.geom_type in ("LineString", "MultiLineString") and ground.boundary.intersects(line):
                ground.lines.append(Line("river" if layer == "water" else kind_of_road(kind), line))


def _touches(ground: Ground, part: Any, kind: str) -> bool:
    return bool(part.geom_type == kind and ground.boundary.intersects(part))


def _calls(community: Area, at: dt.datetime, flat: Flat) -> Iterator[tuple[float, float]]:
    rows = Matter.objects.filter(
        duty_path__startswith=community.duty_path, opened_at__gt=at - CALLS_OVER, lon__isnull=False
    )
    for lon, lat in rows.values_list("lon", "lat"):
        yield _metres(flat, lon or 0.0, lat or 0.0)


def _premises(flat: Flat, within: dict[str, Any]) -> Iterator[tuple[float, float]]:
    rows = FoundPlace.objects.filter(is_address=False, lon__gte=within["east__gte"], lon__lte=within["west__lte"],
                                     lat__gte=within["north__gte"], lat__lte=within["south__lte"])  # fmt: skip
    for lon, lat in rows.exclude(kind__in=[*NO_PREMISES, "street"]).values_list("lon", "lat"):
        yield _metres(flat, lon, lat)


def _rentals(area: Area, flat: Flat) -> Iterator[tuple[float, float, int]]:
    """Dwellings that are let, by building. The registers tell the number and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT lon, lat, dwellings FROM planning_let_dwellings(%s)", [area.duty_path])
        for lon, lat, dwellings in cursor.fetchall():
            yield (*_metres(flat, lon, lat), dwellings)


def _metres(flat: Flat, lon: float, lat: float) -> tuple[float, float]:
    across, up = flat.scale
    return (lon - flat.lon) * across, (lat - flat.lat) * up


def _inside(ground: Ground, x: float, y: float) -> bool:
    return bool(shapely.intersects_xy(ground.boundary, x, y))
