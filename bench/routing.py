"""Driving times from 200 units to one call, and exact agreement with igraph on 1 000 random pairs.

    .venv/bin/python -m bench.routing [--map FILE.osm.pbf] [--nodes 100000] [--units 200] [--calls 200] [--json]

The largest extract in `../shared/data` is the real graph, where there is one. igraph is not used by the product; it
searches a graph whose vertices are directed stretches, so turn bans are told to it in quite another way than to ours.
"""

import argparse
import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import igraph
import numpy as np

from shouwang.connections.osm.reading import read_map
from shouwang.demo.town import make_town
from shouwang.places.ground import Ground
from shouwang.solvers.roads import Road, RoadGraph, make_graph, seconds_to

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
PAIRS, GOALS = 1000, 25
FAR_S = 1e7


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--map", type=Path, default=largest_map())
    parser.add_argument("--nodes", type=int, default=100_000)
    parser.add_argument("--units", type=int, default=200)
    parser.add_argument("--calls", type=int, default=200)
    parser.add_argument("--json", action="store_true", help="one JSON object a line instead of the table")
    options = parser.parse_args()
    graphs = {f"made streets, {options.nodes} nodes": lattice(options.nodes), "made town, 20 000": of(make_town())}
    if options.map:
        graphs = {options.map.name: of(read_map(options.map))} | graphs
    rows = [measure(name, graph, options.units, options.calls) for name, graph in graphs.items()]
    print("\n".join(json.dumps(row, ensure_ascii=False) for row in rows) if options.json else table(rows))
    return 1 if any(row["differ"] for row in rows) else 0


def largest_map() -> Path | None:
    return max(SHARED.glob("osm_*/*.osm.pbf"), key=lambda path: path.stat().st_size, default=None)


def of(ground: Ground) -> RoadGraph:
    lon, lat = zip(*ground.nodes, strict=True)
    return make_graph(lon, lat, [Road(**vars(one)) for one in ground.stretches], ground.bans)


def lattice(n_nodes: int, seed: int = 1) -> RoadGraph:
    """Jittered streets with gaps, one-ways and a turn ban at every hundredth crossing."""
    side = round(n_nodes**0.5)
    draw = np.random.default_rng(seed)
    numbers = np.arange(side * side)
    lon = 111 + (numbers % side) * 0.002 + draw.normal(0, 2e-4, side * side)
    lat = 27 + (numbers // side) * 0.0018 + draw.normal(0, 2e-4, side * side)
    roads: list[Road] = []
    touching: dict[int, list[int]] = {}
    for node in numbers.tolist():
        for other in ([node + 1] if (node + 1) % side else []) + ([node + side] if node + side < side * side else []):
            if draw.random() < 0.93:
                main = node % side % 10 == 0 or node // side % 10 == 0
                klass = "secondary" if main else "residential"
                touching.setdefault(node, []).append(len(roads))
                touching.setdefault(other, []).append(len(roads))
                roads.append(Road(node, other, klass, one_way=bool(draw.random() < 0.15)))
    bans = [(found[0], node, found[1]) for node, found in touching.items() if node % 100 == 7 and len(found) > 2]
    return make_graph(lon.tolist(), lat.tolist(), roads, bans)


def measure(name: str, graph: RoadGraph, units: int, calls: int) -> dict[str, Any]:
    draw = np.random.default_rng(2)
    used = np.unique(np.concatenate([graph.a, graph.b]))

    def anywhere(n: int) -> list[tuple[float, float]]:
        at = draw.choice(used, n)
        jitter = draw.normal(0, 3e-4, (n, 2))
        return [(float(graph.lon[k] + j[0]), float(graph.lat[k] + j[1])) for k, j in zip(at, jitter, strict=True)]

    began = time.perf_counter()
    seconds_to(graph, anywhere(1)[0], anywhere(1))  # builds the indexes
    ready_ms = (time.perf_counter() - began) * 1000
    took = []
    for _ in range(calls):
        call, crews = anywhere(1)[0], anywhere(units)
        began = time.perf_counter()
        seconds_to(graph, call, crews)
        took.append((time.perf_counter() - began) * 1000)
    cuts = statistics.quantiles(took, n=100)
    differ, unreachable, igraph_ms = compare(graph, used, draw)
    return {
        "graph": name, "nodes": graph.n_nodes, "stretches": len(graph.a), "bans": len(graph.bans),
        "ready_ms": round(ready_ms, 1), "p50_ms": round(cuts[49], 1), "p99_ms": round(cuts[98], 1),
        "igraph_ms": round(igraph_ms, 1), "pairs": PAIRS, "unreachable": unreachable, "differ": differ,
    }  # fmt: skip


def compare(graph: RoadGraph, used: np.ndarray, draw: np.random.Generator) -> tuple[int, int, float]:
    """How many of 1 000 pairs differ in the last digit, how many have no way, and what one search costs igraph."""
    other = Turning(graph)
    differ = unreachable = 0
    took = []
    for goal in draw.choice(used, GOALS):
        starts = draw.choice(used, PAIRS // GOALS)
        ours = seconds_to(graph, place(graph, goal), [place(graph, start) for start in starts], limit_s=FAR_S)
        began = time.perf_counter()
        theirs = other.seconds([int(start) for start in starts], int(goal))
        took.append((time.perf_counter() - began) * 1000)
        unreachable += int(np.isinf(theirs).sum())
        both = np.isfinite(ours) & np.isfinite(theirs)
        differ += int((np.isfinite(ours) != np.isfinite(theirs)).sum() + (ours[both] != theirs[both]).sum())
    return differ, unreachable, statistics.median(took)


def place(graph: RoadGraph, node: int) -> tuple[float, float]:
    return float(graph.lon[node]), float(graph.lat[node])


class Turning:
    """igraph over directed stretches: from each to every one that may follow it."""

    def __init__(self, graph: RoadGraph) -> None:
        back = np.flatnonzero(graph.both_ways)
        self.stretch = np.concatenate([np.arange(len(graph.a)), back])
        self.tail = np.concatenate([graph.a, graph.b[back]])
        self.head = np.concatenate([graph.b, graph.a[back]])
        self.cost = graph.seconds[self.stretch]
        banned = {tuple(ban) for ban in graph.bans.tolist()}
        self.leaving: dict[int, list[int]] = {}
        self.reaching: dict[int, list[int]] = {}
        for edge, (tail, head) in enumerate(zip(self.tail.tolist(), self.head.tolist(), strict=True)):
            self.leaving.setdefault(tail, []).append(edge)
            self.reaching.setdefault(head, []).append(edge)
        turns = [
            (into, out)
            for node, entering in self.reaching.items()
            for into in entering
            for out in self.leaving.get(node, ())
            if (int(self.stretch[into]), node, int(self.stretch[out])) not in banned
        ]
        self.graph = igraph.Graph(n=len(self.tail), edges=turns, directed=True)
        self.weights = self.cost[[out for _, out in turns]].tolist()

    def seconds(self, starts: list[int], goal: int) -> np.ndarray:
        """From each start to the goal: the best of the stretches that leave the one and reach the other."""
        reaching = self.reaching.get(goal, [])
        leaving = sorted({edge for start in starts for edge in self.leaving.get(start, [])})
        if not reaching or not leaving:
            return np.array([0.0 if start == goal else np.inf for start in starts])
        found = np.array(self.graph.distances(reaching, leaving, weights=self.weights, mode="in"))
        best = dict(zip(leaving, np.min(found, axis=0) + self.cost[leaving], strict=True))
        reach = {start: min((best[edge] for edge in self.leaving.get(start, [])), default=np.inf) for start in starts}
        return np.array([0.0 if start == goal else reach[start] for start in starts])


def table(rows: list[dict[str, Any]]) -> str:
    heads = (
        "graph", "nodes", "stretches", "bans", "ready ms", "200 units p50 ms", "p99 ms", "igraph, 40 units ms", "pairs",
        "no way", "differ",
    )  # fmt: skip
    lines = [" | ".join(heads), " | ".join("---" for _ in heads)]
    return "\n".join(
        f"| {line} |" for line in lines + [" | ".join(str(value) for value in row.values()) for row in rows]
    )


if __name__ == "__main__":
    sys.exit(main())
