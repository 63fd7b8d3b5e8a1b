"""Divide a graph into connected districts of bounded load so that the cut edges cost as little as possible.

Three in turn: spreading metrics say what no division can undercut, annealing finds good ones, and constraint
programming closes the gap between them where that can be hoped for. The answer always carries both numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import monotonic

from shouwang.solvers.partition_bound import bound_from_below
from shouwang.solvers.partition_exact import prove
from shouwang.solvers.partition_graph import (
    Assignment,
    Bounds,
    CannotDivide,
    Graph,
    check,
    cost_of,
    loads_of,
    make_graph,
)
from shouwang.solvers.partition_search import Found, search
from shouwang.solvers.partition_time import Budget

SECONDS = 90.0
BOUND_SHARE, SEARCH_SHARE = 0.15, 0.6  # of what is left; the proof has the rest, or the search where none is in reach
SETTLED_AFTER, SMALL_SETTLED_AFTER = 300, 4  # beginnings in which nothing better turned up
SMALL, PROOF_UP_TO = 120, 3000  # units × districts: proven at once; beyond that the model would only cost time
PROVEN_ANYWAY, PROVEN_GAP = 250, 0.25  # units × districts, or how far the bound is off: the proof is in reach
SPLITS_TRIED = 3

Tell = Callable[[str], None]


class NotFound(CannotDivide):
    """Nothing within the bounds was found in time. `nearest` has whole districts and misses them by little."""

    def __init__(self, says: str, nearest: Assignment | None) -> None:
        super().__init__(says)
        self.nearest = nearest


@dataclass(frozen=True)
class Division:
    """The district of each unit, what its cut edges cost, and a cost that no division undercuts."""

    assignment: Assignment
    cost: int
    bound: int
    seconds: float

    @property
    def gap(self) -> float:
        """How much dearer than the best it can be at most, as a share; 0: proven to be the best."""
        return (self.cost - self.bound) / self.cost if self.cost else 0.0


def divide(
    graph: Graph, bounds: Bounds, *, seconds: float = SECONDS, seed: int = 1, begin: Sequence[int] | None = None,
    tell: Tell = lambda _: None,
) -> Division:  # fmt: skip
    """The best division found in so many seconds of work (partition_time.py says how long that is by the clock).

    begin   a division to start from, if there is one      tell   is given a line whenever something is known

    Raises  CannotDivide (there is none), NotFound (none turned up in time)
    """
    began, budget = monotonic(), Budget(seconds)
    check(graph, bounds)
    if len(graph.pieces) == 1:
        found = _divide_piece(graph, bounds, budget, seed, begin, tell)
        return Division(*found, seconds=round(monotonic() - began, 3))
    splits = sorted(splits_of(graph, bounds), key=lambda split: _unevenness(graph, split))
    if not splits:
        sizes = ", ".join(str(sum(graph.loads[unit] for unit in piece)) for piece in graph.pieces)
        raise CannotDivide(
            f"The graph is in {len(graph.pieces)} pieces ({sizes}); {bounds.districts} districts from {bounds.lower}"
            f" to {bounds.upper} cannot be shared out among them."
        )
    for number, split in enumerate(splits[:SPLITS_TRIED], start=1):
        try:
            share = budget.part(1 / (SPLITS_TRIED + 1 - number))
            assignment, bound = _divide_pieces(graph, bounds, split, share, seed, tell)
        except CannotDivide:
            if number == min(len(splits), SPLITS_TRIED):
                raise
            continue
        cost = cost_of(graph, assignment)
        return Division(assignment, cost, bound if len(splits) == 1 else 0, round(monotonic() - began, 3))
    raise AssertionError("a split was tried")


def splits_of(graph: Graph, bounds: Bounds) -> Iterator[tuple[int, ...]]:
    """Every way to give each piece of the graph a number of districts that its load allows."""
    ranges = []
    for piece in graph.pieces:
        load = sum(graph.loads[unit] for unit in piece)
        fewest = max(-(-load // bounds.upper), 1) if bounds.upper else 1
        most = min(load // bounds.lower if bounds.lower else len(piece), len(piece))
        ranges.append(range(fewest, most + 1))

    def give(number: int, left: int) -> Iterator[tuple[int, ...]]:
        if number == len(ranges):
            if left == 0:
                yield ()
            return
        for districts in ranges[number]:
            if districts <= left:
                yield from ((districts, *rest) for rest in give(number + 1, left - districts))

    yield from give(0, bounds.districts)


def _unevenness(graph: Graph, split: Sequence[int]) -> float:
    shares = [
        sum(graph.loads[unit] for unit in piece) / districts
        for piece, districts in zip(graph.pieces, split, strict=True)
    ]
    return max(shares) - min(shares)


def _divide_pieces(
    graph: Graph, bounds: Bounds, split: Sequence[int], budget: Budget, seed: int, tell: Tell
) -> tuple[Assignment, int]:
    """Each piece by itself, with its share of the time by its units."""
    assignment = [-1] * graph.n
    first = bound = 0
    units_left = graph.n
    for piece, districts in zip(graph.pieces, split, strict=True):
        share = budget.part(len(piece) / units_left)
        inner = Bounds(districts, bounds.lower, bounds.upper)
        found, _, low = _divide_piece(graph.part(piece), inner, share, seed, None, tell)
        for unit, district in zip(piece, found, strict=True):
            assignment[unit] = first + district
        first += districts
        bound += low
        units_left -= len(piece)
    return assignment, bound


def _divide_piece(
    graph: Graph, bounds: Bounds, budget: Budget, seed: int, begin: Sequence[int] | None, tell: Tell
) -> tuple[Assignment, int, int]:
    """assignment, cost, bound"""
    if bounds.districts == 1:
        return [0] * graph.n, 0, 0
    enough = sum(graph.costs) + 1
    low, rows = bound_from_below(
        graph, bounds, budget.part(BOUND_SHARE), enough, lambda found: tell(f"at least {found}")
    )
    best = _search(graph, bounds, budget, seed, begin, low, tell)
    cost = best.cost if best.missed == 0 else None
    if cost == low:
        return best.assignment, low, low
    if _within_reach(graph, bounds, cost, low):
        proof = prove(graph, bounds, rows, cost, budget, lambda found: tell(f"at least {max(found, low)}"))
        low = max(low, proof.bound)
        if proof.assignment is not None:
            cost = cost_of(graph, proof.assignment)
            tell(f"{cost} cut")
            return proof.assignment, cost, low
        if proof.complete and cost is None:
            raise CannotDivide(
                f"There is no division into {bounds.districts} connected districts from {bounds.lower} to"
                f" {bounds.upper}: every one was ruled out."
            )
    if cost is None:
        loads = loads_of(graph, best.assignment, bounds.districts)
        raise NotFound(
            f"No division into {bounds.districts} connected districts from {bounds.lower} to {bounds.upper} was found;"
            f" the nearest has {min(loads)} to {max(loads)}.",
            best.assignment,
        )
    return best.assignment, cost, low


def _within_reach(graph: Graph, bounds: Bounds, cost: int | None, low: int) -> bool:
    """Whether a proof can be hoped for; if not, the time is better searched with."""
    size = graph.n * bounds.districts
    return size <= PROOF_UP_TO and (cost is None or size <= PROVEN_ANYWAY or cost - low <= PROVEN_GAP * cost)


def _search(
    graph: Graph, bounds: Bounds, budget: Budget, seed: int, begin: Sequence[int] | None, low: int, tell: Tell
) -> Found:
    """The best found in its share of the budget; in all of it where no proof would follow."""
    best: Found | None = None
    idle = 0
    enough = SMALL_SETTLED_AFTER if graph.n * bounds.districts <= SMALL else SETTLED_AFTER
    share = budget.part(SEARCH_SHARE)
    for found in search(graph, bounds, seed, begin, budget):
        idle += 1
        if best is None or found.rank < best.rank:
            best, idle = found, 0
            tell(f"{found.cost} cut" + (f", {found.missed} out of bounds" if found.missed else ""))
        if best.rank <= (0, low) or budget.over or idle >= enough:
            break
        if share.over and _within_reach(graph, bounds, None if best.missed else best.cost, low):
            break
    assert best is not None
    return best


__all__ = ["Bounds", "CannotDivide", "Division", "Graph", "NotFound", "divide", "make_graph"]
