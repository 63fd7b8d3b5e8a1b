"""What every division must cost at least, by spreading metrics.

If cut edges are 1 long and all others 0, then around each unit so much load lies at distance 1 as one district cannot
hold. That is linear in the lengths; the cheapest lengths in [0, 1] that obey it are a lower bound. Each inequality is
taken along one tree of shortest ways, and no length counts for more than the whole.

Source  Even, Naor, Rao, Schieber 1999, Fast approximate graph partitioning algorithms, SIAM J. Comput. 28
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import ceil

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from shouwang.solvers.partition_graph import Bounds, Graph
from shouwang.solvers.partition_time import Budget

Floats = npt.NDArray[np.float64]
Row = tuple[dict[int, int], int]  # what each edge counts; what they make together at least

SMALLEST = 1e-7  # no length is quite nothing, so that shortest ways are unique enough
SHORT_OF = 1e-4  # of the upper bound: less than that is no fault
SLACK, ROWS_A_UNIT = 0.05, 3


def bound_from_below(
    graph: Graph, bounds: Bounds, budget: Budget, enough: int, tell: Callable[[int], None] = lambda _: None
) -> tuple[int, list[Row]]:
    """A cost below which there is no division, and the inequalities it follows from.

    enough   a bound that need not be exceeded
    """
    if not graph.edges:
        return 0, []
    costs = np.array(graph.costs, dtype=float)
    lengths: Floats = np.zeros(len(graph.edges))
    rows: list[Row] = []
    best = 0
    while not budget.over and best < enough:
        new = list(too_close(graph, bounds, lengths))
        if not new:
            break
        rows += new
        matrix = _matrix(rows, len(graph.edges))
        solved = linprog(
            costs, A_ub=-matrix, b_ub=-np.ones(len(rows)), bounds=(0, 1), method="highs",
            options={"time_limit": max(budget.clock_left, 0.1)},
        )  # fmt: skip
        if solved.status != 0:
            break
        lengths = solved.x
        if (found := ceil(solved.fun - 1e-6)) > best:
            best = found
            tell(best)
        if len(rows) > ROWS_A_UNIT * graph.n:
            tight = matrix @ lengths < 1 + SLACK
            rows = [row for row, is_tight in zip(rows, tight, strict=True) if is_tight]
    return best, rows


def too_close(graph: Graph, bounds: Bounds, lengths: Floats) -> Iterator[Row]:
    """The inequality of each unit around which too much load is nearer than 1."""
    ends = np.array(graph.edges)
    loads = np.array(graph.loads, dtype=float)
    edge_of = {(u, v): e for e, pair in enumerate(graph.edges) for u, v in (pair, pair[::-1])}
    way = np.maximum(lengths, 0) + SMALLEST
    both = (np.r_[way, way], (np.r_[ends[:, 0], ends[:, 1]], np.r_[ends[:, 1], ends[:, 0]]))
    far, before = dijkstra(csr_matrix(both, shape=(graph.n, graph.n)), return_predecessors=True)
    for unit in range(graph.n):
        away = far[unit]
        near = away < 1
        needed = int(loads[near].sum()) - bounds.upper
        if needed <= 0 or needed - float(loads[near] @ away[near]) <= SHORT_OF * bounds.upper:
            continue
        beyond = np.where(near, graph.loads, 0).tolist()
        counts: dict[int, int] = {}
        for other in np.argsort(-away).tolist():
            previous = int(before[unit, other])
            if previous >= 0 and beyond[other]:
                counts[edge_of[previous, other]] = min(beyond[other], needed)
                beyond[previous] += beyond[other]
        yield counts, needed


def _matrix(rows: list[Row], n_edges: int) -> csr_matrix:
    """The rows, each divided by what it makes together."""
    values = [count / needed for counts, needed in rows for count in counts.values()]
    columns = [edge for counts, _ in rows for edge in counts]
    starts = np.cumsum([0, *(len(counts) for counts, _ in rows)])
    return csr_matrix((values, columns, starts), shape=(len(rows), n_edges))
