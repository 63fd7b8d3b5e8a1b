"""Rule: a point of the patrol was reached, once until it is left again. Between two fixes it counts too. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass

from shouwang.core.geo import metres_between
from shouwang.tracking.rules.seen import Noticed, Point, Sighting, Watched

LEFT_AT = 1.5  # times the radius: at the edge it would come and go


@dataclass(slots=True)  # not frozen: it is made for every fix, and a frozen one costs three times as much
class Before:
    lon: float
    lat: float
    at_points: frozenset[str]


def point(state: Before | None, fix: Sighting, watched: Watched) -> tuple[Before, list[Noticed]]:
    before = state.at_points if state else frozenset()
    at_points, noticed = set(), []
    for one in watched.points:
        if one.key in before:
            if metres_between(one.lon, one.lat, fix.lon, fix.lat) <= one.radius_m * LEFT_AT:
                at_points.add(one.key)
        elif _passed_m(one, state, fix) <= one.radius_m:
            at_points.add(one.key)
            noticed.append(Noticed("point", fix.at, one.key))
    return Before(fix.lon, fix.lat, frozenset(at_points)), noticed


def _passed_m(one: Point, before: Before | None, fix: Sighting) -> float:
    """How near the straight way from the last fix came to it. On a plane: a few kilometres at most."""
    wide = math.cos(math.radians(one.lat))
    x, y = (fix.lon - one.lon) * wide, fix.lat - one.lat
    share = 0.0
    dx, dy = 0.0, 0.0
    if before is not None:
        dx, dy = (before.lon - fix.lon) * wide, before.lat - fix.lat
        length = dx * dx + dy * dy
        share = min(1.0, max(0.0, -(x * dx + y * dy) / length)) if length else 0.0
    return metres_between(one.lon, one.lat, one.lon + (x + share * dx) / wide, one.lat + y + share * dy)
