"""The same by constraint programming: a better division than the best so far, or the proof that there is none.

District pieces that hang loose are forbidden as they turn up: two units in one district need a unit of every set that
separates them. Districts are interchangeable, so the one of the heaviest unit is the first, and so on.

Source  Validi, Buchanan 2022, Political districting to minimize cut edges, Math. Prog. Comp. 14 (separator cuts)
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from ortools.sat.python import cp_model

from shouwang.solvers.partition_bound import Row
from shouwang.solvers.partition_graph import Assignment, Bounds, Graph, connected, cost_of, pieces_of
from shouwang.solvers.partition_time import Budget

WORKERS = min(os.cpu_count() or 1, 8)
SHARE_OF_TIME, SHORTEST_S = 0.3, 2.0  # one round
ORDERED = 16  # so many of the heaviest units are told which districts they can be in


@dataclass(frozen=True)
class Proof:
    """The best division found, if it is better than what was known; the bound; whether nothing better exists."""

    assignment: Assignment | None
    bound: int
    complete: bool


def prove(
    graph: Graph, bounds: Bounds, rows: Sequence[Row], below: int | None, budget: Budget,
    tell: Callable[[int], None] = lambda _: None,
) -> Proof:  # fmt: skip
    """Look for a division that costs less than `below` (None: any)."""
    model = Model(graph, bounds, rows)
    best: Assignment | None = None
    bound = 0
    while (left := min(budget.work_left, budget.clock_left)) > 0:
        if below is not None:
            model.cost_at_most(below - 1)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = WORKERS
        solver.parameters.linearization_level = 2
        solver.parameters.max_time_in_seconds = min(max(left * SHARE_OF_TIME, SHORTEST_S), left)
        status = solver.solve(model.model)
        if status == cp_model.INFEASIBLE:
            return Proof(best, below or 0, complete=True)
        bound = max(bound, ceil(solver.best_objective_bound - 1e-6))
        if below is not None:
            bound = min(bound, below)
        tell(bound)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            continue
        found = model.read(solver)
        if model.forbid_loose_pieces(found):
            continue
        best, below = found, cost_of(graph, found)
        if status == cp_model.OPTIMAL:
            return Proof(best, below, complete=True)
    return Proof(best, bound, complete=False)


class Model:
    """x[unit][district] and y[edge]: cut or not."""

    def __init__(self, graph: Graph, bounds: Bounds, rows: Sequence[Row]) -> None:
        self.graph, self.bounds = graph, bounds
        self.model = model = cp_model.CpModel()
        districts = range(bounds.districts)
        self.x = x = [[model.new_bool_var("") for _ in districts] for _ in graph.loads]
        self.y = y = [model.new_bool_var("") for _ in graph.edges]
        for unit in range(graph.n):
            model.add_exactly_one(x[unit])
        for d in districts:
            load = sum(graph.loads[unit] * x[unit][d] for unit in range(graph.n))
            model.add_linear_constraint(load, bounds.lower, bounds.upper)
            model.add_bool_or([one[d] for one in x])
        for edge, (u, v) in enumerate(graph.edges):
            for d in districts:
                model.add(y[edge] >= x[u][d] - x[v][d])
                model.add(y[edge] >= x[v][d] - x[u][d])
        for counts, needed in rows:
            model.add(sum(count * y[edge] for edge, count in counts.items()) >= needed)
        self.cost = sum(cost * cut for cost, cut in zip(graph.costs, y, strict=True))
        self._order_districts()
        model.minimize(self.cost)

    def _order_districts(self) -> None:
        """The n-th heaviest unit is in district d only if a heavier one is in d - 1."""
        heaviest = sorted(range(self.graph.n), key=lambda unit: -self.graph.loads[unit])[:ORDERED]
        for number, unit in enumerate(heaviest):
            for before, d in pairwise(range(self.bounds.districts)):
                heavier = [self.x[other][before] for other in heaviest[:number]]
                self.model.add_bool_or([self.x[unit][d].negated(), *heavier])

    def cost_at_most(self, cost: int) -> None:
        self.model.add(self.cost <= cost)

    def read(self, solver: cp_model.CpSolver) -> Assignment:
        return [next(d for d, var in enumerate(row) if solver.boolean_value(var)) for row in self.x]

    def forbid_loose_pieces(self, assignment: Sequence[int]) -> bool:
        """Whether there were any. Both sides of a gap give a separator: each is forbidden in every district."""
        found = False
        for main, *loose in pieces_of(self.graph, assignment, self.bounds.districts):
            for piece in loose:
                found = True
                a, b = (max(units, key=lambda unit: self.graph.loads[unit]) for units in (piece, main))
                for separator in (self._between(piece, b), self._between(main, a)):
                    for d in range(self.bounds.districts):
                        way = [self.x[unit][d] for unit in separator]
                        self.model.add_bool_or([self.x[a][d].negated(), self.x[b][d].negated(), *way])
        return found

    def _between(self, piece: Sequence[int], target: int) -> set[int]:
        """The units next to a piece that `target` can be reached from without passing another of them."""
        inside = set(piece)
        ring = {other for unit in piece for other, _ in self.graph.near[unit]} - inside
        outside = set(range(self.graph.n)) - inside - ring
        beyond = next((part for part in connected(self.graph, outside) if target in part), [target])
        return ring & {other for unit in beyond for other, _ in self.graph.near[unit]} - {target}
