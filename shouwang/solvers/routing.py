"""The way itself: the line a crew drives, its seconds and metres."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse.csgraph import dijkstra

from shouwang.solvers.roads import Floats, Ints, RoadGraph, Snap, goal_nodes, haversine_m, leave_from, snap


@dataclass(frozen=True)
class Route:
    """seconds, metres, and the line as (lon, lat) from start to goal."""

    seconds: float
    metres: float
    line: list[tuple[float, float]]


def route(
    graph: RoadGraph, start: tuple[float, float], goal: tuple[float, float], limit_s: float = 3600.0
) -> Route | None:
    """The fastest way, None where there is none within `limit_s`."""
    begin, end = snap(graph, *start), snap(graph, *goal)
    tails = goal_nodes(graph, end)
    found, before = dijkstra(
        graph.split.backwards, directed=True, indices=list(tails), limit=limit_s, return_predecessors=True
    )
    totals = np.atleast_2d(found) + np.array(list(tails.values()))[:, None]
    row = np.argmin(totals, axis=0)
    reach: Floats = np.asarray(totals[row, np.arange(totals.shape[1])])
    seconds, first = leave_from(graph, reach, begin, end)
    if not np.isfinite(seconds):
        return None
    nodes = [] if first < 0 else _nodes(graph, np.atleast_2d(before)[row[first]], first)
    line = [_point(graph, begin), *((float(graph.lon[n]), float(graph.lat[n])) for n in nodes), _point(graph, end)]
    return Route(seconds, _length(line), line)


def _nodes(graph: RoadGraph, tree: Ints, first: int) -> list[int]:
    """Real nodes passed, in order; `tree` gives the next node on the way to the goal."""
    at, passed = first, [int(graph.split.real[first])]
    while tree[at] >= 0:
        at = int(tree[at])
        passed.append(int(graph.split.real[at]))
    return passed


def _point(graph: RoadGraph, snapped: Snap) -> tuple[float, float]:
    a, b = graph.a[snapped.stretch], graph.b[snapped.stretch]
    lon = graph.lon[a] + (graph.lon[b] - graph.lon[a]) * snapped.share
    lat = graph.lat[a] + (graph.lat[b] - graph.lat[a]) * snapped.share
    return float(lon), float(lat)


def _length(line: list[tuple[float, float]]) -> float:
    points = np.array(line)
    steps = haversine_m(points[:-1, 0], points[:-1, 1], points[1:, 0], points[1:, 1])
    return float(np.sum(steps))
