"""Borders as rings of corners. Cells that share a border share its corners, so moving one moves the border of both.

Pure; corners are (lon, lat) in degrees, distances in metres of a plane around the drawing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely

from shouwang.core.geo import EARTH_RADIUS_M, polygons_of

DEGREE_M = math.pi * EARTH_RADIUS_M / 180
DIGITS = 7  # of a degree: a centimetre
TIED_M = 0.5  # corners and sides nearer than this are one
Corner = tuple[float, float]
Ring = tuple[Corner, ...]  # without the first corner at its end
Polygon = tuple[Ring, ...]  # its outline, then its holes


@dataclass(frozen=True)
class Cell:
    """One area of a drawing: the code of the area that goes on in it ("": a new one), what it is to be called."""

    polygons: tuple[Polygon, ...]
    code: str = ""
    title: str = ""
    households: int = 0

    @property
    def rings(self) -> list[Ring]:
        return [ring for polygon in self.polygons for ring in polygon]

    @property
    def boundary(self) -> dict[str, Any]:
        """GeoJSON."""
        parts = [[[list(corner) for corner in (*ring, ring[0])] for ring in polygon] for polygon in self.polygons]
        if len(parts) == 1:
            return {"type": "Polygon", "coordinates": parts[0]}
        return {"type": "MultiPolygon", "coordinates": parts}

    @property
    def shape(self) -> Any:
        return shapely.geometry.shape(self.boundary)

    def reshaped(self, turn: Callable[[Ring], Iterable[Corner]]) -> Cell:
        """Each ring as `turn` makes it; rings that are left with fewer than three corners fall away."""
        polygons = []
        for polygon in self.polygons:
            rings = [ring for ring in (_once(turn(ring)) for ring in polygon) if len(ring) > 2]
            if rings:
                polygons.append(tuple(rings))
        return replace(self, polygons=tuple(polygons))


def polygons_from(boundary: dict[str, Any]) -> tuple[Polygon, ...]:
    return tuple(tuple(_once(rounded(corner) for corner in ring) for ring in rings) for rings in polygons_of(boundary))


def rounded(corner: Sequence[float]) -> Corner:
    return round(float(corner[0]), DIGITS), round(float(corner[1]), DIGITS)


@dataclass(frozen=True)
class Plane:
    """Degrees to metres and back, for a town."""

    lat: float

    @property
    def scale(self) -> Corner:
        return DEGREE_M * math.cos(math.radians(self.lat)), DEGREE_M

    def metres(self, corner: Corner) -> Corner:
        return corner[0] * self.scale[0], corner[1] * self.scale[1]

    def degrees(self, x: float, y: float) -> Corner:
        return rounded((x / self.scale[0], y / self.scale[1]))

    def apart(self, a: Corner, b: Corner) -> float:
        return math.dist(self.metres(a), self.metres(b))

    def nearest(self, a: Corner, b: Corner, to: Corner) -> tuple[float, Corner]:
        """How far `to` is from the side a–b, and the place on the side that is nearest to it."""
        start, end, wanted = (np.array(self.metres(one)) for one in (a, b, to))
        along = end - start
        length = float(along @ along)
        share = min(max(float((wanted - start) @ along) / length, 0.0), 1.0) if length else 0.0
        place = start + share * along
        return float(math.dist(place, wanted)), self.degrees(float(place[0]), float(place[1]))


def corners_of(cells: Iterable[Cell]) -> list[Corner]:
    """Every corner once, in the order of the cells."""
    return list(dict.fromkeys(corner for cell in cells for ring in cell.rings for corner in ring))


def sides_of(ring: Ring) -> Iterator[tuple[Corner, Corner]]:
    yield from zip(ring, (*ring[1:], ring[0]), strict=True)


def plane_of(cells: Sequence[Cell]) -> Plane:
    return Plane(next((corner[1] for corner in corners_of(cells)), 0.0))


def tied(cells: Sequence[Cell], fixed: Sequence[Cell] = ()) -> list[Cell]:
    """Corners that all but meet become one, and a corner on a neighbour's side becomes a corner of the neighbour.

    fixed   what the cells lie in: its corners count, and stay where they are
    """
    plane = plane_of([*fixed, *cells])
    become = _one_each(plane, corners_of([*fixed, *cells]))
    joined = [cell.reshaped(lambda ring: (become[corner] for corner in ring)) for cell in cells]
    every = corners_of([*fixed, *joined])
    tree = shapely.STRtree(shapely.points([plane.metres(one) for one in every]))

    def with_neighbours(ring: Ring) -> Iterator[Corner]:
        for a, b in sides_of(ring):
            yield a
            side = shapely.LineString([plane.metres(a), plane.metres(b)])
            found = [every[n] for n in tree.query(side, predicate="dwithin", distance=TIED_M).tolist()]
            yield from sorted((one for one in found if one not in ring), key=lambda one: plane.apart(a, one))

    return [cell.reshaped(with_neighbours) for cell in joined]


def _one_each(plane: Plane, corners: Sequence[Corner]) -> dict[Corner, Corner]:
    """For each corner the first one that lies where it lies."""
    if not corners:
        return {}
    points = shapely.points([plane.metres(one) for one in corners])
    pairs = shapely.STRtree(points).query(points, predicate="dwithin", distance=TIED_M).T.tolist()
    become = {one: one for one in corners}
    for a, b in sorted(pairs):
        if a < b and become[corners[b]] == corners[b]:
            become[corners[b]] = become[corners[a]]
    return become


def _once(corners: Iterable[Corner]) -> Ring:
    """Without a corner that stands twice in a row, and without the first one at the end."""
    ring: list[Corner] = []
    for corner in corners:
        if not ring or ring[-1] != corner:
            ring.append(corner)
    while len(ring) > 1 and ring[0] == ring[-1]:
        ring.pop()
    return tuple(ring)
