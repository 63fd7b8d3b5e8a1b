"""One person's way round: in which order to go to places that have hours of their own, and which do not fit in."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from shouwang.solvers.roads import Floats

WALKING_MPS = 1.25  # Source  Bohannon and Andrews 2011: comfortable gait of adults, less the waiting at crossings
ITERATIONS = 400  # a round of 40 stops takes about half a second; more iterations change nothing
LEFT_OUT = 1_000_000  # what leaving one out costs: far more than any way; more still, and hours are missed instead
SEED = 20260310


@dataclass(frozen=True)
class Call:
    """A stop. `early` and `late`: seconds after the start within which it begins; None: any time."""

    seconds: int
    early: int | None = None
    late: int | None = None


@dataclass(frozen=True)
class Tour:
    """order: which calls, in order; begins: seconds after the start; left_out: calls that do not fit; metres of it."""

    order: tuple[int, ...]
    begins: tuple[int, ...]
    left_out: tuple[int, ...]
    metres: float
    seconds: int


def tour(metres: Floats, calls: Sequence[Call], *, lasts: int) -> Tour:
    """The shortest way from the first place over as many calls as fit, and back, within `lasts` seconds.

    metres  (n + 1, n + 1): the start, then the calls in their order
    Source  Wouda, Lan and Kool 2024, PyVRP (INFORMS J. Computing 36): hybrid genetic and local search
    """
    from pyvrp import Model  # here: only who plans a round waits for it to load
    from pyvrp.stop import MaxIterations

    if not calls:
        return Tour((), (), (), 0.0, 0)
    met = [
        n for n, call in enumerate(calls) if (call.early or 0) <= min(lasts, lasts if call.late is None else call.late)
    ]
    if len(met) < len(calls):  # hours that are over before the start, or begin after the end
        way = [0, *(n + 1 for n in met)]
        some = tour(metres[way][:, way], [calls[n] for n in met], lasts=lasts)
        left = sorted({*range(len(calls))} - {met[n] for n in some.order})
        return Tour(tuple(met[n] for n in some.order), some.begins, tuple(left), some.metres, some.seconds)
    model = Model()
    places = [model.add_location(n, 0) for n in range(len(calls) + 1)]
    start = model.add_depot(places[0])
    for place, call in zip(places[1:], calls, strict=True):
        model.add_client(
            place, service_duration=call.seconds, tw_early=call.early or 0,
            tw_late=lasts if call.late is None else call.late, prize=LEFT_OUT, required=False,
        )  # fmt: skip
    model.add_vehicle_type(  # sets out at once; where one waits anyhow, the shorter way still counts
        1, start_depot=start, end_depot=start, tw_late=lasts, start_late=0, unit_duration_cost=1, unit_distance_cost=1
    )
    for n, a in enumerate(places):
        for m, b in enumerate(places):
            if n != m:
                model.add_edge(a, b, distance=round(metres[n, m]), duration=round(metres[n, m] / WALKING_MPS))
    best = model.solve(MaxIterations(ITERATIONS), seed=SEED, collect_stats=False, display=False).best
    routes = best.routes()
    if not routes:
        return Tour((), (), tuple(range(len(calls))), 0.0, 0)
    visits = [one for one in routes[0].schedule() if one.is_client()]
    if not best.is_feasible():
        return _kept(metres, calls, [one.idx for one in visits], lasts)
    begins = tuple(int(one.start_time) for one in visits)
    return _told(metres, len(calls), [one.idx for one in visits], begins, int(routes[0].duration()))


def _kept(metres: Floats, calls: Sequence[Call], wanted: Sequence[int], lasts: int) -> Tour:
    """Where the search came to no order that keeps every hour: each call that fits, where it makes the day shortest."""
    order: list[int] = []
    begins: list[int] = []
    ends = 0
    for one in [*wanted, *(n for n in range(len(calls)) if n not in wanted)]:
        ways = [[*order[:at], one, *order[at:]] for at in range(len(order) + 1)]
        timed = [(found[1], way, found[0]) for way in ways if (found := _timed(metres, calls, way, lasts))]
        if timed:
            ends, order, begins = min(timed, key=lambda found: found[0])
    return _told(metres, len(calls), order, tuple(begins), ends)


def _timed(metres: Floats, calls: Sequence[Call], order: Sequence[int], lasts: int) -> tuple[list[int], int] | None:
    """When each begins at the earliest, and when all is done; None where an hour or the end is missed."""
    begins: list[int] = []
    now = at = 0
    for one in order:
        call = calls[one]
        now = max(now + round(metres[at, one + 1] / WALKING_MPS), call.early or 0)
        if now > (lasts if call.late is None else call.late):
            return None
        begins.append(now)
        now, at = now + call.seconds, one + 1
    ends = now + round(metres[at, 0] / WALKING_MPS)
    return (begins, ends) if ends <= lasts else None


def _told(metres: Floats, n: int, order: Sequence[int], begins: tuple[int, ...], seconds: int) -> Tour:
    way = [0, *(place + 1 for place in order), 0]
    walked = float(sum(metres[a, b] for a, b in itertools.pairwise(way)))
    return Tour(tuple(order), begins, tuple(sorted(set(range(n)) - set(order))), walked, seconds)
