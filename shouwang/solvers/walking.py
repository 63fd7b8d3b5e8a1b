"""Metres on foot along the roads, both ways on every stretch: between some points, and to the nearest of several."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from shouwang.solvers.roads import Floats, RoadGraph, haversine_m, snap_all

DETOUR = 1.3  # on foot over the straight line, where no roads are known (Source  Boscoe et al. 2012)

Point = tuple[float, float]  # lon, lat


def between(graph: RoadGraph | None, points: Sequence[Point]) -> Floats:
    """(n, n) metres from each point to each. Where no way joins two of them, a detour over the straight line."""
    flat = straight(points, points) * DETOUR
    if graph is None or not len(graph.a) or len(points) < 2:
        return flat
    walkable, first = _with_points(graph, points)
    found = dijkstra(walkable, directed=False, indices=np.arange(first, first + len(points)))
    found = np.atleast_2d(found)[:, first:]
    return np.asarray(np.where(np.isfinite(found), found, flat))


def to_nearest(graph: RoadGraph | None, places: Sequence[Point], targets: Sequence[Point]) -> Floats:
    """(n,) metres from each place to the nearest target; inf without targets."""
    if not targets or not places:
        return np.full(len(places), np.inf)
    flat = straight(places, targets).min(axis=1) * DETOUR
    if graph is None or not len(graph.a):
        return np.asarray(flat)
    walkable, first = _with_points(graph, [*targets, *places])
    sources = np.arange(first, first + len(targets))
    found = dijkstra(walkable, directed=False, indices=sources, min_only=True)[first + len(targets) :]
    return np.asarray(np.where(np.isfinite(found), found, flat))


def straight(rows: Sequence[Point], columns: Sequence[Point]) -> Floats:
    """(n, m) metres as the crow flies."""
    a, b = np.array(rows, float).reshape(-1, 2), np.array(columns, float).reshape(-1, 2)
    return haversine_m(a[:, None, 0], a[:, None, 1], b[None, :, 0], b[None, :, 1])


def _with_points(graph: RoadGraph, points: Sequence[Point]) -> tuple[csr_matrix, int]:
    """The roads with one node more for each point, joined to both ends of its stretch; where those nodes begin."""
    snaps = snap_all(graph, list(points))
    on = np.array([one.stretch for one in snaps])
    share, off = np.array([one.share for one in snaps]), np.array([one.metres for one in snaps])
    first, own = graph.n_nodes, graph.n_nodes + np.arange(len(snaps))
    whole = graph.metres[on]
    rows = np.concatenate([graph.a, own, own])
    columns = np.concatenate([graph.b, graph.a[on], graph.b[on]])
    metres = np.concatenate([graph.metres, whole * share + off, whole * (1 - share) + off])
    return _shortest(first + len(snaps), rows, columns, np.maximum(metres, 0.1)), first


def _shortest(n: int, rows: Floats, columns: Floats, metres: Floats) -> csr_matrix:
    """CSR of n × n; of parallel stretches the shortest (plain construction would add them up)."""
    low, high = np.minimum(rows, columns), np.maximum(rows, columns)
    order = np.lexsort((metres, high, low))
    low, high = low[order], high[order]
    once = np.ones(len(low), bool)
    once[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    return csr_matrix((metres[order][once], (low[once], high[once])), shape=(n, n))


def line(graph: RoadGraph | None, points: Sequence[Point]) -> list[Point]:
    """The way on foot from point to point; straight where no way joins two of them."""
    if graph is None or not len(graph.a) or len(points) < 2:
        return list(points)
    walkable, first = _with_points(graph, points)
    sources = np.arange(first, first + len(points) - 1)
    before = dijkstra(walkable, directed=False, indices=sources, return_predecessors=True)[1]
    drawn: list[Point] = [points[0]]
    for n, tree in enumerate(np.atleast_2d(before)):
        at, passed = int(tree[first + n + 1]), []
        while at >= 0 and at != first + n:
            if at < first:
                passed.append((float(graph.lon[at]), float(graph.lat[at])))
            at = int(tree[at])
        drawn += [*reversed(passed), points[n + 1]]
    return drawn
