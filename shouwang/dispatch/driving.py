"""How long units need to a place: on the road graph, or as the crow flies where there is none, and it says which."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from shouwang.core.geo import metres_between
from shouwang.solvers.nearest import Approach, Box, approach
from shouwang.solvers.roads import RoadGraph

Point = tuple[float, float]

DETOUR = 1.35  # streets against the crow's flight, in towns. Source: common in siting studies (1.2–1.4)
STRAIGHT_MPS = 25 / 3.6
FOOT_MPS = 1.4
KEPT = 64  # searches, of eight bytes a node each: of as many open calls, whose crews come nearer without a new one
ROUNDS_S = (600.0, 1500.0, 3600.0)  # a search of ten minutes costs a fortieth of one of an hour, and mostly will do


@dataclass(frozen=True)
class Drive:
    """Seconds and metres to the place; `by_road` False: a straight line, stretched."""

    seconds: float
    metres: float
    by_road: bool


@dataclass(frozen=True)
class Round:
    """One look around a place: whoever drives there within `limit_s` stands in `box`. The last one has no box."""

    place: Point
    limit_s: float
    found: Approach | None
    last: bool

    @property
    def box(self) -> Box | None:
        return None if self.last or self.found is None else self.found.box

    def drives(self, sources: Mapping[UUID, Point]) -> dict[UUID, Drive]:
        """Of each source that gets there in time by road; in the last round of the others too, by straight line."""
        taken = self.found.seconds_from(list(sources.values())) if self.found else [math.inf] * len(sources)
        drives = {}
        for (key, point), seconds in zip(sources.items(), taken, strict=True):
            by_road = math.isfinite(seconds)
            if by_road or self.last:
                metres = metres_between(*point, *self.place) * DETOUR
                drives[key] = Drive(float(seconds) if by_road else metres / STRAIGHT_MPS, metres, by_road)
        return drives


def rounds(graph: RoadGraph | None, place: Point) -> Iterator[Round]:
    """Wider and wider looks around a place; the last takes in everybody, wherever he is."""
    if graph is None:
        yield Round(place, math.inf, None, last=True)
        return
    for limit_s in ROUNDS_S:
        yield Round(place, limit_s, _search(graph, place, limit_s), last=limit_s == ROUNDS_S[-1])


@lru_cache(maxsize=KEPT)
def _search(graph: RoadGraph, place: Point, limit_s: float) -> Approach:
    """The ways to a call are the same wherever crews stand: searched once for as long as the roads stay as they are."""
    return approach(graph, place, limit_s)


def on_foot(metres: float) -> float:
    """Seconds of a foot patrol: the graph knows driving times only."""
    return metres / FOOT_MPS
