"""Two or three ways to cut a community into grids, each within the limits; or the least that would have to give."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import ceil

from shouwang.planning.presets import Limits
from shouwang.solvers.partition import Bounds, CannotDivide, Division, Graph, divide, make_graph

SECONDS = 12.0  # of search for one alternative
LEAST_SECONDS, LAST_SECONDS = 0.15, 3.0  # of search for one step of letting the limits go, and for the last
EVEN = (0.02, 0.04, 0.08, 0.15)  # how far from the middle an even grid may be, as a share; the first that works
LIKE_TODAY = 5  # how many times cheaper a border is where one runs today
ROOM = 0.05  # blocks and estates never come out exactly even
STREETS, EVENLY, TODAY = "streets", "evenly", "today"

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Task:
    """Atoms as numbers: households, the pairs that touch and what a border between them costs, today's grid of each."""

    households: Sequence[int]
    edges: Sequence[tuple[int, int]]
    costs: Sequence[int]
    today: Sequence[int | None]

    @property
    def total(self) -> int:
        return sum(self.households)

    def graph(self, costs: Sequence[int] | None = None) -> Graph:
        return make_graph(self.households, self.edges, self.costs if costs is None else costs)


@dataclass(frozen=True)
class Alternative:
    """One way: the grid of each atom, what its borders cost and what none can undercut."""

    kind: str
    assignment: list[int]
    cost: int
    bound: int


@dataclass(frozen=True)
class Relaxed:
    """What has to give: limits that work, and which of them differ from those asked for."""

    limits: Limits
    changed: tuple[str, ...]


@dataclass
class Proposal:
    """What came out: alternatives within the limits, or with them as `relaxed` says."""

    alternatives: list[Alternative] = field(default_factory=list)
    relaxed: Relaxed | None = None


def propose(task: Task, limits: Limits, *, seconds: float = SECONDS, tell: Tell = lambda _: None) -> Proposal:
    """Alternatives that differ, at most three. Raises CannotDivide where not even relaxed limits help."""
    proposal = Proposal()
    first, inside = _first(task, limits, seconds, tell)
    if first is None:
        relaxed, first = relax(task, limits, seconds)
        proposal.relaxed, inside = relaxed, relaxed.limits
    districts = max(first.assignment) + 1
    graph = task.graph()
    _add(proposal, Alternative(STREETS, first.assignment, first.cost, first.bound))
    tell(EVENLY)
    if (even := _evenly(graph, districts, inside, first, seconds)) is not None:
        _add(proposal, Alternative(EVENLY, even.assignment, even.cost, even.bound))
    tell(TODAY)
    if (like := _like_today(task, districts, inside, seconds)) is not None:
        _add(proposal, like)
    return proposal


def counts_of(total: int, limits: Limits) -> list[int]:
    """How many grids there can be, the number that suits the middle of the limits first."""
    middle = 2 * total / (limits.lower + limits.upper)
    found = [k for k in range(limits.fewest, limits.most + 1) if k * limits.lower <= total <= k * limits.upper]
    return sorted(found, key=lambda k: abs(k - middle))


def _first(task: Task, limits: Limits, seconds: float, tell: Tell) -> tuple[Division | None, Limits]:
    tell(STREETS)
    for count in counts_of(task.total, limits):
        try:
            return divide(task.graph(), Bounds(count, limits.lower, limits.upper), seconds=seconds), limits
        except CannotDivide:
            continue
    return None, limits


def _evenly(graph: Graph, districts: int, limits: Limits, first: Division, seconds: float) -> Division | None:
    middle = sum(graph.loads) / districts
    for share in EVEN:
        lower, upper = max(ceil(middle * (1 - share)), limits.lower), min(int(middle * (1 + share)), limits.upper)
        if lower > middle or upper < middle:
            continue
        try:
            return divide(graph, Bounds(districts, lower, upper), seconds=seconds / 2, begin=first.assignment)
        except CannotDivide:
            continue
    return None


def _like_today(task: Task, districts: int, limits: Limits, seconds: float) -> Alternative | None:
    """Borders of today are the cheapest to keep; as many grids as today, where the limits allow that."""
    here = {one for one in task.today if one is not None}
    if not here:
        return None
    wanted = len(here) if len(here) in counts_of(task.total, limits) else districts
    costs = [
        cost if task.today[a] != task.today[b] else cost * LIKE_TODAY + LIKE_TODAY
        for (a, b), cost in zip(task.edges, task.costs, strict=True)
    ]
    try:
        found = divide(task.graph(costs), Bounds(wanted, limits.lower, limits.upper), seconds=seconds)
    except CannotDivide:
        return None
    return Alternative(TODAY, found.assignment, found.cost, found.bound)


def relax(task: Task, limits: Limits, seconds: float) -> tuple[Relaxed, Division]:
    """The fewest limits that have to give, and as little as possible; a division that keeps what is left.

    Raises  CannotDivide where even one grid, or any size of grid, does not help
    """
    for given in _candidates(task.total, limits):
        for count in counts_of(task.total, given.limits):
            try:
                found = divide(task.graph(), Bounds(count, given.limits.lower, given.limits.upper), seconds=seconds / 3)
            except CannotDivide:
                continue
            return given, found
    return _as_near_as_can_be(task, limits, seconds)


def _candidates(total: int, limits: Limits) -> list[Relaxed]:
    """One limit given up, then two: the number of grids, their least, their most; by how much, the least first."""
    lower, upper, fewest, most = limits.lower, limits.upper, limits.fewest, limits.most
    found = []
    for count in range(1, most * 3 + 1):
        if count * lower <= total <= count * upper and not fewest <= count <= most:
            change = ("fewest",) if count < fewest else ("most",)
            off = fewest / count if count < fewest else count / most
            found.append((off, Relaxed(Limits(lower, upper, min(count, fewest), max(count, most)), change)))
    if total < fewest * lower:
        low = int(total / fewest * (1 - ROOM))
        found.append((lower / max(low, 1), Relaxed(Limits(low, upper, fewest, most), ("lower",))))
    if total > most * upper:
        high = ceil(total / most * (1 + ROOM))
        found.append((high / upper, Relaxed(Limits(lower, high, fewest, most), ("upper",))))
    return [relaxed for _, relaxed in sorted(found, key=lambda one: one[0])]


def _as_near_as_can_be(task: Task, limits: Limits, seconds: float) -> tuple[Relaxed, Division]:
    """Where atoms do not fit together: the number of grids that misses the sizes by least, and those sizes."""
    best: tuple[float, Relaxed, Division] | None = None
    heaviest = max(task.households)
    counts = [k for k in range(limits.fewest, limits.most + 1) if k <= len(task.households)] or [1]
    apart = len(task.graph().pieces)  # an estate larger than a grid stands apart, and may leave the rest in pieces
    for count in counts if apart <= limits.most else [apart]:
        lower, upper = min(limits.lower, task.total // count), max(limits.upper, ceil(task.total / count), heaviest)
        found = _widened(task, Bounds(count, lower, upper), seconds / len(counts))
        if found is None:
            continue
        loads = [0] * count
        for unit, where in enumerate(found.assignment):
            loads[where] += task.households[unit]
        low, high = min(limits.lower, *loads), max(limits.upper, *loads)
        most = max(limits.most, count)
        given = ("lower", low < limits.lower), ("upper", high > limits.upper), ("most", most > limits.most)
        changed = tuple(name for name, is_new in given if is_new)
        off = limits.lower / max(low, 1) * high / limits.upper
        if best is None or off < best[0]:
            best = off, Relaxed(Limits(low, high, limits.fewest, most), changed), found
    if best is None:
        raise CannotDivide(f"{task.total} households in {len(task.households)} pieces cannot be made into grids.")
    return best[1], best[2]


def _widened(task: Task, bounds: Bounds, seconds: float) -> Division | None:
    """The division that misses the bounds least, found by letting them go step by step; in the end altogether."""
    steps = [Bounds(bounds.districts, bounds.lower * (8 - n) // 8, bounds.upper * (8 + n) // 8) for n in range(8)]
    for wider in [*steps, Bounds(bounds.districts, 0, task.total)]:
        least = LEAST_SECONDS if wider.lower else LAST_SECONDS
        try:
            return divide(task.graph(), wider, seconds=max(seconds / 4, least))
        except CannotDivide:
            continue
    return None


def _add(proposal: Proposal, alternative: Alternative) -> None:
    """Only what differs from those there are."""
    if all(not same(one.assignment, alternative.assignment) for one in proposal.alternatives):
        proposal.alternatives.append(alternative)


def same(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two divisions are the same but for the numbers of their districts."""
    pairs = set(zip(one, other, strict=True))
    return len(pairs) == len(set(one)) == len(set(other))
