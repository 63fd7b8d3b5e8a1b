"""Who is within the promised minutes of somebody: places on the road graph, and stands from which crews set out.

A place and a stand count from the nearest junction: in a town a matter of seconds, and no search for each of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse.csgraph import dijkstra

from shouwang.solvers.roads import Floats, Ints, RoadGraph

Point = tuple[float, float]
Covered = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Demand:
    """Places that were promised somebody in time.

    nodes    (k,) junction of each      homes   (k,) households there      limit_s  (k,) seconds promised
    """

    nodes: Ints
    homes: Floats
    limit_s: Floats

    def __len__(self) -> int:
        return len(self.nodes)

    @property
    def longest_s(self) -> float:
        return float(self.limit_s.max()) if len(self) else 0.0


@dataclass(frozen=True)
class Stand:
    """Where a crew stands; `within_s` is the furthest it counts for, whatever a place was promised."""

    at: Point
    within_s: float = np.inf


def junctions(graph: RoadGraph, points: Sequence[Point]) -> Ints:
    """(n,) the nearest node of each point (lon, lat)."""
    x, y = graph.scale
    return np.asarray(graph.ends.query(np.array(points, float).reshape(-1, 2) * (x, y))[1], np.int64)


def covered_by_each(graph: RoadGraph, demand: Demand, stands: Sequence[Stand]) -> Covered:
    """(stands, places): whether each reaches each in time."""
    if not stands or not len(demand):
        return np.zeros((len(stands), len(demand)), bool)
    nodes = junctions(graph, [one.at for one in stands])
    limits = np.minimum(demand.limit_s, np.array([[one.within_s] for one in stands]))
    different, which = np.unique(nodes, return_inverse=True)
    seconds = dijkstra(graph.split.onwards, indices=different, limit=float(limits.max()))
    reached: Covered = np.asarray(_at_places(graph, np.atleast_2d(seconds), demand)[which] <= limits, bool)
    return reached


def covered_by_any(graph: RoadGraph, demand: Demand, stands: Sequence[Stand]) -> Covered:
    """(places,): whether somebody reaches each in time. One search for all who count for equally far."""
    found = np.zeros(len(demand), bool)
    for within_s in {one.within_s for one in stands} if len(demand) else ():
        nodes = np.unique(junctions(graph, [one.at for one in stands if one.within_s == within_s]))
        limits = np.minimum(demand.limit_s, within_s)
        seconds = dijkstra(graph.split.onwards, indices=nodes, limit=float(limits.max()), min_only=True)
        found |= _at_places(graph, seconds[None, :], demand)[0] <= limits
    return found


def left_without(graph: RoadGraph, demand: Demand, leaving: Sequence[Stand], staying: Sequence[Stand]) -> Covered:
    """(leaving, places): what nobody reaches in time any more if this one goes, the others of `leaving` stay too."""
    each = covered_by_each(graph, demand, leaving)
    once = each.sum(axis=0) == 1
    needed = np.flatnonzero(once)
    if not len(needed):
        return np.zeros_like(each)
    still = covered_by_any(graph, Demand(demand.nodes[needed], demand.homes[needed], demand.limit_s[needed]), staying)
    once[needed[still]] = False
    lost: Covered = np.asarray(each & once, bool)
    return lost


def _at_places(graph: RoadGraph, seconds: Floats, demand: Demand) -> Floats:
    """(k, places) from (k, nodes and copies): a copy of a junction is the junction."""
    split, n = graph.split, graph.n_nodes
    if split.n > n:
        seconds = np.array(seconds)
        for row in seconds:
            np.minimum.at(row, split.real[n:], row[n:])
    return np.asarray(seconds[:, demand.nodes])
