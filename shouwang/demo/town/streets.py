"""Streets of a made town: which edges of the lattice are driven, what they are called, and the network they make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import shapely

from shouwang.demo.names import Names
from shouwang.demo.town.plan import BANDS, HEIGHT, SOUTH, Plan, Xy, ground
from shouwang.places.ground import Ground, GroundFeature, GroundStretch

HALF_WIDTH_M = {"primary": 13.0, "secondary": 10.0, "tertiary": 7.0, "residential": 5.0, "living_street": 3.5}
MAIN = ("primary", "secondary")
OUT_M, WAYS_OUT = 1500, 2_000_000  # how far main roads go on, and the ids of these ways
RUN_DISTRICTS = 2  # after so many districts a line is called something else

# The cast's streets. North–south by (column of districts, line in it); east–west by band of the first row.
ALONG_Y = {
    (-1, 0): "建新路", (-1, 1): "文庙巷", (-1, 2): "染坊巷", (-1, 3): "桥头巷", (0, 0): "中山路", (0, 1): "市场街",
    (0, 2): "书坊巷", (0, 3): "东门路", (0, 4): "磨坊巷", (0, 5): "米市巷", (1, 0): "文昌路",
}  # fmt: skip
ALONG_X = {0: "南塘路", 1: "塘下街", 2: "水门街", 3: "河埠街", 5: "学前街", 6: "书院街", 7: "莲池街", 8: "北门路"}
MID_WEST, MID_EAST = "桥西路", "桥东路"

Edge = tuple[str, int, int]  # "y" or "x", i, j: from node (i, j) northwards or eastwards


@dataclass
class Street:
    """A street of one name: its class, its direction, its edges from start to end.

    `start` is where its numbers begin; east–west streets of the west count away from 中山路.
    """

    name: str
    klass: str
    axis: str
    line: int
    edges: list[Edge] = field(default_factory=list)
    one_way: bool = False
    backwards: bool = False
    key: str = ""


def lay_streets(plan: Plan, names: Names) -> list[Street]:
    """Every street, with its edges in order. Small streets end at the river; main roads have bridges."""
    found: dict[tuple[str, int, int, str], Street] = {}
    for edge, klass in _edges(plan):
        axis, i, j = edge
        run, name = _named(plan, edge)
        key = (axis, i if axis == "y" else j, run, klass)
        street = found.get(key)
        if street is None:
            ending = "路" if klass in MAIN else ("巷" if klass == "residential" and axis == "y" else "街")
            backwards = name == MID_WEST or (axis == "x" and run < 0)
            street = Street(name or names.take(ending), klass, axis, key[1], backwards=backwards)
            street.key, found[key] = f"street:{axis}{key[1]}:{run}:{klass}", street
        street.edges.append(edge)
    streets = list(found.values())
    for n, street in enumerate(streets):
        street.one_way = street.klass == "residential" and not street.name.startswith("桥") and n % 7 == 3
    return streets


def _edges(plan: Plan) -> Iterator[tuple[Edge, str]]:
    """Edges with their class, each line in order along itself."""
    n_lines = len(plan.xs)
    for i in range(n_lines):
        border = i == n_lines - 1 or plan.column(i)[1] == 0
        klass = "primary" if border else ("tertiary" if plan.column(i)[1] % 2 == 0 else "residential")
        for j in plan.bands:
            sides = [one for one in (plan.district(i - 1, j), plan.district(i, j)) if one]
            if sides and (border or sides[0].kind != "village") and _dry(plan, ("y", i, j), klass):
                yield ("y", i, j), klass
    for j in [*plan.bands, plan.bands.stop]:
        klass = ("primary", "residential", "tertiary", "residential", "secondary")[min(j % BANDS, BANDS - j % BANDS)]
        for i in range(n_lines - 1):
            sides = [one for one in (plan.district(i, j - 1), plan.district(i, j)) if one]
            if sides and (klass in MAIN or sides[0].kind != "village") and _dry(plan, ("x", i, j), klass):
                yield ("x", i, j), klass


def _dry(plan: Plan, edge: Edge, klass: str) -> bool:
    return klass in MAIN or not shapely.LineString(ends(plan, edge)).intersects(plan.wet)


def ends(plan: Plan, edge: Edge) -> tuple[Xy, Xy]:
    """Both ends in plan metres."""
    axis, i, j = edge
    start = plan.xs[i], plan.y(j)
    return start, ((plan.xs[i], plan.y(j + 1)) if axis == "y" else (plan.xs[i + 1], plan.y(j)))


def _named(plan: Plan, edge: Edge) -> tuple[int, str]:
    """The run of the line that the edge belongs to, and its name if the cast knows it."""
    axis, i, j = edge
    if axis == "y":
        run = j // BANDS // RUN_DISTRICTS
        return run, ALONG_Y.get(plan.column(i), "") if run == 0 else ""
    c = plan.column(i)[0]
    run = (c + 1) // RUN_DISTRICTS
    if j == BANDS // 2:  # 桥西路 lies west of 中山路, 桥东路 east of it
        run = (c + 1) // RUN_DISTRICTS if c not in (-1, 0) else c * 1000
        return run, {-1: MID_WEST, 0: MID_EAST}.get(c, "")
    return run, ALONG_X.get(j, "") if c in (-1, 0) else ""


@dataclass
class Network:
    """Nodes by their place on the ground, stretches between them; side streets join where they are told to."""

    plan: Plan
    nodes: dict[Xy, int] = field(default_factory=dict)
    stretches: list[GroundStretch] = field(default_factory=list)
    joins: dict[Edge, list[Xy]] = field(default_factory=dict)

    def join(self, edge: Edge, point: Xy) -> None:
        """A side street begins at this plan point of an edge."""
        self.joins.setdefault(edge, []).append(point)

    def points(self, edge: Edge) -> list[Xy]:
        """Plan points of an edge with what joins it, from start to end."""
        start, end = ends(self.plan, edge)
        return [start, *sorted(self.joins.get(edge, [])), end]

    def drive(self, line: list[Xy], klass: str, way: int, one_way: bool = False) -> None:
        """Stretches along ground points."""
        ids = [self.nodes.setdefault(point, len(self.nodes)) for point in line]
        pairs = pairwise(ids)
        self.stretches += [GroundStretch(a, b, klass, one_way, None, way) for a, b in pairs if a != b]

    def write(self, ground_: Ground) -> None:
        ground_.nodes = list(self.nodes)
        ground_.stretches = self.stretches
        ground_.bans = list(_bans(ground_))


def draw_streets(network: Network, streets: list[Street], ground_: Ground) -> None:
    """Each street on the map, broken where the river breaks it, and into the network."""
    for way, street in enumerate(streets, start=1):
        line: list[Xy] = []
        pieces: list[list[Xy]] = []
        for edge in street.edges:
            points = network.points(edge)
            if line and line[-1] == points[0]:
                line += points[1:]
            else:
                line = list(points)
                pieces.append(line)
        for piece in pieces:
            on_ground = [ground(*point) for point in piece]
            network.drive(on_ground, street.klass, way, street.one_way)
            geometry = {"type": "LineString", "coordinates": [list(point) for point in on_ground]}
            ground_.features.append(GroundFeature("road", street.klass, geometry, street.name, way))


def draw_ways_out(network: Network, streets: list[Street], ground_: Ground) -> None:
    """Main roads go on beyond the last district: a town is no island."""
    starts = {(street.axis, node) for street in streets if street.klass == "primary" for node in _nodes(street)}
    for (axis, (i, j)), way in zip(sorted(starts), range(WAYS_OUT, WAYS_OUT + len(starts)), strict=True):
        dx, dy = (0, 1) if axis == "y" else (1, 0)
        before, after = (axis, (i - dx, j - dy)) in starts, (axis, (i + dx, j + dy)) in starts
        if before == after:
            continue
        sign = 1 if before else -1
        x, y = network.plan.xs[i], network.plan.y(j)
        line = [ground(x + dx * sign * step, y + dy * sign * step) for step in range(0, OUT_M + 1, OUT_M // 6)]
        network.drive(line, "primary", way)
        geometry = {"type": "LineString", "coordinates": [list(point) for point in line]}
        ground_.features.append(GroundFeature("road", "primary", geometry, "", way))


def _nodes(street: Street) -> Iterator[tuple[int, int]]:
    for axis, i, j in street.edges:
        yield i, j
        yield (i, j + 1) if axis == "y" else (i + 1, j)


def _bans(ground_: Ground) -> Iterator[tuple[int, int, int]]:
    """No left turns out of main roads at every eleventh crossing of two of them."""
    at: dict[int, list[int]] = {}
    for n, stretch in enumerate(ground_.stretches):
        if stretch.klass == "primary":
            at.setdefault(stretch.a, []).append(n)
            at.setdefault(stretch.b, []).append(n)
    crossings = [(node, found) for node, found in at.items() if len(found) == 4]
    for node, found in crossings[5::11]:
        for into in found:
            yield from ((into, node, out) for out in found if out != into and _is_left(ground_, into, node, out))


def _is_left(ground_: Ground, into: int, node: int, out: int) -> bool:
    def far(n: int) -> Xy:
        one = ground_.stretches[n]
        return ground_.nodes[one.b if one.a == node else one.a]

    here, before, after = ground_.nodes[node], far(into), far(out)
    in_x, in_y = here[0] - before[0], here[1] - before[1]
    out_x, out_y = after[0] - here[0], after[1] - here[1]
    cross = in_x * out_y - in_y * out_x
    return cross > abs(in_x * out_x + in_y * out_y)


def crossings(plan: Plan, streets: list[Street]) -> Iterator[tuple[str, str, Xy]]:
    """(one street, the other, plan point) wherever two named streets meet."""
    first: dict[tuple[int, int], dict[str, Street]] = {}
    for street in streets:
        for node in _nodes(street):
            first.setdefault(node, {})[street.axis] = street
    for (i, j), both in first.items():
        if len(both) == 2:
            yield both["y"].name, both["x"].name, (plan.xs[i], SOUTH + j * HEIGHT / BANDS)
