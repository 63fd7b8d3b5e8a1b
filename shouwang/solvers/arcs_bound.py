"""What no set of routes over the streets can undercut: how often streets must be passed without serving them.

Model   y, passages of each street beyond serving it: at every node passages are even; around a set of nodes without the
        base there are two for each crew that its demand needs. Sets: what lies further from the base than each node
Source  Belenguer and Benavent 1998, Comput. Optim. Appl. 10 (aggregated capacity constraints); solved by HiGHS
"""

from __future__ import annotations

from math import ceil

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, hstack, identity, vstack
from scipy.sparse.csgraph import connected_components

from shouwang.solvers.arcs import ArcTask
from shouwang.solvers.roads import Ints

Mask = npt.NDArray[np.bool_]

PASSAGES = 40  # of one street, at most: more never pay


def bound_of(task: ArcTask, *, seconds: float = 5.0) -> int:
    """A lower bound on the cost of serving every street with a demand; what serving costs alone, at the least."""
    must = task.required
    served = int(task.cost[must].sum())
    sets = _sets(task)
    if not len(must) or not sets:
        return served
    n, m = task.n_nodes, len(task.a)
    ends = csr_matrix((np.ones(2 * m), (np.concatenate([task.a, task.b]), np.tile(np.arange(m), 2))), shape=(n, m))
    degree = np.bincount(np.concatenate([task.a[must], task.b[must]]), minlength=n)
    rows, needs = [], []
    for inside in sets:
        crossing = inside[task.a] != inside[task.b]
        load = task.demand[inside[task.a] | inside[task.b]].sum()
        rows.append(crossing.astype(float))
        needs.append(2 * ceil(load / task.capacity) - int(crossing[must].sum()))
    even = hstack([ends, -2 * identity(n)])  # passages at a node + streets served there = twice a whole number
    cuts = hstack([csr_matrix(np.array(rows)), csr_matrix((len(rows), n))])
    whole = np.ones(m + n)
    found = milp(
        np.concatenate([task.cost, np.zeros(n)]).astype(float), integrality=whole,
        bounds=Bounds(np.zeros(m + n), np.concatenate([np.full(m, PASSAGES), np.full(n, PASSAGES * m)])),
        constraints=LinearConstraint(
            vstack([even, cuts]).tocsr(), np.concatenate([-degree, needs]),
            np.concatenate([-degree, np.full(len(needs), np.inf)]),
        ),
        options={"time_limit": seconds},
    )  # fmt: skip
    least = found.mip_dual_bound if found.mip_dual_bound is not None else 0.0
    return served + max(0, ceil(least - 1e-6)) if np.isfinite(least) else served


def _sets(task: ArcTask) -> list[Mask]:
    """Sets of nodes without the base, each in one piece, that hold or touch something to be served."""
    far = task.between[task.base]
    found: dict[bytes, Mask] = {}
    for metres in np.unique(far[np.isfinite(far)])[:-1]:
        beyond = np.isfinite(far) & (far > metres)
        for inside in [beyond, *_pieces(task, beyond)]:
            found.setdefault(inside.tobytes(), inside)
    touches = task.demand > 0
    return [one for one in found.values() if (touches & (one[task.a] | one[task.b])).any()]


def _pieces(task: ArcTask, among: Mask) -> list[Mask]:
    inner: Ints = np.flatnonzero(among[task.a] & among[task.b])
    joined = csr_matrix(
        (np.ones(len(inner)), (task.a[inner], task.b[inner])), shape=(task.n_nodes, task.n_nodes)
    )  # fmt: skip
    count, label = connected_components(joined, directed=False)
    return [among & (label == piece) for piece in range(count) if (among & (label == piece)).any()]
