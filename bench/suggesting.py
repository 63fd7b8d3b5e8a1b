"""Which crew of 2 000 goes: the product's `suggest`, and its search alone beside plain Dijkstra with equal answers.

    .venv/bin/python -m bench.suggesting [--nodes 100000] [--units 2000] [--calls 300] [--plain 40]

In a database of its own. Two rows of `suggest`: of a call that just came in, and of one that is open already, whose
ways are kept while its units move: all of them have before every twentieth question.
Plain Dijkstra is the textbook's, from the call to every unit over the same graph; the nine nearest must be the same.
"""

import argparse
import heapq
import io
import os
import statistics
import sys
import tempfile
import time
from itertools import pairwise
from typing import Any

import numpy as np

from bench.places import run
from bench.routing import lattice
from shouwang.solvers.nearest import approach
from shouwang.solvers.roads import Floats, RoadGraph, Snap, goal_nodes, leave_from, search_backwards, snap, snap_all

AIM_P99_MS, BEST, SEED = 10, 9, 3
ROUNDS_S = (600.0, 1500.0, 3600.0)
WARM, OPEN = 20, 20
Point = tuple[float, float]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, default=100_000)
    parser.add_argument("--units", type=int, default=2_000)
    parser.add_argument("--calls", type=int, default=300)
    parser.add_argument("--plain", type=int, default=40, help="calls asked of plain Dijkstra too")
    options = parser.parse_args()
    graph = lattice(options.nodes)
    print(
        f"{options.units:,} units, {graph.n_nodes:,} nodes, {len(graph.a):,} stretches, {options.calls} calls;"
        f" aim p99 ≤ {AIM_P99_MS} ms\n"
    )
    print("| way | p50 ms | p99 ms | of it on a core p50 | p99 | calls | the nine nearest differ |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    wrong = search_alone(graph, options.units, options.calls, options.plain)
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"SHOUWANG_VAR": folder, "DJANGO_SETTINGS_MODULE": "shouwang.config.settings"}
        product(graph, options.units, options.calls)
    return 1 if wrong else 0


def somewhere(graph: RoadGraph, draw: np.random.Generator, n: int) -> list[Point]:
    """Doors: beside junctions, some thirty metres off."""
    used = np.unique(np.concatenate([graph.a, graph.b]))
    at = draw.choice(used, n)
    jitter = draw.normal(0, 3e-4, (n, 2))
    return [(float(graph.lon[k] + j[0]), float(graph.lat[k] + j[1])) for k, j in zip(at, jitter, strict=True)]


def search_alone(graph: RoadGraph, n_units: int, n_calls: int, n_plain: int) -> int:
    """Rows of the three searches. How many answers differ."""
    draw = np.random.default_rng(SEED)
    snap(graph, *somewhere(graph, draw, 1)[0])  # builds the indexes
    plain = Plain(graph)
    ours, whole, textbook = Took(), Took(), Took()
    differ = 0
    for number in range(n_calls):
        call, units = somewhere(graph, draw, 1)[0], somewhere(graph, draw, n_units)
        with ours:
            found = nearest(graph, call, units)
        if number < n_plain:
            goal, starts = snap(graph, *call), snap_all(graph, units)
            with whole:
                by_library = best_of(graph, search_backwards(graph, goal, np.inf), starts, goal)
            with textbook:
                by_hand = best_of(graph, plain.seconds_to(goal), starts, goal)
            differ += not (found == by_hand == by_library)
    print(row("search of `suggest`, snapping included", ours, f"{differ} of {min(n_plain, n_calls)}"))
    print(row("SciPy’s Dijkstra over the whole graph", whole, "compared with"))
    print(row("plain Dijkstra, a heap in Python", textbook, "compared with"), flush=True)
    return differ


def nearest(graph: RoadGraph, call: Point, units: list[Point]) -> list[tuple[int, float]]:
    """The nine nearest by the search that `dispatch.driving` makes, in the same rounds."""
    times: Floats = np.zeros(0)
    for limit_s in ROUNDS_S:
        times = approach(graph, call, limit_s).seconds_from(units)
        if np.isfinite(times).sum() >= BEST:
            break
    return in_order(times)


def best_of(graph: RoadGraph, reach: Floats, starts: list[Snap], goal: Snap) -> list[tuple[int, float]]:
    return in_order(np.array([leave_from(graph, reach, start, goal)[0] for start in starts]))


def in_order(times: Floats) -> list[tuple[int, float]]:
    return [(int(unit), round(float(times[unit]), 6)) for unit in np.argsort(times, kind="stable")[:BEST]]


class Plain:
    """Lists of neighbours and a heap: Dijkstra 1959 as a textbook has it."""

    def __init__(self, graph: RoadGraph) -> None:
        back = graph.split.backwards
        self.graph, begins = graph, back.indptr.tolist()
        columns, costs = back.indices.tolist(), back.data.tolist()
        self.ways = [list(zip(columns[begin:end], costs[begin:end], strict=True)) for begin, end in pairwise(begins)]

    def seconds_to(self, goal: Snap) -> Floats:
        seconds = np.full(self.graph.split.n, np.inf).tolist()
        heap = []
        for node, cost in goal_nodes(self.graph, goal).items():
            seconds[node] = cost
            heap.append((cost, node))
        heapq.heapify(heap)
        while heap:
            so_far, node = heapq.heappop(heap)
            if so_far > seconds[node]:
                continue
            for other, cost in self.ways[node]:
                if so_far + cost < seconds[other]:
                    seconds[other] = so_far + cost
                    heapq.heappush(heap, (so_far + cost, other))
        return np.array(seconds)


def product(graph: RoadGraph, n_units: int, n_calls: int) -> None:
    """The row of `dispatch.suggesting.suggest`: rights, positions and tasks read, ways searched, reasons worded."""
    from shouwang.config.database.town import town_cluster
    from shouwang.config.environment import current

    cluster = town_cluster(current())
    cluster.start()
    try:
        run("upgrade", role="owner")
        run("load-demo", role="web")
        os.environ["SHOUWANG_ROLE"] = "owner"
        import django

        django.setup()
        call = planted(graph, n_units)
        asked(graph, call, n_calls)
    finally:
        from django.db import connections

        connections.close_all()
        cluster.stop()


def planted(graph: RoadGraph, n_units: int) -> Any:
    """The graph as the ground in use, and crews of two on shift. A call that somebody waits with."""
    from django.db import connection
    from psycopg.types.range import TimestamptzRange

    from shouwang.core.clock import now
    from shouwang.demo.world import load_world
    from shouwang.duty.models import Crew, Shift, Unit
    from shouwang.matters.intake import open_matter
    from shouwang.people.models import Person
    from shouwang.places.models import GroundLoad

    packed, at, world = io.BytesIO(), now(), load_world()
    np.savez_compressed(packed, **{name: getattr(graph, name) for name in RoadGraph.__dataclass_fields__})
    GroundLoad.objects.create(
        source="bench", digest=b"bench", loaded_at=at, west=0, south=0, east=1, north=1, roads=packed.getvalue(),
        n_features=0, n_addresses=0,
    )  # fmt: skip
    home = world.areas["station"]
    units = [Unit(name=f"巡{n:04}", form="car", home=home, duty_path=home.duty_path) for n in range(n_units)]
    shifts = [Shift(unit=unit, during=TimestamptzRange(at, None), since=at) for unit in units]
    people = [Person(name=f"警员{n:05}", login=f"bench-{n}", sworn=True, created_at=at) for n in range(2 * n_units)]
    crews = [
        Crew(shift=shifts[n // 2], person=one, during=TimestamptzRange(at, None), sworn=True, recorder=str(n))
        for n, one in enumerate(people)
    ]
    for model, rows in ((Unit, units), (Shift, shifts), (Person, people), (Crew, crews)):
        model.objects.bulk_create(rows, batch_size=2_000)  # type: ignore[attr-defined]
    point = (111.421, 27.690)
    call = open_matter(kind="incident", by=world.fang, at=at, subkind="order.fight", point=point, gist="打架")
    moved(units, shifts, somewhere(graph, np.random.default_rng(SEED), n_units))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return call


def moved(units: list[Any], shifts: list[Any], places: list[Point]) -> None:
    from shouwang.core.clock import now
    from shouwang.tracking.models import LastFix

    rows = [
        LastFix(unit=unit.pk, shift=shift.pk, at=now(), lon=lon, lat=lat, duty_path=unit.duty_path)
        for unit, shift, (lon, lat) in zip(units, shifts, places, strict=True)
    ]
    LastFix.objects.all().delete()
    LastFix.objects.bulk_create(rows, batch_size=2_000)


def asked(graph: RoadGraph, call: Any, n_calls: int) -> None:
    """The rows of the whole of it. Units stay where they are for twenty questions, then all move."""
    from shouwang.core.clock import now
    from shouwang.demo.world import load_world
    from shouwang.dispatch.suggesting import suggest
    from shouwang.duty.models import Shift
    from shouwang.people.access import Verb, spans

    draw, fang = np.random.default_rng(SEED + 1), load_world().fang
    shifts = list(Shift.objects.select_related("unit").filter(unit__name__startswith="巡"))
    new = somewhere(graph, draw, n_calls + WARM)
    for name, places in (("a new call", new), ("an open call", new[-OPEN:] * (n_calls // OPEN + 1))):
        took = Took()
        for number, place in enumerate(places[: n_calls + WARM]):
            if number % 20 == 0:
                moved([shift.unit for shift in shifts], shifts, somewhere(graph, draw, len(shifts)))
            call.lon, call.lat = place
            by = fang.afresh()
            spans(by, Verb.UNIT_SEND, now())  # as whoever asks was let in
            with took:
                suggest(call, by=by, at=now(), limit=BEST)
        print(row(f"`suggest` of {name}: database, ways, words", took, "", WARM), flush=True)


class Took:
    """Milliseconds of each time: by the clock, and of this process on a core (the database works elsewhere)."""

    def __init__(self) -> None:
        self.clock: list[float] = []
        self.core: list[float] = []

    def __enter__(self) -> None:
        self.began = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        self.clock.append((time.perf_counter() - self.began[0]) * 1000)
        self.core.append((time.process_time() - self.began[1]) * 1000)


def row(name: str, took: Took, differ: str, warm: int = 0) -> str:
    cuts = [statistics.quantiles(times[warm:], n=100) for times in (took.clock, took.core)]
    figures = " | ".join(f"{one[at]:.1f}" for one in cuts for at in (49, 98))
    return f"| {name} | {figures} | {len(took.clock) - warm} | {differ} |"


if __name__ == "__main__":
    sys.exit(main())
