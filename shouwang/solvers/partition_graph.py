"""What is to be divided: units with loads, borders between them with costs, and the bounds a division has to keep."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil

Assignment = list[int]


class CannotDivide(ValueError):
    """There is no such division, or the graph itself is no graph; the sentence says which and why."""


@dataclass(frozen=True)
class Graph:
    """Units 0 … n-1 and the borders between them.

    loads  of each unit, whole numbers      edges  pairs of units      costs  of cutting each edge
    """

    loads: tuple[int, ...]
    edges: tuple[tuple[int, int], ...]
    costs: tuple[int, ...]

    @property
    def n(self) -> int:
        return len(self.loads)

    @cached_property
    def near(self) -> list[list[tuple[int, int]]]:
        """For each unit its neighbours, each with the index of the edge between."""
        found: list[list[tuple[int, int]]] = [[] for _ in self.loads]
        for edge, (u, v) in enumerate(self.edges):
            found[u].append((v, edge))
            found[v].append((u, edge))
        return found

    @cached_property
    def pieces(self) -> list[list[int]]:
        return connected(self, range(self.n))

    def part(self, units: Sequence[int]) -> Graph:
        """The graph of these units alone, numbered in their order."""
        place = {unit: number for number, unit in enumerate(units)}
        kept = [e for e, (u, v) in enumerate(self.edges) if u in place and v in place]
        return Graph(
            tuple(self.loads[unit] for unit in units),
            tuple((place[self.edges[e][0]], place[self.edges[e][1]]) for e in kept),
            tuple(self.costs[e] for e in kept),
        )


@dataclass(frozen=True)
class Bounds:
    """So many districts, each with a load from `lower` to `upper`."""

    districts: int
    lower: int
    upper: int

    def missed_by(self, load: int) -> int:
        """How far a load is outside."""
        return max(self.lower - load, load - self.upper, 0)


def make_graph(loads: Iterable[int], edges: Iterable[Sequence[int]], costs: Iterable[int] | None = None) -> Graph:
    """Every edge once, without loops; the costs (1 each if not given) of edges between the same two are added.

    Raises  CannotDivide
    """
    weights = tuple(loads)
    if not weights:
        raise CannotDivide("There is nothing to divide: the graph has no units.")
    for unit, load in enumerate(weights):
        if isinstance(load, bool) or not isinstance(load, int) or load < 0:
            raise CannotDivide(f"Unit {unit} has the load {load!r}; loads are whole numbers, 0 or more.")
    pairs = [tuple(edge) for edge in edges]
    prices = [1] * len(pairs) if costs is None else list(costs)
    if len(prices) != len(pairs):
        raise CannotDivide(f"There are {len(pairs)} edges and {len(prices)} costs.")
    total: dict[tuple[int, int], int] = {}
    for pair, price in zip(pairs, prices, strict=True):
        if len(pair) != 2 or not all(isinstance(end, int) and 0 <= end < len(weights) for end in pair):
            raise CannotDivide(f"The edge {list(pair)} does not join two of the units 0 to {len(weights) - 1}.")
        if not isinstance(price, int) or price < 0:
            raise CannotDivide(f"The edge {list(pair)} costs {price!r}; costs are whole numbers, 0 or more.")
        u, v = pair
        if u != v:
            total[min(u, v), max(u, v)] = total.get((min(u, v), max(u, v)), 0) + price
    return Graph(weights, tuple(total), tuple(total.values()))


def check(graph: Graph, bounds: Bounds) -> None:
    """Refuse what no search need begin with.

    Raises  CannotDivide
    """
    districts, lower, upper = bounds.districts, bounds.lower, bounds.upper
    load = sum(graph.loads)
    if districts < 1:
        raise CannotDivide(f"A division has at least one district, not {districts}.")
    if districts > graph.n:
        raise CannotDivide(f"{graph.n} units cannot make {districts} districts.")
    if lower > upper:
        raise CannotDivide(f"The lower bound {lower} is above the upper bound {upper}.")
    if load < districts * lower:
        raise CannotDivide(
            f"All units together are {load}: {districts} districts of at least {lower} would need"
            f" {districts * lower}. Lower the bound to {load // districts} or ask for {load // lower} districts."
        )
    if load > districts * upper:
        raise CannotDivide(
            f"All units together are {load}: {districts} districts hold at most {districts * upper}."
            f" Raise the bound to {ceil(load / districts)} or ask for"
            f" {ceil(load / upper) if upper > 0 else 'more'} districts."
        )
    heaviest = max(range(graph.n), key=graph.loads.__getitem__)
    if graph.loads[heaviest] > upper:
        raise CannotDivide(f"Unit {heaviest} alone is {graph.loads[heaviest]}, above the upper bound {upper}.")


def connected(graph: Graph, units: Iterable[int]) -> list[list[int]]:
    """The connected pieces of some units, the largest first."""
    left = set(units)
    found = []
    while left:
        piece = [left.pop()]
        for unit in piece:
            for other, _ in graph.near[unit]:
                if other in left:
                    left.discard(other)
                    piece.append(other)
        found.append(sorted(piece))
    return sorted(found, key=len, reverse=True)


def loads_of(graph: Graph, assignment: Sequence[int], districts: int) -> list[int]:
    loads = [0] * districts
    for unit, district in enumerate(assignment):
        loads[district] += graph.loads[unit]
    return loads


def cost_of(graph: Graph, assignment: Sequence[int]) -> int:
    """What the cut edges cost together."""
    cut = (assignment[u] != assignment[v] for u, v in graph.edges)
    return sum(cost for cost, is_cut in zip(graph.costs, cut, strict=True) if is_cut)


def keeps(graph: Graph, bounds: Bounds, assignment: Sequence[int]) -> bool:
    """Whether it is a division: every district there, in one piece and within the bounds."""
    for district in range(bounds.districts):
        units = [unit for unit, where in enumerate(assignment) if where == district]
        if len(connected(graph, units)) != 1 or bounds.missed_by(sum(graph.loads[unit] for unit in units)):
            return False
    return len(assignment) == graph.n


def pieces_of(graph: Graph, assignment: Sequence[int], districts: int) -> list[list[list[int]]]:
    """For each district its connected pieces."""
    return [connected(graph, [u for u, where in enumerate(assignment) if where == d]) for d in range(districts)]
