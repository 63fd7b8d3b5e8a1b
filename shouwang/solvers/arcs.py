"""Streets that must be walked or driven by crews of limited capacity from one base (capacitated arc routing).

Model   each street is a group of two visits, one a direction, of which exactly one is made; the way between two visits
        is the shortest from the end of the one to the beginning of the other
Method  the iterated local search of PyVRP over those groups, then the best directions along each route exactly
Source  Wouda, Lan and Kool 2024, PyVRP; directions by dynamic programming: Vidal 2017, Operations Research 65
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from shouwang.solvers.partition_time import Budget
from shouwang.solvers.roads import Floats, Ints

ENOUGH = 20_000  # iterations without a better answer: more change nothing on the published instances
SEED = 20260310


@dataclass(frozen=True, eq=False)
class ArcTask:
    """`cost` and `demand` (whole numbers) of streets between nodes `a` and `b`; those with a demand must be served."""

    n_nodes: int
    a: Ints
    b: Ints
    cost: Ints
    demand: Ints
    capacity: int
    base: int = 0

    @property
    def required(self) -> Ints:
        return np.flatnonzero(self.demand > 0)

    @cached_property
    def between(self) -> Floats:
        """(n, n) cost of the shortest way from node to node; of parallel streets the cheapest counts."""
        low, high = np.minimum(self.a, self.b), np.maximum(self.a, self.b)
        order = np.lexsort((self.cost, high, low))
        low, high, cost = low[order], high[order], self.cost[order].astype(float)
        once = np.ones(len(low), bool)
        once[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
        streets = csr_matrix((cost[once], (low[once], high[once])), shape=(self.n_nodes, self.n_nodes))
        return np.asarray(dijkstra(streets, directed=False))


@dataclass(frozen=True)
class ArcRoutes:
    """Each route: streets in order, and whether each goes from its `a` to its `b`. cost: of the whole."""

    routes: tuple[tuple[tuple[int, bool], ...], ...]
    cost: int


class OutOfReach(ValueError):
    """A street that must be served cannot be reached from the base, or is more than one crew can do."""


def route_arcs(task: ArcTask, *, budget: Budget, seed: int = SEED) -> ArcRoutes:
    """Routes from the base and back over every street with a demand. Raises OutOfReach."""
    must = task.required
    if not len(must):
        return ArcRoutes((), 0)
    if not np.isfinite(task.between[task.base, task.a[must]]).all() or task.demand[must].max() > task.capacity:
        raise OutOfReach
    found = [directed(task, [int(must[visit // 2]) for visit in route]) for route in _visits(task, budget, seed)]
    return ArcRoutes(tuple(found), cost_of(task, found))


def directed(task: ArcTask, streets: Sequence[int]) -> tuple[tuple[int, bool], ...]:
    """The streets in this order, each in the direction that makes the whole route shortest."""
    enters = [(int(task.a[one]), int(task.b[one])) for one in streets]  # forwards at a, backwards at b
    costs, came = np.array([0.0, 0.0]), []
    leaves = (task.base, task.base)
    for a, b in enters:
        ways = costs[:, None] + task.between[np.ix_(leaves, (a, b))]
        came.append(ways.argmin(axis=0))
        costs, leaves = ways.min(axis=0), (b, a)
    way = int((costs + task.between[list(leaves), task.base]).argmin())
    told = []
    for street, before in zip(reversed(streets), reversed(came), strict=True):
        told.append((street, way == 0))
        way = int(before[way])
    return tuple(reversed(told))


def cost_of(task: ArcTask, routes: Sequence[Sequence[tuple[int, bool]]]) -> int:
    total = 0.0
    for route in routes:
        at = task.base
        for street, forwards in route:
            begin, end = (task.a[street], task.b[street]) if forwards else (task.b[street], task.a[street])
            total += task.between[at, begin] + task.cost[street]
            at = end
        total += task.between[at, task.base]
    return round(total)


def faults_of(task: ArcTask, routes: Sequence[Sequence[tuple[int, bool]]]) -> list[str]:
    """What is wrong with routes; nothing for good ones. For tests and benchmarks, which trust no solver."""
    served = sorted(street for route in routes for street, _ in route)
    found = [] if served == task.required.tolist() else ["not every street is served once"]
    over = [n for n, route in enumerate(routes) if sum(task.demand[street] for street, _ in route) > task.capacity]
    return found + [f"route {n} carries too much" for n in over]


def _visits(task: ArcTask, budget: Budget, seed: int) -> list[list[int]]:
    """Visits of each route: 2n is the n-th street forwards, 2n + 1 backwards."""
    from pyvrp import Client, ClientGroup, Depot, Location, ProblemData, VehicleType, solve  # slow to load

    must = task.required
    begins = np.stack([task.a[must], task.b[must]], axis=1).ravel()
    ends = np.stack([task.b[must], task.a[must]], axis=1).ravel()
    begins, ends = np.append(task.base, begins), np.append(task.base, ends)
    cost = np.append(0, np.repeat(task.cost[must], 2))
    metres: Any = np.rint(task.between[np.ix_(ends, begins)] + cost[None, :]).astype(np.int64)
    np.fill_diagonal(metres, 0)
    demand = np.repeat(task.demand[must], 2).tolist()
    data = ProblemData(
        [Location(0, 0) for _ in begins],
        [Client(n + 1, delivery=[load], required=False, group=n // 2) for n, load in enumerate(demand)],
        [Depot(0)],
        [VehicleType(len(must), [task.capacity], start_depot=0, end_depot=0)],
        [metres],
        [np.zeros_like(metres)],
        [ClientGroup([2 * n, 2 * n + 1]) for n in range(len(must))],
    )
    best = solve(data, Patience(budget, ENOUGH), seed=seed, collect_stats=False).best
    if not best.is_feasible():
        raise OutOfReach
    return [[visit.idx for visit in route.schedule() if visit.is_client()] for route in best.routes()]


class Patience:
    """Stops a search when its budget is over, or nothing better was found for `enough` iterations."""

    def __init__(self, budget: Budget, enough: int) -> None:
        self.budget, self.enough = budget, enough
        self.best, self.since = float("inf"), 0

    def __call__(self, best_cost: float) -> bool:
        self.since = 0 if best_cost < self.best else self.since + 1
        self.best = min(self.best, best_cost)
        return self.since >= self.enough or self.budget.over
