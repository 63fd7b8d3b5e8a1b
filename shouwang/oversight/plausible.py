"""What cannot both be so: times noted beside where the unit was. Pure; the limits are given, nothing is judged here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shouwang.core.geo import metres_between


@dataclass(frozen=True)
class Limits:
    """far_m        an arrival noted farther from the place than this
    walk_mps     from visit to visit faster than this
    apart_m      a visit noted while one's unit reported from farther away than this
    within       how far in time a position may lie from what it is set beside
    accuracy_m   a position vaguer than this says nothing
    """

    far_m: float = 500.0
    walk_mps: float = 2.5
    apart_m: float = 800.0
    within: dt.timedelta = dt.timedelta(seconds=90)
    accuracy_m: float = 150.0


@dataclass(frozen=True)
class Spot:
    """Where something was, or is said to have been, at an instant."""

    at: dt.datetime
    lon: float
    lat: float
    accuracy_m: float | None = None


Facts = dict[str, float]


def arrival_far(place: Spot, track: Sequence[Spot], limits: Limits) -> Facts | None:
    """The nearest position around a noted arrival lies beyond the limit, its own vagueness taken off."""
    near = [metres - _vague(one) for one, metres in _around(place, track, limits)]
    if not near or min(near) <= limits.far_m:
        return None
    return {"metres": round(min(near)), "limit": limits.far_m, "n_positions": len(near)}


def too_fast(visits: Sequence[Spot], limits: Limits) -> Iterator[tuple[int, Facts]]:
    """The later of two visits in a row between which nobody walks that fast; its index and what stands beside what."""
    for index in range(1, len(visits)):
        before, after = visits[index - 1], visits[index]
        seconds = (after.at - before.at).total_seconds()
        metres = metres_between(before.lon, before.lat, after.lon, after.lat)
        if seconds >= 0 and metres > limits.walk_mps * max(seconds, 1.0) and metres > limits.accuracy_m:
            yield index, {"metres": round(metres), "seconds": round(seconds), "limit": limits.walk_mps}


def apart(visit: Spot, track: Sequence[Spot], limits: Limits) -> Facts | None:
    """A visit was noted while the unit one was on reported from elsewhere."""
    near = [metres - _vague(one) for one, metres in _around(visit, track, limits)]
    if not near or min(near) <= limits.apart_m:
        return None
    return {"metres": round(min(near)), "limit": limits.apart_m, "n_positions": len(near)}


def _around(place: Spot, track: Sequence[Spot], limits: Limits) -> Iterator[tuple[Spot, float]]:
    for one in track:
        if abs(one.at - place.at) <= limits.within and _vague(one) <= limits.accuracy_m:
            yield one, metres_between(one.lon, one.lat, place.lon, place.lat)


def _vague(one: Spot) -> float:
    return one.accuracy_m or 0.0
