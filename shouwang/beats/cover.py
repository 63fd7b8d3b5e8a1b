"""How much of a beat was covered by the ways walked on it: points, stretches, surfaces, passes. Pure; of no person.

A way is fixes of one unit on shift in the order of time, without gaps (S-PAT-010).
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from shouwang.tracking.rules.point import point
from shouwang.tracking.rules.seen import Point, Sighting, Watched

BESIDE_M = 25.0  # so far from the middle of a road one walks along it
GAP = dt.timedelta(minutes=5)  # nothing is known of what lies between two fixes further apart
AWAY = dt.timedelta(minutes=3)  # gone for so long, the next time is another pass
METRES_A_DEGREE = 111_195.0

Way = Sequence[Sighting]


@dataclass(frozen=True)
class Part:
    """How much of something was reached, of how much there is: metres, or square metres."""

    whole: float
    done: float

    @property
    def share(self) -> float | None:
        return min(1.0, self.done / self.whole) if self.whole else None


def ways_of(fixes: Iterable[tuple[str, Sighting]]) -> list[list[Sighting]]:
    """(unit, sighting) in any order → ways without gaps."""
    found: list[list[Sighting]] = []
    last: tuple[str, dt.datetime] | None = None
    for unit, seen in sorted(fixes, key=lambda one: (one[0], one[1].at)):
        if last is None or last[0] != unit or seen.at - last[1] > GAP:
            found.append([])
        found[-1].append(seen)
        last = (unit, seen.at)
    return found


def visits(points: Sequence[Point], ways: Iterable[Way]) -> dict[str, list[dt.datetime]]:
    """When each point was reached, once for every coming."""
    found: dict[str, list[dt.datetime]] = {one.key: [] for one in points}
    watched = Watched(points=tuple(points))
    for way in ways:
        state = None
        for seen in way:
            state, noticed = point(state, seen, watched)
            for one in noticed:
                found[one.key].append(one.at)
    return found


def walked(line: dict[str, Any], ways: Iterable[Way], beside_m: float = BESIDE_M) -> Part:
    """Metres of a stretch along which somebody went."""
    road = shape(line)
    scale = _scale(road)
    flat = _flat(road, scale)
    return Part(flat.length, flat.intersection(_reached(ways, scale, beside_m)).length)


def in_view(boundary: dict[str, Any], ways: Iterable[Way], view_m: float) -> Part:
    """Square metres of a surface that somebody on a way could see."""
    ground = shape(boundary)
    scale = _scale(ground)
    flat = _flat(ground, scale)
    return Part(flat.area, flat.intersection(_reached(ways, scale, view_m)).area)


def square_m(boundary: dict[str, Any]) -> float:
    """How large a surface is."""
    ground = shape(boundary)
    return float(_flat(ground, _scale(ground)).area)


def passes(boundary: dict[str, Any], ways: Iterable[Way]) -> int:
    """How often somebody came onto the ground; crossing its edge back and forth is one pass."""
    ground = shape(boundary)
    shapely.prepare(ground)
    count = 0
    for way in ways:
        left: dt.datetime | None = None
        for seen in way:
            if not shapely.intersects_xy(ground, seen.lon, seen.lat):
                continue
            if left is None or seen.at - left > AWAY:
                count += 1
            left = seen.at
    return count


def cap_of(min_passes: int, all_min: int, all_passes: int, times: float) -> float:
    """How many passes are no more than `times` the share of a beat in all that were walked (PAT-06)."""
    return times * all_passes * min_passes / all_min if all_min else 0.0


def _scale(of: BaseGeometry) -> float:
    return math.cos(math.radians(of.centroid.y))


def _flat(of: BaseGeometry, scale: float) -> BaseGeometry:
    return shapely.transform(of, lambda lonlat: lonlat * (METRES_A_DEGREE * scale, METRES_A_DEGREE))


def _reached(ways: Iterable[Way], scale: float, metres: float) -> BaseGeometry:
    lines = [_line(way) for way in ways if way]
    return shapely.union_all([_flat(one, scale).buffer(metres) for one in lines])


def _line(way: Way) -> BaseGeometry:
    places = [(one.lon, one.lat) for one in way]
    return shapely.LineString(places) if len(places) > 1 else shapely.Point(*places)
