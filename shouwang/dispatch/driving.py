"""How long units need to a place: on the road graph, or as the crow flies where there is none, and it says which."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from shouwang.core.geo import metres_between
from shouwang.places.loading import road_graph
from shouwang.solvers.roads import seconds_to

Point = tuple[float, float]

DETOUR = 1.35  # streets against the crow's flight, in towns. Source: common in siting studies (1.2–1.4)
STRAIGHT_MPS = 25 / 3.6
FOOT_MPS = 1.4
LIMIT_S = 3600.0


@dataclass(frozen=True)
class Drive:
    """Seconds and metres to the place; `by_road` False: a straight line, stretched."""

    seconds: float
    metres: float
    by_road: bool


def drives_to(place: Point, sources: Mapping[UUID, Point]) -> dict[UUID, Drive]:
    """Of each source, by road where the graph knows a way."""
    straight = {key: metres_between(*point, *place) for key, point in sources.items()}
    found = {key: Drive(metres * DETOUR / STRAIGHT_MPS, metres * DETOUR, False) for key, metres in straight.items()}
    seconds = _by_road(place, list(sources.values()))
    for key, taken in zip(sources, seconds, strict=False):
        if math.isfinite(taken):
            found[key] = Drive(taken, straight[key] * DETOUR, True)
    return found


def _by_road(place: Point, sources: list[Point]) -> list[float]:
    """Driving seconds on the graph in use; nothing where there is no graph."""
    graph = road_graph()
    if graph is None or not sources:
        return []
    return [float(seconds) for seconds in seconds_to(graph, place, sources, LIMIT_S)]


def on_foot(metres: float) -> float:
    """Seconds for a foot patrol: it does not drive."""
    return metres / FOOT_MPS
