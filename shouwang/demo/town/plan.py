"""The plan of a made town: a lattice of districts, its street lines, the river, and how it lies on the ground.

x east, y north, in metres from the crossing of 中山路 and 桥西路. A district is a community or a village; the first two
are the cast's 桥西 and 河埠, the others follow on a spiral: neighbours in the list are neighbours on the ground.
"""

from __future__ import annotations

import math
import random
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import shapely

Xy = tuple[float, float]
Key = tuple[int, int]

ORIGIN = (111.430, 27.690)
METRES_LAT = 110_850.0  # of a degree at 27.7° north
METRES_LON = 98_640.0
WIDTH, HEIGHT = 0.012 * METRES_LON, 0.016 * METRES_LAT
BANDS = 8  # street lines from south to north in a district
SOUTH = -HEIGHT / 2  # the first row of districts lies on both sides of 桥西路
TILT = math.radians(4)
RIVER_HALF_M = 42.0
PER_HOUSEHOLD = 2.8
RURAL_SHARE = 0.1
DISTRICTS_A_STATION = 6


@dataclass(frozen=True)
class District:
    """A community or village: its place on the lattice, its grids (columns × rows) and the households of each."""

    at: Key
    kind: str  # urban, estate (one big estate), village
    name: str
    columns: int
    rows: int
    grids: tuple[int, ...]  # households, north-west first
    group: int  # which station and township it belongs to
    serial: int  # third segment of its code

    @property
    def households(self) -> int:
        return sum(self.grids)


@dataclass(frozen=True)
class Plan:
    seed: int
    districts: dict[Key, District]
    splits: dict[int, int] = field(default_factory=dict)  # street columns in each column of districts

    @cached_property
    def xs(self) -> list[float]:
        """Every north–south street line, west to east."""
        columns = sorted({c for c, _ in self.districts})
        lines = [c * WIDTH + k * WIDTH / self.splits[c] for c in columns for k in range(self.splits[c])]
        return [*lines, (columns[-1] + 1) * WIDTH]

    @cached_property
    def bands(self) -> range:
        rows = sorted({r for _, r in self.districts})
        return range(rows[0] * BANDS, (rows[-1] + 1) * BANDS)

    def y(self, j: int) -> float:
        return SOUTH + j * HEIGHT / BANDS

    def column(self, i: int) -> tuple[int, int]:
        """Column of districts, and place in it, of street line `i`."""
        c = math.floor(self.xs[i] / WIDTH + 1e-6)
        return c, round((self.xs[i] - c * WIDTH) * self.splits.get(c, 1) / WIDTH)

    def first_line(self, c: int) -> int:
        return bisect_right(self.xs, c * WIDTH + 1e-6) - 1

    def district(self, i: int, j: int) -> District | None:
        """The district of cell (i, j); None outside the town."""
        if not 0 <= i < len(self.xs) - 1:
            return None
        return self.districts.get((self.column(i)[0], j // BANDS))

    def cells(self, one: District) -> Iterator[Key]:
        c, r = one.at
        first = self.first_line(c)
        for j in range(r * BANDS, (r + 1) * BANDS):
            yield from ((i, j) for i in range(first, first + self.splits[c]))

    def grid_of(self, one: District, i: int, j: int) -> int:
        """Which grid of its district a cell lies in: west to east, north to south (GRD-05)."""
        c, r = one.at
        column = (i - self.first_line(c)) * one.columns // self.splits[c]
        row = one.rows - 1 - (j - r * BANDS) * one.rows // BANDS
        return row * one.columns + column

    def rectangle(self, i: int, j: int) -> tuple[float, float, float, float]:
        return self.xs[i], self.y(j), self.xs[i + 1], self.y(j + 1)

    @cached_property
    def course(self) -> list[Xy]:
        """The middle of the river, every 25 metres."""
        west, east = self.xs[0] - 1600, self.xs[-1] + 1600
        return [(west + n * 25, river_y(west + n * 25)) for n in range(int((east - west) / 25) + 2)]

    @cached_property
    def river(self) -> shapely.Polygon:
        return shapely.Polygon(
            shapely.get_coordinates(shapely.buffer(shapely.LineString(self.course), RIVER_HALF_M, cap_style="flat"))
        )

    @cached_property
    def wet(self) -> shapely.Polygon:
        """The river with its banks: nothing is built here."""
        wet = shapely.Polygon(shapely.get_coordinates(shapely.simplify(shapely.buffer(self.river, 14), 2)))
        shapely.prepare(wet)
        return wet


def river_y(x: float) -> float:
    """青溪 comes from the north-west, turns south round 桥西, and leaves to the east."""
    return -200 - 330 * math.tanh((x + 480) / 330) + 60 * math.sin(x / 900)


def ground(x: float, y: float) -> Xy:
    """Lon, lat of a plan point: turned a little and gently bent, as old towns are."""
    x, y = x + 12 * math.sin(y / 430), y + 14 * math.sin(x / 510)
    east = x * math.cos(TILT) - y * math.sin(TILT)
    north = x * math.sin(TILT) + y * math.cos(TILT)
    return round(ORIGIN[0] + east / METRES_LON, 7), round(ORIGIN[1] + north / METRES_LAT, 7)


def on_ground(shape: shapely.Geometry) -> shapely.Geometry:
    """A shape in plan metres as it lies on the ground."""
    return shapely.transform(shape, lambda points: np.array([ground(x, y) for x, y in points]))


def spiral() -> Iterator[Key]:
    """(-1, 0), (0, 0), then round them."""
    c, r = -1, 0
    yield c, r
    step, heading = 1, 0
    while True:
        for _ in range(2):
            dc, dr = ((1, 0), (0, 1), (-1, 0), (0, -1))[heading % 4]
            for _ in range(step):
                c, r = c + dc, r + dr
                yield c, r
            heading += 1
        step += 1


def make_plan(residents: int, seed: int, names: Iterator[tuple[str, str]]) -> Plan:
    """Districts until the residents are housed. `names` gives (name of a community, name of a village) in turn."""
    draw = random.Random(f"{seed}:plan")
    wanted = round(residents / PER_HOUSEHOLD)
    urban = round(wanted * (1 - RURAL_SHARE))
    path = spiral()
    made = [
        District(next(path), "urban", "桥西社区", 2, 2, (380, 410, 360, 410), 0, 1),
        District(next(path), "urban", "河埠社区", 3, 1, (390, 350, 390), 0, 2),
    ]
    splits = {-1: 4, 0: 6}
    while (housed := sum(one.households for one in made)) < wanted:
        n = len(made)
        at = next(path)
        splits.setdefault(at[0], draw.choice((4, 6)))
        community, village = next(names)
        if housed < urban:
            made.append(_community(draw, at, splits[at[0]], n, community))
        else:
            households = min(draw.randint(300, 480), max(wanted - housed, 150))
            serial = 200 + n % DISTRICTS_A_STATION
            made.append(District(at, "village", village, 1, 1, (households,), n // DISTRICTS_A_STATION, serial))
    return Plan(seed, {one.at: one for one in made}, splits)


def _community(draw: random.Random, at: Key, split: int, n: int, name: str) -> District:
    big = n % 9 == 4
    columns, rows = (3, 2) if split == 6 else ((2, 2) if not big else (2, 4))
    grids = tuple(draw.randint(455, 475) if big else draw.randint(320, 480) for _ in range(columns * rows))
    group, serial = n // DISTRICTS_A_STATION, 1 + n % DISTRICTS_A_STATION
    return District(at, "estate" if big else "urban", name, columns, rows, grids, group, serial)
