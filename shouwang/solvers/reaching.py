"""What can be reached in time: seconds to every node from the nearest of several starts, and streets as shapes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from shouwang.solvers.roads import Floats, RoadGraph, snap

CELL_M = 50.0  # a street and the houses on both sides
YARD_M2 = 250_000.0  # half a kilometre square
MOST_CELLS = 3_000  # beyond, cells grow: drawing stays quick on the largest graph
Mask = npt.NDArray[np.bool_]


def seconds_from(graph: RoadGraph, starts: Sequence[tuple[float, float]], limit_s: float) -> Floats:
    """(n,) driving seconds from the nearest start (lon, lat) to each node; inf beyond `limit_s`.

    One search from a node that stands before all starts.   Source  Dijkstra 1959, by scipy.sparse.csgraph
    """
    found = np.full(graph.n_nodes, np.inf)
    if not starts or not len(graph.a):
        return found
    split = graph.split
    heads: dict[int, float] = {}
    for start in starts:
        at = snap(graph, *start)
        whole = float(graph.seconds[at.stretch])
        for edge in split.edges_of(at.stretch):
            cost = max(whole * (1 - at.share if split.forward[edge] else at.share), 1e-6)
            head = int(split.head[edge])
            heads[head] = min(cost, heads.get(head, np.inf))
    reached = dijkstra(_with_one_before(graph, heads), directed=True, indices=split.n, limit=limit_s)
    np.minimum.at(found, split.real, reached[: split.n])
    return found


def _with_one_before(graph: RoadGraph, heads: dict[int, float]) -> csr_matrix:
    """The graph and one node more, from which `heads` are reached in their seconds."""
    onwards = graph.split.onwards
    data = np.concatenate([onwards.data, list(heads.values())])
    indices = np.concatenate([onwards.indices, list(heads)])
    rows = np.append(onwards.indptr, onwards.indptr[-1] + len(heads))
    return csr_matrix((data, indices, rows), shape=(graph.split.n + 1,) * 2)


def ground_of(graph: RoadGraph, stretches: Mask) -> Any:
    """The ground along these stretches as one shape in degrees: streets with the houses on both sides."""
    x, y = graph.scale
    points = _along(graph, stretches)
    if not len(points):
        return shapely.MultiPolygon()
    cell, places = CELL_M, _cells(np.floor(points / CELL_M).astype(np.int64))
    while len(places) > MOST_CELLS:
        cell, places = cell * 2, _cells(places // 2)
    corners = places * cell
    squares = shapely.box(corners[:, 0], corners[:, 1], corners[:, 0] + cell, corners[:, 1] + cell)
    whole = shapely.coverage_union_all(squares)
    shape = whole.buffer(cell * 2.5, quad_segs=2).buffer(-cell * 2.1, quad_segs=2).simplify(cell / 4)
    return shapely.transform(_without_yards(shape), lambda metres: metres / (x, y))


def _cells(places: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Each (column, row) once. Why one sorted number for both: numpy's own `unique` takes ten times as long."""
    ids = np.sort((places[:, 0] << 32) + (places[:, 1] + (1 << 31)))
    ids = ids[np.append(True, ids[1:] != ids[:-1])]
    return np.stack([ids >> 32, (ids & 0xFFFFFFFF) - (1 << 31)], axis=1)


def _without_yards(shape: Any) -> Any:
    """Without the insides of blocks: who reaches the streets around a block reaches the block."""
    parts = [shape] if shape.geom_type == "Polygon" else shape.geoms
    return shapely.MultiPolygon(
        [
            shapely.Polygon(part.exterior, [ring for ring in part.interiors if shapely.Polygon(ring).area > YARD_M2])
            for part in parts
            if not part.is_empty
        ]
    )


def _along(graph: RoadGraph, stretches: Mask) -> Floats:
    """Points on these stretches, in local metres, never further apart than a cell."""
    x, y = graph.scale
    chosen = np.flatnonzero(stretches)
    if not len(chosen):
        return np.zeros((0, 2))
    a = np.stack([graph.lon[graph.a[chosen]] * x, graph.lat[graph.a[chosen]] * y], axis=1)
    b = np.stack([graph.lon[graph.b[chosen]] * x, graph.lat[graph.b[chosen]] * y], axis=1)
    steps = np.ceil(graph.metres[chosen] / CELL_M).astype(np.int64) + 1
    which = np.repeat(np.arange(len(chosen)), steps)
    first = np.repeat(np.cumsum(steps) - steps, steps)
    share = (np.arange(len(which)) - first) / np.maximum(steps[which] - 1, 1)
    return np.asarray(a[which] + (b - a)[which] * share[:, None])


def reached_within(graph: RoadGraph, seconds: Floats, limit_s: float) -> Mask:
    """(s,) whether a stretch is reached to both its ends in time."""
    return np.asarray(np.maximum(seconds[graph.a], seconds[graph.b]) <= limit_s)
