"""Roads as they are at one time: closed directions are gone, the rest is as fast as the hour lets it be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from shouwang.solvers.roads import RoadGraph, Snap, snap_all

Passed = tuple[int, bool]  # a stretch, and whether it is passed from its node a to b
Point = tuple[float, float]

CORNER_M = 25.0  # who clicks so near a junction may have met the wrong street of it


def along(graph: RoadGraph, points: Sequence[Point]) -> list[Passed]:
    """What lies on the shortest way by metres through `points`, whatever its one-ways say. One point: all of the road
    there between two junctions, from a to b of the piece it lies on. Empty where no road joins the points.
    """
    snaps = snap_all(graph, points)
    if len(snaps) == 1:
        return _between_junctions(graph, snaps[0].stretch)
    found: list[Passed] = []
    for one, other in pairwise(snaps):
        if one.stretch == other.stretch:
            found.append((one.stretch, one.share <= other.share))
            continue
        joined = _shortest(graph, one, other)
        if not joined:
            return []
        found += joined
    return list(dict.fromkeys(found))


def under(graph: RoadGraph, closed: Iterable[Passed], percent: Sequence[float] = ()) -> RoadGraph:
    """The graph without the directions that are closed, and with speeds of `percent` of free flow by `graph.group`."""
    seconds, a, b, both_ways = graph.seconds, graph.a.copy(), graph.b.copy(), graph.both_ways.copy()
    if percent:
        seconds = seconds * 100 / np.asarray(percent, float)[graph.group]
    gone = np.zeros(len(a), bool)
    directions = set(closed)
    for stretch, forward in directions:
        if not both_ways[stretch] or (stretch, not forward) in directions:
            gone[stretch] |= forward or (stretch, True) in directions
    for stretch, forward in directions:
        if both_ways[stretch] and not gone[stretch]:
            both_ways[stretch] = False
            if forward:
                a[stretch], b[stretch] = b[stretch], a[stretch]
    kept = ~gone
    number = np.cumsum(kept) - 1
    bans = graph.bans[kept[graph.bans[:, 0]] & kept[graph.bans[:, 2]]] if len(graph.bans) else graph.bans
    return replace(
        graph, a=a[kept], b=b[kept], metres=graph.metres[kept], seconds=seconds[kept], both_ways=both_ways[kept],
        way=graph.way[kept], group=graph.group[kept],
        bans=np.stack([number[bans[:, 0]], bans[:, 1], number[bans[:, 2]]], axis=1) if len(bans) else bans,
    )  # fmt: skip


def _between_junctions(graph: RoadGraph, stretch: int) -> list[Passed]:
    degree = np.bincount(np.concatenate([graph.a, graph.b]), minlength=graph.n_nodes)
    found: list[Passed] = [(stretch, True)]
    for start, onwards in ((int(graph.b[stretch]), True), (int(graph.a[stretch]), False)):
        node, last = start, stretch
        while degree[node] == 2:
            beside = np.flatnonzero((graph.a == node) | (graph.b == node))
            last = int(beside[0] if beside[1] == last else beside[1])
            if last == stretch:  # all round a ring
                return found
            leads_away = int(graph.a[last]) == node
            found.append((last, leads_away == onwards))
            node = int(graph.b[last] if leads_away else graph.a[last])
    return found


def _shortest(graph: RoadGraph, begin: Snap, end: Snap) -> list[Passed]:
    """The stretches from one to another, by whichever of their ends is the shorter way; both with it, but for one of
    which the way has only the corner.
    """
    n, first, last = graph.n_nodes, begin.stretch, end.stretch
    both = csr_matrix(
        (np.tile(graph.metres, 2), (np.concatenate([graph.a, graph.b]), np.concatenate([graph.b, graph.a]))), (n, n)
    )
    starts = [int(graph.b[first]), int(graph.a[first])]
    metres, before = dijkstra(both, directed=False, indices=starts, return_predecessors=True)
    ends = [int(graph.a[last]), int(graph.b[last])]
    row, at = min(((row, at) for row in (0, 1) for at in (0, 1)), key=lambda one: metres[one[0], ends[one[1]]])
    if not np.isfinite(metres[row, ends[at]]):
        return []
    nodes = [ends[at]]
    while nodes[-1] != starts[row]:
        nodes.append(int(before[row, nodes[-1]]))
    nodes.reverse()
    between = [_joining(graph, one, other) for one, other in pairwise(nodes)]
    before_it = (1 - begin.share if row == 0 else begin.share) * graph.metres[first]
    after_it = (end.share if at == 0 else 1 - end.share) * graph.metres[last]
    head = [(first, row == 0)] if before_it > CORNER_M or not between else []
    tail = [(last, at == 0)] if after_it > CORNER_M or not between else []
    return [*head, *between, *tail]


def _joining(graph: RoadGraph, one: int, other: int) -> Passed:
    """The shortest stretch between two neighbours."""
    there = np.flatnonzero(
        ((graph.a == one) & (graph.b == other)) | ((graph.b == one) & (graph.a == other))
    )  # fmt: skip
    stretch = int(there[np.argmin(graph.metres[there])])
    return stretch, int(graph.a[stretch]) == one
