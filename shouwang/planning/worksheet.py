"""The worksheet of a drawing (S-GRD-007): what work each area would have, how evenly, and who comes to another one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import shapely

from shouwang.places.models import Area
from shouwang.planning.ground import House
from shouwang.planning.keeping import labels_of
from shouwang.planning.reading import Counted, read_counted

MEASURES = ("households", "rentals", "premises", "calls")


@dataclass(frozen=True)
class Work:
    """One area to be: what its addresses, the registers, the map and a year of calls say."""

    households: int = 0
    rentals: int = 0
    premises: int = 0
    calls: int = 0


@dataclass(frozen=True)
class Moved:
    """Addresses that come from one area of today to another."""

    was: str
    becomes: int
    households: int
    labels: list[str]


@dataclass
class Worksheet:
    """`spread`: the largest against the middle one, for each measure; absent where the middle is nothing."""

    rows: list[Work] = field(default_factory=list)
    spread: dict[str, float] = field(default_factory=dict)
    moved: list[Moved] = field(default_factory=list)
    counted: bool = True  # False: no address with households lies here, and the areas keep the numbers they had

    @property
    def changing(self) -> int:
        return sum(one.households for one in self.moved)


def worksheet(
    area: Area, shapes: Sequence[Any], codes: Sequence[str], today: Mapping[str, Any], at: dt.datetime
) -> Worksheet:
    """`shapes` and `today` in degrees; `codes` says which area of today goes on in each shape."""
    counted = read_counted(area, at)
    flat = counted.flat
    planes = [flat.metres(shapely.geometry.mapping(one)) for one in shapes]
    old_codes = list(today)
    old = _which([flat.metres(shapely.geometry.mapping(today[code])) for code in old_codes], counted.houses)
    new = _which(planes, counted.houses)
    sums = {measure: [0] * len(planes) for measure in MEASURES}
    for house, where in zip(counted.houses, new, strict=True):
        if where is not None:
            sums["households"][where] += house.households
    for measure in ("rentals", "premises", "calls"):
        _count(planes, getattr(counted, measure), sums[measure])
    rows = [Work(*(sums[measure][n] for measure in MEASURES)) for n in range(len(planes))]
    sheet = Worksheet(rows, {}, _moved(counted, old, new, old_codes, codes), any(sums["households"]))
    for measure in MEASURES:
        middle = median(sums[measure]) if sums[measure] else 0
        if middle:
            sheet.spread[measure] = round(max(sums[measure]) / middle, 2)
    return sheet


def _which(shapes: Sequence[Any], houses: Sequence[House]) -> list[int | None]:
    """For each house the shape it stands in."""
    found: list[int | None] = [None] * len(houses)
    if shapes and houses:
        points = shapely.points([(one.x, one.y) for one in houses])
        for house, where in shapely.STRtree(list(shapes)).query(points, predicate="intersects").T.tolist():
            found[house] = where
    return found


def _count(shapes: Sequence[Any], points: Sequence[tuple[float, float, int]], sums: list[int]) -> None:
    if shapes and points:
        places = shapely.points([(x, y) for x, y, _ in points])
        for point, where in shapely.STRtree(list(shapes)).query(places, predicate="intersects").T.tolist():
            sums[where] += points[point][2]


def _moved(
    counted: Counted, old: Sequence[int | None], new: Sequence[int | None], old_codes: Sequence[str],
    codes: Sequence[str],
) -> list[Moved]:  # fmt: skip
    groups: dict[tuple[str, int], list[House]] = {}
    for house, was, becomes in zip(counted.houses, old, new, strict=True):
        if was is not None and becomes is not None and old_codes[was] != codes[becomes] and house.households:
            groups.setdefault((old_codes[was], becomes), []).append(house)
    found = [
        Moved(was, becomes, sum(house.households for house in houses), labels_of(houses))
        for (was, becomes), houses in groups.items()
    ]
    return sorted(found, key=lambda one: -one.households)
