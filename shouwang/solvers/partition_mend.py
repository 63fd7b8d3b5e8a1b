"""A division made cheaper in places: a few districts that touch are divided anew by constraint programming.

Annealing hardly finds its way where bounds are tight, since nearly every move breaks one; the units of two or three
districts are few enough to be gone through one and all. Four would cost more time than they bring.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from ortools.sat.python import cp_model

from shouwang.solvers.partition_exact import Model
from shouwang.solvers.partition_graph import Assignment, Bounds, Graph, cost_of
from shouwang.solvers.partition_time import Budget

Districts = frozenset[frozenset[int]]
AT_ONCE = ((2, 0.3), (3, 1.0))  # how many districts, and how much work by the solver's own measure
UP_TO = 250  # units × districts
TRIES = 6  # as often loose pieces may turn up


def mend(
    graph: Graph, bounds: Bounds, assignment: Sequence[int], tried: set[Districts], budget: Budget
) -> Iterator[Assignment]:
    """Ever cheaper divisions. `tried` are districts that nothing cheaper was found for; more are added to it."""
    now: Assignment | None = list(assignment)
    while now is not None and not budget.over:
        now = _step(graph, bounds, now, tried, budget)
        if now is not None:
            yield now


def _step(
    graph: Graph, bounds: Bounds, assignment: Assignment, tried: set[Districts], budget: Budget
) -> Assignment | None:
    """The first cheaper division there is, few districts before many."""
    units = [[unit for unit, where in enumerate(assignment) if where == d] for d in range(bounds.districts)]
    for number, work in AT_ONCE:
        if number >= bounds.districts:
            break
        for districts in combinations(range(bounds.districts), number):
            those = frozenset(frozenset(units[d]) for d in districts)
            inside = sorted(unit for d in districts for unit in units[d])
            if those in tried or len(inside) * number > UP_TO or budget.over:
                continue
            part = graph.part(inside)
            if len(part.pieces) == 1:
                inner, before = Bounds(number, bounds.lower, bounds.upper), [assignment[u] for u in inside]
                found = _anew(part, inner, before, min(work, budget.work_left))
                if found is not None:
                    changed = assignment.copy()
                    for unit, district in zip(inside, found, strict=True):
                        changed[unit] = districts[district]
                    return changed
            tried.add(those)
    return None


def _anew(graph: Graph, bounds: Bounds, before: Sequence[int], work: float) -> Assignment | None:
    """A cheaper division than before; None: there is none, or none so fast."""
    model = Model(graph, bounds, [])
    model.cost_at_most(cost_of(graph, before) - 1)
    for _ in range(TRIES):
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1  # the same again with the same seed
        solver.parameters.linearization_level = 2
        solver.parameters.max_deterministic_time = work
        if solver.solve(model.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        found = model.read(solver)
        if not model.forbid_loose_pieces(found):
            return found
    return None
