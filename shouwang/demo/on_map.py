"""A real map as the ground of the demo: the cast's areas laid over it, and door numbers made where it has none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely

from shouwang.connections.osm.named import address_text
from shouwang.demo.world_ground import PLOTS, TOWN, Box, boundary
from shouwang.places.ground import Ground, GroundAddress, GroundArea, GroundFeature, points_of
from shouwang.places.models.area import Tier
from shouwang.solvers.roads import DRIVABLE, EARTH_M, Floats

NEAR_M = 45.0  # a building farther from every street than this gets no number
EVERY_M = 24.0  # a door where the map shows no building
ASIDE_M = 14.0
APART_M = 16.0
WITH_DOORS = DRIVABLE - {"motorway", "motorway_link", "trunk_link", "primary_link", "secondary_link", "track"}
M2_A_HOUSEHOLD = 110.0
MARGIN_DEG = 0.001
Point = tuple[float, float]


def town_on(ground: Ground) -> Ground:
    """The same ground with the cast's areas and made door numbers; every one of them says that it is made."""
    made = list(_door_numbers(ground))
    numbers = [
        GroundFeature("number", "made", {"type": "Point", "coordinates": [one.lon, one.lat]}, one.name) for one in made
    ]
    return replace(
        ground, areas=[*ground.areas, *cast_areas(boxes_over(ground))], addresses=[*ground.addresses, *made],
        features=[*ground.features, *numbers],
    )  # fmt: skip


def boxes_over(ground: Ground) -> dict[str, Box]:
    """Where the cast's areas lie on this map: their borders moved so that each grid holds its share of the streets."""
    west, south, east, north = ground.bounds()
    lons, lats = zip(*ground.nodes, strict=True)
    across, up = (
        _stretched(lons, west - MARGIN_DEG, east + MARGIN_DEG),
        _stretched(lats, south - MARGIN_DEG, north + MARGIN_DEG),
    )

    def moved(box: Box) -> Box:
        x = across([(one - TOWN[0]) / (TOWN[2] - TOWN[0]) for one in (box[0], box[2])])
        y = up([(one - TOWN[1]) / (TOWN[3] - TOWN[1]) for one in (box[1], box[3])])
        return round(x[0], 6), round(y[0], 6), round(x[1], 6), round(y[1], 6)

    return {plot.key: moved(plot.box) for plot in PLOTS}


def _stretched(values: tuple[float, ...], low: float, high: float) -> Any:
    """Shares 0…1 → coordinates: the ends at the map's edges, between them by how many street corners lie there."""
    shares = np.linspace(0, 1, 25)
    marks = np.quantile(np.array(values), shares)
    marks[0], marks[-1] = low, high
    return lambda asked: [float(one) for one in np.interp(asked, shares, marks)]


def cast_areas(boxes: dict[str, Box]) -> list[GroundArea]:
    """The cast's areas as ground, parents first."""
    codes = {plot.key: (str(plot.scheme), plot.code) for plot in PLOTS}
    areas = []
    for plot in PLOTS:
        above = {"duty": plot.duty, "government": plot.government}
        top = {Tier.BUREAU: "duty", Tier.COUNTY: "government"}.get(plot.tier)  # stands in its layer without a parent
        parents = tuple((layer, *codes.get(key, ("", ""))) for layer, key in above.items() if key or layer == top)
        areas.append(GroundArea(
            str(plot.scheme), plot.code, str(plot.tier), plot.name, boundary(boxes[plot.key]), parents, plot.ordinal,
            plot.households, plot.urban_rural,
        ))  # fmt: skip
    return areas


@dataclass
class _Doors:
    """Doors of one street: how far along, on which side, where, how many households."""

    along: list[float]
    left: list[bool]
    points: list[Point]
    households: list[int]


def _door_numbers(ground: Ground) -> Iterator[GroundAddress]:
    """Odd numbers on the left, even on the right, rising along each named street; numbers of the map are kept."""
    flat = _Flat(ground)
    real = {one.full_text for one in ground.addresses if one.kind == "building"}
    keys = {one.name: one.key for one in ground.addresses if one.kind == "street"}
    doors = _doors(ground, flat)
    for street in sorted(doors):
        if street not in keys:
            continue
        one = doors[street]
        next_number = {True: 1, False: 2}
        for i in np.argsort(np.array(one.along), kind="stable").tolist():
            number = next_number[one.left[i]]
            next_number[one.left[i]] += 2
            text = address_text(street, str(number))
            if text not in real:
                lon, lat = one.points[i]
                yield GroundAddress(f"made:{text}", "building", str(number), text, lon, lat, keys[street],
                                    households=one.households[i], made=True)  # fmt: skip


class _Flat:
    """Local metres, and the named streets in them with the direction in which each is numbered."""

    def __init__(self, ground: Ground) -> None:
        west, south, _east, north = ground.bounds()
        degree = np.pi * EARTH_M / 180
        self.scale = np.array([degree * np.cos(np.radians((south + north) / 2)), degree])
        self.corner = np.array([west, south])
        self.lines: list[Any] = []
        self.names: list[str] = []
        for feature in ground.features:
            if feature.layer == "road" and feature.name and feature.kind in WITH_DOORS:
                self.lines.append(shapely.LineString(self.metres(feature.geometry["coordinates"])))
                self.names.append(feature.name)
        self.tree = shapely.STRtree(self.lines)
        self.heading = {name: _heading(lines) for name, lines in _grouped(self.names, self.lines).items()}

    def metres(self, lonlat: Any) -> Floats:
        return np.asarray((np.asarray(lonlat, float) - self.corner) * self.scale)

    def lonlat(self, xy: Floats) -> Point:
        lon, lat = xy / self.scale + self.corner
        return round(float(lon), 6), round(float(lat), 6)


def _grouped(names: list[str], lines: list[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for name, line in zip(names, lines, strict=True):
        found[name].append(line)
    return found


def _heading(lines: list[Any]) -> Floats:
    """The main direction of a street, from west to east or from south to north."""
    points = np.concatenate([shapely.get_coordinates(line) for line in lines])
    axis = np.linalg.svd(points - points.mean(axis=0), full_matrices=False)[2][0]
    return np.asarray(axis if axis[np.argmax(np.abs(axis))] > 0 else -axis)


def _doors(ground: Ground, flat: _Flat) -> dict[str, _Doors]:
    doors: dict[str, _Doors] = defaultdict(lambda: _Doors([], [], [], []))
    taken: list[Point] = []
    for feature in ground.features:
        if feature.layer != "building":
            continue
        corners = flat.metres(points_of(feature.geometry))
        middle = corners[:-1].mean(axis=0)
        found = flat.tree.query_nearest(shapely.Point(middle), max_distance=NEAR_M + 30, all_matches=False)
        outline = shapely.Polygon(corners)
        if len(found) and outline.distance(flat.lines[found[0]]) <= NEAR_M:
            households = max(1, round(outline.area / M2_A_HOUSEHOLD))
            _stand(doors, flat, int(found[0]), middle, households)
            taken.append((float(middle[0]), float(middle[1])))
    _between(doors, flat, taken)
    return doors


def _between(doors: dict[str, _Doors], flat: _Flat, taken: list[Point]) -> None:
    """Doors along the rest of the streets, where the map shows no building."""
    known = shapely.STRtree([shapely.Point(one) for one in taken])
    for number, line in enumerate(flat.lines):
        for along in np.arange(EVERY_M / 2, line.length, EVERY_M):
            here, ahead = (np.array(line.interpolate(one).coords[0]) for one in (along, along + 1))
            step = ahead - here
            if not step.any():
                continue
            aside = np.array([-step[1], step[0]]) / np.hypot(*step) * ASIDE_M
            for point in (here + aside, here - aside):
                if not len(known.query(shapely.Point(point), predicate="dwithin", distance=APART_M)):
                    _stand(doors, flat, number, point, 1)


def _stand(doors: dict[str, _Doors], flat: _Flat, number: int, point: Floats, households: int) -> None:
    line, name = flat.lines[number], flat.names[number]
    heading = flat.heading[name]
    foot = np.array(line.interpolate(line.project(shapely.Point(point))).coords[0])
    off = point - foot
    one = doors[name]
    one.along.append(float(foot @ heading))
    one.left.append(bool(heading[0] * off[1] - heading[1] * off[0] > 0))
    one.points.append(flat.lonlat(point))
    one.households.append(households)
