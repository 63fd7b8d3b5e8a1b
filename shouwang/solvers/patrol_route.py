"""A patrol over places to be seen and streets to be walked: hours kept, near the shortest way, hard to foresee.

Method  the shortest order by PyVRP (a street is two visits, one a direction, of which one is made); from there a random
        walk over orders that keep every hour and are at most `loss` longer; what time is left is spent at the places,
        by weight and by chance
Source  Wouda, Lan and Kool 2024, PyVRP; why at random: Pita et al. 2008 (ARMOR), AAMAS
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from shouwang.solvers.roads import Floats

LOSS = 0.10  # how much longer than the shortest way a route may be, as a share
CAP = 2.5  # times its even share of the time that a place gets at most (PAT-06)
STEPS = 400  # of the random walk: more do not make arrivals harder to foresee
ITERATIONS = 400
LEFT_OUT = 1_000_000  # seconds that leaving one out costs; ten times more, and the search never comes to hours kept
WITHIN_S = 600.0
SEED = 20260310


@dataclass(frozen=True)
class Errand:
    """From place `begin` to place `end` (the same: a point; else a street, walked either way), `seconds` at least.

    early, late  seconds after the start within which it begins      weight  of reports there at that hour
    """

    begin: int
    end: int
    seconds: int
    early: int = 0
    late: int | None = None
    weight: float = 1.0


@dataclass(frozen=True, eq=False)
class Beat:
    """ways: (n, n) seconds from place to place; from `start` to `goal` within `lasts` seconds."""

    ways: Floats
    errands: Sequence[Errand]
    lasts: int
    start: int = 0
    goal: int = 0


@dataclass(frozen=True)
class Visit:
    """An errand by number, walked from its `begin` or back, from when and for how long (seconds)."""

    errand: int
    onwards: bool
    begins: int
    stays: int


@dataclass(frozen=True)
class Route:
    """on_the_way: seconds between errands. left_out: errands that do not fit in the time or their hours."""

    visits: tuple[Visit, ...]
    on_the_way: float
    left_out: tuple[int, ...] = ()


Order = list[tuple[int, bool]]


def shortest(beat: Beat, *, seed: int = SEED) -> Route:
    """The shortest way over as many errands as fit."""
    if not beat.errands:
        return Route((), float(beat.ways[beat.start, beat.goal]))
    order = _solved(beat, seed)
    begins = _begins(beat, order)
    if begins is None:  # pyvrp counts whole seconds; a second may be missing at the end
        return Route((), 0.0, tuple(range(len(beat.errands))))
    visits = [
        Visit(errand, onwards, int(at), beat.errands[errand].seconds)
        for (errand, onwards), at in zip(order, begins, strict=True)
    ]
    left = sorted(set(range(len(beat.errands))) - {errand for errand, _ in order})
    return Route(tuple(visits), _travel(beat, order), tuple(left))


def unforeseen(beat: Beat, best: Route, *, seed: int, loss: float = LOSS, cap: float = CAP) -> Route:
    """Another way over the same errands, drawn at random: at most `loss` longer, every hour kept."""
    chance = random.Random(seed)
    order: Order = [(visit.errand, visit.onwards) for visit in best.visits]
    limit = best.on_the_way * (1 + loss) + 1e-6
    for _ in range(STEPS if order else 0):
        tried = _changed(order, chance)
        if _travel(beat, tried) <= limit and _begins(beat, tried) is not None:
            order = tried
    return Route(_timed(beat, order, chance, cap), _travel(beat, order), best.left_out)


def checked(beat: Beat, order: Order) -> Route | None:
    """An order made by hand, begun as early as it can be; None where an hour is missed or the time does not suffice."""
    begins = _begins(beat, order)
    if begins is None:
        return None
    visits = [
        Visit(errand, onwards, int(at), beat.errands[errand].seconds)
        for (errand, onwards), at in zip(order, begins, strict=True)
    ]
    left = sorted(set(range(len(beat.errands))) - {errand for errand, _ in order})
    return Route(tuple(visits), _travel(beat, order), tuple(left))


def foreseen(seen: Sequence[Route], coming: Sequence[Route], *, within_s: float = WITHIN_S) -> dict[int, float]:
    """For each errand, in what share of `coming` an observer of `seen` says its begin right to `within_s`.

    He says the time around which most of the arrivals lie that he saw.
    """
    told: dict[int, float] = {}
    before, after = _arrivals(seen), _arrivals(coming)
    for errand, times in before.items():
        counts = [int((np.abs(times - guess) <= within_s).sum()) for guess in times]
        guess = times[int(np.argmax(counts))]
        come = after.get(errand, np.zeros(0))
        told[errand] = float((np.abs(come - guess) <= within_s).mean()) if len(come) else 0.0
    return told


def _arrivals(routes: Sequence[Route]) -> dict[int, Floats]:
    times: dict[int, list[int]] = {}
    for route in routes:
        for visit in route.visits:
            times.setdefault(visit.errand, []).append(visit.begins)
    return {errand: np.array(found, float) for errand, found in times.items()}


def _changed(order: Order, chance: random.Random) -> Order:
    """A stretch walked the other way round, one errand moved elsewhere, or one street turned."""
    a, b = sorted((chance.randrange(len(order)), chance.randrange(len(order))))
    sort = chance.randrange(4)
    if sort == 0:
        return [(errand, not onwards) for errand, onwards in reversed(order)]
    if sort == 1:
        return [*order[:a], *((errand, not onwards) for errand, onwards in reversed(order[a : b + 1])), *order[b + 1 :]]
    rest = [*order[:a], *order[a + 1 :]]
    errand, onwards = order[a]
    to = a if sort == 2 else chance.randrange(len(order))
    rest.insert(to, (errand, onwards if sort == 3 else not onwards))
    return rest


def _ends(beat: Beat, one: tuple[int, bool]) -> tuple[int, int]:
    errand = beat.errands[one[0]]
    return (errand.begin, errand.end) if one[1] else (errand.end, errand.begin)


def _legs(beat: Beat, order: Order) -> list[float]:
    """Seconds of each way: to the first, between, and home."""
    at, legs = beat.start, []
    for one in order:
        begin, end = _ends(beat, one)
        legs.append(float(beat.ways[at, begin]))
        at = end
    return [*legs, float(beat.ways[at, beat.goal])]


def _travel(beat: Beat, order: Order) -> float:
    return sum(_legs(beat, order))


def _begins(beat: Beat, order: Order) -> list[float] | None:
    """The earliest begin of each; None where an hour or the end is missed."""
    legs, now, begins = _legs(beat, order), 0.0, []
    for leg, (number, _) in zip(legs, order, strict=False):
        errand = beat.errands[number]
        now = max(now + leg, errand.early)
        if errand.late is not None and now > errand.late:
            return None
        begins.append(now)
        now += errand.seconds
    return begins if now + legs[-1] <= beat.lasts else None


def _timed(beat: Beat, order: Order, chance: random.Random, cap: float) -> tuple[Visit, ...]:
    """The time left over, spent by weight and chance, so that every later hour is still met; no place over the cap."""
    legs = _legs(beat, order)
    stays = [beat.errands[number].seconds for number, _ in order]
    latest = [0.0] * len(order)
    after = float(beat.lasts) - legs[-1]
    for n in range(len(order) - 1, -1, -1):
        late = beat.errands[order[n][0]].late
        latest[n] = min(after - stays[n], beat.lasts if late is None else late)
        after = latest[n] - legs[n]
    even = (beat.lasts - sum(legs)) / max(1, len(order))
    spare = max(0.0, beat.lasts - sum(legs) - sum(stays))
    draws = [chance.expovariate(1.0) * max(beat.errands[number].weight, 0.1) for number, _ in order]
    setting_out = chance.random() / 2  # part of the time left is spent before the first place
    spread, total = spare * (1 - setting_out), sum(draws)
    now, visits = spare * setting_out, []
    for n, (number, onwards) in enumerate(order):
        now = min(max(now + legs[n], beat.errands[number].early), latest[n])
        wanted = min(stays[n] + spread * draws[n] / total, max(stays[n], cap * even))
        room = (latest[n + 1] - legs[n + 1] if n + 1 < len(order) else beat.lasts - legs[-1]) - now
        stay = min(wanted, room)
        visits.append(Visit(number, onwards, round(now), int(max(stay, stays[n]))))
        now += stay
    return tuple(visits)


def _solved(beat: Beat, seed: int) -> Order:
    from pyvrp import Client, ClientGroup, Depot, Location, ProblemData, VehicleType, solve  # slow to load
    from pyvrp.stop import MaxIterations

    clients: list[Client] = []
    groups: list[ClientGroup] = []
    enters, leaves, which = [beat.start, beat.goal], [beat.start, beat.goal], []
    for number, errand in enumerate(beat.errands):
        ways = (True,) if errand.begin == errand.end else (True, False)
        group = len(groups) if len(ways) == 2 else None
        if group is not None:
            groups.append(ClientGroup([len(clients), len(clients) + 1], required=False))
        for onwards in ways:
            begin, end = _ends(beat, (number, onwards))
            clients.append(
                Client(
                    len(enters),
                    service_duration=errand.seconds,
                    tw_early=errand.early,
                    prize=LEFT_OUT,
                    required=False,
                    tw_late=beat.lasts if errand.late is None else errand.late,
                    group=group,
                )
            )
            enters.append(begin)
            leaves.append(end)
            which.append((number, onwards))
    seconds: Any = np.ceil(beat.ways[np.ix_(leaves, enters)]).astype(np.int64)
    np.fill_diagonal(seconds, 0)
    vehicle = VehicleType(1, start_depot=0, end_depot=1, tw_late=beat.lasts)
    data = ProblemData(
        [Location(0, 0) for _ in enters], clients, [Depot(0), Depot(1)], [vehicle], [seconds], [seconds], groups
    )
    best = solve(data, MaxIterations(ITERATIONS), seed=seed, collect_stats=False).best
    routes = best.routes()
    return [which[one.idx] for one in routes[0].schedule() if one.is_client()] if routes else []
