"""The road graph: who reaches a place, and how fast. Arrays in, arrays out.

Turn bans are exact: a node where a turn is banned is split, one copy for each banned way in, from which only the
allowed ways go out. The rest of the graph stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import KDTree

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

EARTH_M = 6_371_008.8  # mean radius, IUGG
FIRST_LIMIT_S = 300.0
GROWS = 4.0
AT_JUNCTION_M = 0.01

SPEED_KMH: dict[str, float] = {  # free-flow, by OSM class; after the defaults of common OSM routing profiles
    "motorway": 100, "motorway_link": 50, "trunk": 80, "trunk_link": 45, "primary": 50, "primary_link": 40,
    "secondary": 45, "secondary_link": 35, "tertiary": 40, "tertiary_link": 30, "unclassified": 30, "residential": 25,
    "living_street": 12, "service": 15, "track": 12, "pedestrian": 8, "footway": 6, "path": 6, "steps": 3,
}  # fmt: skip
GROUPS = ("main", "street", "lane")
_MAIN = ("motorway", "trunk", "primary", "secondary")
_LANES = frozenset({"living_street", "service", "track", "pedestrian", "footway", "path", "steps"})
DRIVABLE = frozenset(SPEED_KMH) - {"pedestrian", "footway", "path", "steps"}


@dataclass(frozen=True)
class Road:
    """One stretch between two junctions or bends: nodes `a` → `b`, one way or both."""

    a: int
    b: int
    klass: str
    one_way: bool = False
    speed_kmh: float | None = None
    way: int = 0


@dataclass(frozen=True)
class Snap:
    """A point laid on the nearest stretch: its index, how far along (0 at a, 1 at b), how far off."""

    stretch: int
    share: float
    metres: float


@dataclass(frozen=True, eq=False)
class RoadGraph:
    """Stretches over nodes.

    lon, lat     (n,) degrees                   a, b       (s,) node of each end of a stretch
    metres       (s,)                           seconds    (s,) driving time of the whole stretch
    both_ways    (s,) bool                      way        (s,) id of the way it came from
    bans         (k, 3) stretch in, node, stretch out: this turn is not allowed
    group        (s,) index into GROUPS: what the hour slows down alike
    """

    lon: Floats
    lat: Floats
    a: Ints
    b: Ints
    metres: Floats
    seconds: Floats
    both_ways: npt.NDArray[np.bool_]
    way: Ints
    bans: Ints
    group: Ints

    @property
    def n_nodes(self) -> int:
        return len(self.lon)

    @cached_property
    def split(self) -> SplitGraph:
        return _split(self)

    @cached_property
    def tree(self) -> shapely.STRtree:
        """Stretches as lines in local metres, for snapping."""
        ends = np.stack([self._flat(self.a), self._flat(self.b)], axis=1)
        return shapely.STRtree(list(shapely.linestrings(ends)))  # type: ignore[arg-type]

    @cached_property
    def ends(self) -> KDTree:
        """Nodes in local metres, for the nearest junction."""
        return KDTree(self._flat(np.arange(self.n_nodes)))

    @cached_property
    def scale(self) -> tuple[float, float]:
        """Metres of a degree of longitude and of latitude, at the middle of the graph."""
        middle = float(np.radians(np.mean(self.lat))) if len(self.lat) else 0.0
        degree = np.pi * EARTH_M / 180
        return degree * float(np.cos(middle)), degree

    def _flat(self, nodes: Ints) -> Floats:
        x, y = self.scale
        return np.stack([self.lon[nodes] * x, self.lat[nodes] * y], axis=-1)


@dataclass(frozen=True, eq=False)
class SplitGraph:
    """Directed edges over nodes and their copies.

    tail, head   (m,) node or copy           stretch   (m,) which stretch, `forward` (m,) whether a → b
    real         (n,) the node each node or copy stands for
    backwards    CSR of the reversed graph, seconds (the fastest of parallel edges)
    """

    n: int
    tail: Ints
    head: Ints
    stretch: Ints
    forward: npt.NDArray[np.bool_]
    real: Ints
    backwards: csr_matrix

    @cached_property
    def onwards(self) -> csr_matrix:
        """The graph as it is driven."""
        return self.backwards.T.tocsr()

    @cached_property
    def _by_stretch(self) -> tuple[Ints, Ints]:
        """Edges in the order of their stretches, and where each stretch begins among them."""
        order = np.argsort(self.stretch, kind="stable")
        last = int(self.stretch.max()) + 1 if len(self.stretch) else 0
        return order, np.searchsorted(self.stretch[order], np.arange(last + 1))

    def edges_of(self, stretch: int) -> list[int]:
        """The directed edges of a stretch, copies included."""
        order, begins = self._by_stretch
        return [int(edge) for edge in order[begins[stretch] : begins[stretch + 1]]]


def make_graph(
    lon: Sequence[float], lat: Sequence[float], roads: Iterable[Road], bans: Iterable[tuple[int, int, int]] = ()
) -> RoadGraph:
    """A graph from nodes and stretches; `bans` are (stretch in, node, stretch out) by position in `roads`."""
    listed = list(roads)
    x, y = np.asarray(lon, float), np.asarray(lat, float)
    a = np.array([road.a for road in listed], np.int64)
    b = np.array([road.b for road in listed], np.int64)
    metres = haversine_m(x[a], y[a], x[b], y[b]) if listed else np.zeros(0)
    speed = np.array([road.speed_kmh or SPEED_KMH[road.klass] for road in listed], float)
    return RoadGraph(
        x, y, a, b, metres, np.maximum(metres / (speed / 3.6), 1e-3), np.array([not r.one_way for r in listed], bool),
        np.array([road.way for road in listed], np.int64), np.array(list(bans), np.int64).reshape(-1, 3),
        np.array([group_of(road.klass) for road in listed], np.int64),
    )  # fmt: skip


def group_of(klass: str) -> int:
    """Of an OSM class: its place in GROUPS."""
    return 0 if klass.startswith(_MAIN) else 2 if klass in _LANES else 1


def haversine_m(lon1: Floats, lat1: Floats, lon2: Floats, lat2: Floats) -> Floats:
    """Great-circle metres.   Source  Sinnott 1984"""
    p1, p2 = np.radians(lat1), np.radians(lat2)
    h = np.sin((p2 - p1) / 2) ** 2 + np.cos(p1) * np.cos(p2) * np.sin(np.radians(lon2 - lon1) / 2) ** 2
    return np.asarray(2 * EARTH_M * np.arcsin(np.sqrt(h)))


def _split(graph: RoadGraph) -> SplitGraph:
    """Directed edges, with a copy of a node for each way in from which some way out is banned."""
    s = np.arange(len(graph.a))
    back = s[graph.both_ways]
    tail = np.concatenate([graph.a, graph.b[back]])
    head = np.concatenate([graph.b, graph.a[back]])
    stretch = np.concatenate([s, back])
    forward = np.concatenate([np.ones(len(s), bool), np.zeros(len(back), bool)])
    banned: dict[tuple[int, int], set[int]] = {}
    for into, node, out in graph.bans.tolist():
        banned.setdefault((into, node), set()).add(out)
    n = graph.n_nodes
    copies: list[tuple[int, int, int]] = []  # node, copy, edge that leads into the copy
    for into, node in banned:
        for edge in np.flatnonzero((stretch == into) & (head == node)).tolist():
            copies.append((node, n, edge))
            n += 1
    for _node, copy, edge in copies:
        head[edge] = copy
    extra: list[tuple[int, int, int, bool]] = []
    for node, copy, edge in copies:
        outs = banned[int(stretch[edge]), node]
        for out in np.flatnonzero(tail == node).tolist():
            if int(stretch[out]) not in outs:
                extra.append((copy, int(head[out]), int(stretch[out]), bool(forward[out])))
    if extra:
        t, h, st, f = zip(*extra, strict=True)
        tail, head = np.concatenate([tail, t]), np.concatenate([head, h])
        stretch, forward = np.concatenate([stretch, st]), np.concatenate([forward, np.array(f, bool)])
    real = np.concatenate([np.arange(graph.n_nodes), np.array([node for node, _, _ in copies], np.int64)])
    return SplitGraph(n, tail, head, stretch, forward, real, _fastest(n, head, tail, graph.seconds[stretch]))


def _fastest(n: int, rows: Ints, columns: Ints, seconds: Floats) -> csr_matrix:
    """CSR of n × n; of parallel edges the fastest (plain construction would add them up)."""
    order = np.lexsort((seconds, columns, rows))
    rows, columns, seconds = rows[order], columns[order], seconds[order]
    first = np.ones(len(rows), bool)
    first[1:] = (rows[1:] != rows[:-1]) | (columns[1:] != columns[:-1])
    return csr_matrix((seconds[first], (rows[first], columns[first])), shape=(n, n))


def snap(graph: RoadGraph, lon: float, lat: float) -> Snap:
    """The nearest stretch to a point. Raises ValueError on a graph without roads."""
    return snap_all(graph, [(lon, lat)])[0]


def snap_all(graph: RoadGraph, points: Sequence[tuple[float, float]]) -> list[Snap]:
    """The same for many at once, which costs hardly more than one. Raises ValueError on a graph without roads."""
    if not len(graph.a):
        raise ValueError("a graph without roads")
    at = shapely.points(np.array(points, float).reshape(-1, 2) * graph.scale)
    stretches = np.asarray(graph.tree.nearest(at))
    lines = graph.tree.geometries[stretches]
    shares = np.where(shapely.length(lines) > 0, shapely.line_locate_point(lines, at, normalized=True), 0.0)
    found = zip(stretches.tolist(), shares.tolist(), shapely.distance(lines, at).tolist(), strict=True)
    return [Snap(*one) for one in found]


def seconds_to(
    graph: RoadGraph, target: tuple[float, float], sources: Sequence[tuple[float, float]], limit_s: float = 3600.0
) -> Floats:
    """Driving seconds from each source (lon, lat) to the target; inf where there is no way within `limit_s`.

    Searched backwards from the target, within a limit that grows until every source is reached: close crews cost
    almost nothing. Source  Dijkstra 1959, by scipy.sparse.csgraph
    """
    goal = snap(graph, *target)
    starts = snap_all(graph, sources)
    limit = min(FIRST_LIMIT_S, limit_s)
    while True:
        times = _times(graph, goal, starts, limit)
        if limit >= limit_s or np.all(np.isfinite(times)):
            times[times > limit_s] = np.inf
            return times
        limit = min(limit * GROWS, limit_s)


def _times(graph: RoadGraph, goal: Snap, starts: Sequence[Snap], limit: float) -> Floats:
    reach = search_backwards(graph, goal, limit)
    return np.array([leave_from(graph, reach, start, goal)[0] for start in starts])


def goal_nodes(graph: RoadGraph, goal: Snap) -> dict[int, float]:
    """Nodes and copies from which the goal is reached directly, with the seconds it takes."""
    split, whole = graph.split, float(graph.seconds[goal.stretch])
    junction = _junction(graph, goal)
    if junction is not None:
        return {int(node): 0.0 for node in np.flatnonzero(split.real == junction)}
    tails: dict[int, float] = {}
    for edge in split.edges_of(goal.stretch):
        cost = whole * (goal.share if split.forward[edge] else 1 - goal.share)
        tail = int(split.tail[edge])
        tails[tail] = min(cost, tails.get(tail, np.inf))
    return tails


def _junction(graph: RoadGraph, at: Snap) -> int | None:
    """The node a point lies on, if it does: from there every road is open, not only the one it was laid on."""
    metres = float(graph.metres[at.stretch])
    if at.share * metres < AT_JUNCTION_M:
        return int(graph.a[at.stretch])
    return int(graph.b[at.stretch]) if (1 - at.share) * metres < AT_JUNCTION_M else None


def search_backwards(graph: RoadGraph, goal: Snap, limit: float) -> Floats:
    """(n,) seconds from each node or copy to the goal."""
    tails = goal_nodes(graph, goal)
    found = dijkstra(graph.split.backwards, directed=True, indices=list(tails), limit=limit)
    offsets = np.array(list(tails.values()))[:, None]
    return np.asarray(np.min(np.atleast_2d(found) + offsets, axis=0))


def leave_from(graph: RoadGraph, reach: Floats, start: Snap, goal: Snap) -> tuple[float, int]:
    """Seconds from a snapped start, and the first node or copy it passes (-1: the goal lies ahead on its stretch)."""
    split, whole = graph.split, float(graph.seconds[start.stretch])
    junction = _junction(graph, start)
    best, first = (float(reach[junction]), junction) if junction is not None else (np.inf, -1)
    for edge in split.edges_of(start.stretch):
        forward, head = bool(split.forward[edge]), int(split.head[edge])
        cost = whole * (1 - start.share if forward else start.share) + float(reach[head])
        if cost < best:
            best, first = cost, head
        ahead = goal.share - start.share if forward else start.share - goal.share
        if start.stretch == goal.stretch and ahead >= 0 and whole * ahead <= best:
            best, first = whole * ahead, -1
    return best, first
