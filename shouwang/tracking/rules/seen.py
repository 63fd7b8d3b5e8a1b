"""The values of the rules: what is seen of a unit, what is watched for it, what was noticed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import shapely


@dataclass(slots=True)  # not frozen: it is made for every fix, and a frozen one costs three times as much
class Sighting:
    """One live fix; `in_duty` is the path of the smallest duty area it lies in."""

    at: dt.datetime
    lon: float
    lat: float
    speed_mps: float | None = None
    battery_share: float | None = None
    in_duty: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a patrol; `key` is what whoever watches calls it."""

    key: str
    lon: float
    lat: float
    radius_m: float = 50.0


@dataclass(frozen=True)
class Fence:
    """Ground with a border: an area by its path, or a shape in degrees."""

    key: str
    path: str = ""
    shape: shapely.Geometry | None = None


@dataclass(frozen=True)
class Watched:
    """What is looked at for one unit."""

    points: tuple[Point, ...] = ()
    fences: tuple[Fence, ...] = ()


@dataclass(frozen=True, slots=True)
class Noticed:
    """`what` is one word of the rule; `key` names the point or fence."""

    what: str
    at: dt.datetime
    key: str = ""


NOTHING_WATCHED = Watched()
Rule = Callable[[Any, Sighting, Watched], tuple[Any, Sequence[Noticed]]]
