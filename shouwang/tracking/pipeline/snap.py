"""Step: lay a fix on its road. Only for what is shown and for distances: the fix stays as it was received. Pure.

A parked car's readings wander around it; on the road they are one place. Whoever is further off than any road's width
and its readings' error, in a yard or a park, stays where he is. Where two roads are near, the one that leads the way
the unit drives is taken.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from shouwang.solvers.roads import Floats, RoadGraph

OFF_ROAD_M = 25.0
ACROSS_M = 15.0  # a road that crosses the way is as good as one along it so much further off
MOVES_MPS = 1.5  # slower than this, a heading says nothing


@dataclass(frozen=True, slots=True)
class Lay:
    """One place to lay on a road; `heading_deg` None, or a slow one, and the nearest road is taken."""

    lon: float
    lat: float
    heading_deg: float | None = None
    speed_mps: float | None = None


def snap_to_roads(graph: RoadGraph | None, lays: Sequence[Lay]) -> list[tuple[float, float]]:
    """The (lon, lat) of each on its road; as it was where no road is near, or there are none."""
    found = [(one.lon, one.lat) for one in lays]
    if graph is None or not len(graph.a) or not lays:
        return found
    scale = np.array(graph.scale)
    points = shapely.points(np.array(found, float) * scale)
    which, stretches = graph.tree.query(points, predicate="dwithin", distance=OFF_ROAD_M)
    if not len(which):
        return found
    lines = graph.tree.geometries[stretches]
    metres = shapely.distance(lines, points[which]) + ACROSS_M * _across(graph, lays, which, stretches)
    order = np.lexsort((metres, which))
    first = order[np.unique(which[order], return_index=True)[1]]
    laid = shapely.line_interpolate_point(lines[first], shapely.line_locate_point(lines[first], points[which[first]]))
    for n, (lon, lat) in zip(which[first].tolist(), (shapely.get_coordinates(laid) / scale).tolist(), strict=True):
        found[n] = (lon, lat)
    return found


def _across(graph: RoadGraph, lays: Sequence[Lay], which: np.ndarray, stretches: np.ndarray) -> Floats:
    """0 for a stretch that leads the way it drives, 1 for one at a right angle to it; 0 for whoever stands."""
    moves = np.array([one.heading_deg is not None and (one.speed_mps or 0.0) >= MOVES_MPS for one in lays])
    heading = np.radians([one.heading_deg or 0.0 for one in lays])[which]
    x, y = graph.scale
    east = (graph.lon[graph.b] - graph.lon[graph.a])[stretches] * x
    north = (graph.lat[graph.b] - graph.lat[graph.a])[stretches] * y
    length = np.maximum(np.hypot(east, north), 1e-9)
    sine = np.abs(np.sin(heading) * north - np.cos(heading) * east) / length
    return np.where(moves[which], sine, 0.0)


def metres_along(places: Sequence[tuple[float, float]], scale: tuple[float, float]) -> float:
    """How long a way of places is, by the metres of a degree of the graph it lies on."""
    (x, y), pairs = scale, itertools.pairwise(places)
    return sum(math.hypot((b[0] - a[0]) * x, (b[1] - a[1]) * y) for a, b in pairs)
