"""Who is near a place, without asking each: one search backwards from the place, as far as it has to go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from shouwang.solvers.roads import EARTH_M, Floats, RoadGraph, Snap, leave_from, search_backwards, snap, snap_all

OFF_ROAD_M = 500.0  # who stands further from any road than this is not looked for on it
Box = tuple[float, float, float, float]  # west, south, east, north


@dataclass(frozen=True, eq=False)
class Approach:
    """Seconds from every node to the place, inf beyond `limit_s`: whoever reaches it in that time is in `box`."""

    graph: RoadGraph
    goal: Snap
    seconds: Floats
    limit_s: float

    @cached_property
    def box(self) -> Box:
        """Around every stretch from which the place is reached in time, with room for yards beside the road."""
        graph = self.graph
        near = np.isfinite(self.seconds)
        stretches = np.append(np.flatnonzero(near[graph.a] | near[graph.b] | self._copied(near)), self.goal.stretch)
        ends = np.concatenate([graph.a[stretches], graph.b[stretches]])
        x, y = OFF_ROAD_M / graph.scale[0], OFF_ROAD_M / graph.scale[1]
        lon, lat = graph.lon[ends], graph.lat[ends]
        return float(lon.min() - x), float(lat.min() - y), float(lon.max() + x), float(lat.max() + y)

    def _copied(self, near: np.ndarray) -> np.ndarray:
        """(s,) stretches that lead into a copy of a junction which is near."""
        split = self.graph.split
        into = np.zeros(len(self.graph.a), bool)
        copies = split.head >= self.graph.n_nodes
        into[split.stretch[copies][near[split.head[copies]]]] = True
        return into

    def seconds_from(self, sources: Sequence[tuple[float, float]]) -> Floats:
        """Of each source (lon, lat); inf for one that needs longer than `limit_s`, and for one outside `box`."""
        found = np.full(len(sources), np.inf)
        if not len(sources):
            return found
        west, south, east, north = self.box
        lon, lat = np.array(sources, float).T
        inside = np.flatnonzero((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
        if len(inside):
            starts = snap_all(self.graph, [sources[one] for one in inside.tolist()])
            times = np.array([leave_from(self.graph, self.seconds, start, self.goal)[0] for start in starts])
            found[inside] = np.where(times <= self.limit_s, times, np.inf)
        return found


def approach(graph: RoadGraph, place: tuple[float, float], limit_s: float) -> Approach:
    """The search from `place` (lon, lat), once for all who might go there."""
    goal = snap(graph, *place)
    return Approach(graph, goal, search_backwards(graph, goal, limit_s), limit_s)


def wider(box: Box | None, metres: float) -> Box | None:
    """The box with so much more on each side; everywhere stays everywhere."""
    if box is None:
        return None
    west, south, east, north = box
    degrees = metres / (np.pi * EARTH_M / 180)
    narrow = degrees / max(0.1, float(np.cos(np.radians((south + north) / 2))))
    return west - narrow, south - degrees, east + narrow, north + degrees
