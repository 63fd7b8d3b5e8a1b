"""Good divisions by simulated annealing: units change district, or two change places, and no district ever breaks.

Bounds may be missed on the way, at a price that rises as it gets colder.
Where annealing has come to an end, the best are mended (partition_mend.py).
Source  Kirkpatrick, Gelatt, Vecchi 1983 (annealing); DeFord, Duchin, Solomon 2021 (moves that keep districts whole)
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from shouwang.solvers.partition_graph import Assignment, Bounds, Graph, cost_of, loads_of
from shouwang.solvers.partition_mend import Districts, mend
from shouwang.solvers.partition_time import ENDLESS, Budget

HOT, COLD = 2.0, 0.25  # in costs of a middling edge
ROUNDS = ((24, HOT, 1), (4, 0.9, 5), (2, 1.2, 12))  # how many, from how hot, how many times the steps
STEPS, STEPS_A_UNIT, STEPS_OF_FEW = 20_000, 30, 2_000  # no more than the last by each unit
PATIENT = 8  # every second time all is done this much slower: tight bounds want that, many units the other
CHEAP, DEAR = 0.5, 1000.0  # price of missing a bound by the load of a middling unit, first and last
NEARLY = 5.0  # the same when divisions are compared to be cooled again
SWAPS = 0.35  # share of moves in which two units change places
MENDED, MENDING_SHARE = 3, 0.1  # divisions a turn, and the share for them of the time that is left
LOOK_AT_THE_CLOCK = 2048


@dataclass(frozen=True)
class Found:
    """A division with all districts whole. `missed` is how far loads are out of bounds together; 0: it keeps them."""

    missed: int
    cost: int
    assignment: Assignment

    @property
    def rank(self) -> tuple[int, int]:
        return self.missed, self.cost


def search(
    graph: Graph, bounds: Bounds, seed: int, begin: Sequence[int] | None = None, budget: Budget = ENDLESS
) -> Iterator[Found]:
    """One division after another, at least one: many cooled fast, the best of them again and longer; then all anew."""
    draw = random.Random(seed)
    middle = max(sum(graph.costs) / max(len(graph.costs), 1), 1e-9)
    load_unit = max(sum(graph.loads) / graph.n, 1e-9)
    best = [Found(*_ranked(graph, bounds, begin), list(begin))] if begin is not None else []
    tried: set[Districts] = set()

    def score(found: Found) -> float:
        return found.cost + NEARLY * middle * found.missed / load_unit

    def anneal(start: Sequence[int], heat: float, steps: float) -> Found:
        return State(graph, bounds, start, draw).anneal(heat * middle, COLD * middle, int(steps), budget)

    for turn in count():
        patience = (1 + turn // 2 / 2) * (PATIENT if turn % 2 else 1)
        steps = min(STEPS + STEPS_A_UNIT * graph.n, STEPS_OF_FEW * graph.n) * patience
        pool = list(best)
        for number, heat, longer in ROUNDS:
            starts = [found.assignment for found in sorted(pool, key=score)[:number]] if heat < HOT else None
            for place in range(number if starts is None else len(starts)):
                start = scatter(graph, bounds.districts, draw) if starts is None else starts[place]
                pool.append(anneal(start, heat, steps * longer))
                yield pool[-1]
                best = [min([*best, pool[-1]], key=lambda found: found.rank)]
        share = budget.part(MENDING_SHARE)
        for found in sorted((found for found in pool if not found.missed), key=score)[:MENDED]:
            for assignment in mend(graph, bounds, found.assignment, tried, share):
                better = Found(0, cost_of(graph, assignment), assignment)
                yield better
                best = [min([*best, better], key=lambda found: found.rank)]


def scatter(graph: Graph, districts: int, draw: random.Random) -> Assignment:
    """Districts grown from random units, the lightest first. The graph is in one piece."""
    where = [-1] * graph.n
    edge: list[list[int]] = []
    loads = [0] * districts
    for district, unit in enumerate(draw.sample(range(graph.n), districts)):
        where[unit] = district
        loads[district] = graph.loads[unit]
        edge.append([unit])
    left = graph.n - districts
    while left:
        for district in sorted(range(districts), key=loads.__getitem__):
            free = [v for u in edge[district] for v, _ in graph.near[u] if where[v] < 0]
            if free:
                unit = draw.choice(free)
                where[unit] = district
                loads[district] += graph.loads[unit]
                edge[district].append(unit)
                left -= 1
                break
            edge[district] = []
    return where


def _ranked(graph: Graph, bounds: Bounds, assignment: Sequence[int]) -> tuple[int, int]:
    missed = sum(map(bounds.missed_by, loads_of(graph, assignment, bounds.districts)))
    return missed, cost_of(graph, assignment)


class State:
    """A division that is being changed: who is where, the loads, and the edges that are cut (in any order)."""

    def __init__(self, graph: Graph, bounds: Bounds, start: Sequence[int], draw: random.Random) -> None:
        self.graph, self.draw = graph, draw
        self.lower, self.upper = bounds.lower, bounds.upper
        self.where = list(start)
        self.loads = loads_of(graph, start, bounds.districts)
        self.sizes = [start.count(district) for district in range(bounds.districts)]
        self.cut = [e for e, (u, v) in enumerate(graph.edges) if start[u] != start[v]]
        self.place = [-1] * len(graph.edges)
        for number, e in enumerate(self.cut):
            self.place[e] = number
        self.missed, self.cost = _ranked(graph, bounds, start)
        self.load_unit = max(sum(graph.loads) / graph.n, 1e-9)

    def anneal(self, hot: float, cold: float, steps: int, budget: Budget = ENDLESS) -> Found:
        """Cool down from `hot` to `cold`; the best division met on the way."""
        heat, price = hot, CHEAP / self.load_unit
        cooling = (cold / hot) ** (1 / steps)
        rising = (DEAR / CHEAP) ** (1 / steps)
        best = Found(self.missed, self.cost, self.where.copy())
        chance = self.draw.random
        for step in range(steps):
            if not self.cut or (step % LOOK_AT_THE_CLOCK == 0 and budget.over):
                break
            heat *= cooling
            price *= rising
            moved = self._swap(heat, price) if chance() < SWAPS else self._flip(heat, price)
            if moved and (self.missed, self.cost) < (best.missed, best.cost):
                best = Found(self.missed, self.cost, self.where.copy())
        return best

    def _flip(self, heat: float, price: float) -> bool:
        """Let a unit at a border go over it, if that is worth it."""
        u, v = self._border()
        a, b = self.where[u], self.where[v]
        load = self.graph.loads[u]
        missed = self._missed_more(a, b, load)
        cost = self._cost_more(u, a, b)
        if not self._accepted(cost + price * missed, heat) or not self._stays_whole(u, a):
            return False
        self._move(u, b)
        self.missed += missed
        self.cost += cost
        return True

    def _swap(self, heat: float, price: float) -> bool:
        """Let two units at the borders of the same two districts change places, if that is worth it."""
        u, v = self._border()
        w, z = self._border()
        a, b = self.where[u], self.where[v]
        if self.where[w] == a:
            w, z = z, w
        if self.where[w] != b or self.where[z] != a:
            return False
        load = self.graph.loads[u] - self.graph.loads[w]
        cost = self._cost_more(u, a, b) + self._cost_more(w, b, a)
        cost += 2 * sum(self.graph.costs[e] for other, e in self.graph.near[u] if other == w)
        missed = self._missed_more(a, b, load)
        if not self._accepted(cost + price * missed, heat) or not self._stays_whole(u, a):
            return False
        self._move(u, b)
        touches = any(self.where[other] == a for other, _ in self.graph.near[w])
        if not touches or not self._stays_whole(w, b):
            self._move(u, a)
            return False
        self._move(w, a)
        self.missed += missed
        self.cost += cost
        return True

    def _border(self) -> tuple[int, int]:
        number = int(self.draw.random() * len(self.cut) * 2)
        u, v = self.graph.edges[self.cut[number >> 1]]
        return (u, v) if number & 1 else (v, u)

    def _accepted(self, worse: float, heat: float) -> bool:
        return worse <= 0 or self.draw.random() < math.exp(-worse / heat)

    def _cost_more(self, unit: int, a: int, b: int) -> int:
        more = 0
        costs, where = self.graph.costs, self.where
        for other, e in self.graph.near[unit]:
            if where[other] == a:
                more += costs[e]
            elif where[other] == b:
                more -= costs[e]
        return more

    def _missed_more(self, a: int, b: int, load: int) -> int:
        """How much more is missed once `load` goes from district a to b. Written out: it is asked at every step."""
        lower, upper = self.lower, self.upper
        more = 0
        for now, sign in (self.loads[a], -load), (self.loads[b], load):
            then = now + sign
            more += (lower - then if then < lower else then - upper if then > upper else 0) - (
                lower - now if now < lower else now - upper if now > upper else 0
            )
        return more

    def _stays_whole(self, unit: int, district: int) -> bool:
        """Whether its district is still one piece, and there, without the unit."""
        where, near = self.where, self.graph.near
        wanted = {other for other, _ in near[unit] if where[other] == district}
        if len(wanted) < 2:
            return self.sizes[district] > 1
        first = wanted.pop()
        seen, line = {unit, first}, [first]
        for at in line:
            for other, _ in near[at]:
                if where[other] == district and other not in seen:
                    if other in wanted:
                        wanted.discard(other)
                        if not wanted:
                            return True
                    seen.add(other)
                    line.append(other)
        return False

    def _move(self, unit: int, b: int) -> None:
        a = self.where[unit]
        for other, e in self.graph.near[unit]:
            if self.where[other] == a:
                self.place[e] = len(self.cut)
                self.cut.append(e)
            elif self.where[other] == b:
                last = self.cut.pop()
                if last != e:
                    self.cut[self.place[e]] = last
                    self.place[last] = self.place[e]
                self.place[e] = -1
        self.where[unit] = b
        self.sizes[a] -= 1
        self.sizes[b] += 1
        self.loads[a] -= self.graph.loads[unit]
        self.loads[b] += self.graph.loads[unit]
