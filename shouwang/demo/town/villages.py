"""Villages round a made town: natural villages of a few lanes, each on a spine from the road."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

import shapely

from shouwang.demo.names import Names
from shouwang.demo.town.blocks import Box
from shouwang.demo.town.plan import BANDS, HEIGHT, SOUTH, WIDTH, District, Plan, Xy
from shouwang.demo.town.streets import Edge

HOUSE_M, STEP_M, LANE_M = 11.0, 17.0, 46.0
A_LANE = 20  # houses, ten on each side
OFF_THE_ROAD_M = 60.0


@dataclass
class Hamlet:
    """A natural village: name, middle, its lanes (plan lines) and its houses in order of their numbers."""

    name: str
    middle: Xy
    gate: Edge
    lanes: list[list[Xy]] = field(default_factory=list)
    houses: list[tuple[Box, int]] = field(default_factory=list)


def settle(plan: Plan, one: District, names: Names) -> list[Hamlet]:
    """The natural villages of a village, on both sides of the road through its middle."""
    draw = random.Random(f"{plan.seed}:{one.at}")
    c, r = one.at
    n_hamlets = 3 if one.households > 330 else 2
    road_band = r * BANDS + BANDS // 2
    first = plan.first_line(c)
    hamlets: list[Hamlet] = []
    base, rest = divmod(one.households, n_hamlets)
    named: set[str] = set()
    for n in range(n_hamlets):
        up = 1 if n % 2 == 0 else -1
        x = c * WIDTH + WIDTH * (0.25 + 0.25 * n) + draw.uniform(-40, 40)
        i = next(k for k in range(first + plan.splits[c] - 1, first - 1, -1) if plan.xs[k] <= x)
        name = next(name for name in iter(names.hamlet, "") if name not in named)
        named.add(name)
        hamlets.append(_build(plan, name, (x, plan.y(road_band)), up, ("x", i, road_band), base + (n < rest)))
    return hamlets


def woods_of(plan: Plan) -> Iterator[shapely.Geometry]:
    """Woods in the corners of the villages, in plan metres."""
    draw = random.Random(f"{plan.seed}:woods")
    for one in plan.districts.values():
        if one.kind != "village":
            continue
        c, r = one.at
        for up in (0.14, 0.86):
            x, y = (c + draw.uniform(0.15, 0.85)) * WIDTH, (r + up) * HEIGHT + SOUTH
            rough = [(x + draw.uniform(-160, 160), y + draw.uniform(-110, 110)) for _ in range(9)]
            yield shapely.buffer(shapely.MultiPoint(rough).convex_hull, 40, quad_segs=4)


def _build(plan: Plan, name: str, root: Xy, up: int, gate: Edge, households: int) -> Hamlet:
    x, y0 = root
    n_lanes = -(-households // A_LANE)
    reach = min(OFF_THE_ROAD_M + n_lanes * LANE_M, HEIGHT * 0.45)
    hamlet = Hamlet(name, (x, y0 + up * (OFF_THE_ROAD_M + n_lanes * LANE_M / 2)), gate)
    spine: list[Xy] = [root]
    left = households
    for lane in range(n_lanes):
        y = y0 + up * (OFF_THE_ROAD_M + lane * (reach - OFF_THE_ROAD_M) / max(n_lanes, 1))
        spine.append((x, y))
        half = A_LANE / 4 * STEP_M + 10
        hamlet.lanes += [[(x - half, y), (x, y), (x + half, y)]]
        for n in range(min(left, A_LANE)):
            offset = (n // 4 + 0.5) * STEP_M * (1 if n % 2 == 0 else -1)
            low = y + 5 if n % 4 < 2 else y - 5 - HOUSE_M
            west = x + offset - HOUSE_M / 2
            box = (west, low, west + HOUSE_M, low + HOUSE_M)
            home = not shapely.box(*box).intersects(plan.wet)
            hamlet.houses.append((box, 1)) if home else None
            left -= 1
    lost = households - len(hamlet.houses)
    for n in range(lost):  # those whose plot would lie in the river live with a neighbour
        box, homes = hamlet.houses[n % len(hamlet.houses)]
        hamlet.houses[n % len(hamlet.houses)] = (box, homes + 1)
    hamlet.lanes.insert(0, spine)
    return hamlet
