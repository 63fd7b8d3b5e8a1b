"""The axis under a replay: a lane for each unit, gaps left empty, matters and messages on lanes of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from shouwang.core.geo import bounds_of
from shouwang.duty.models import Unit
from shouwang.oversight.models import Replay
from shouwang.oversight.pages import Event, Stretches
from shouwang.places.models import Area, AreaVersion

WIDE = 1000.0
LANE = 22
HEAD = 24


@dataclass(frozen=True)
class Bar:
    x: float
    width: float


@dataclass(frozen=True)
class Lane:
    """`bars` are when it reported; where there is none nothing is known."""

    name: str
    y: int
    bars: list[Bar]


@dataclass(frozen=True)
class Mark:
    """A pin (a matter) or a tick (a message)."""

    x: float
    what: str


@dataclass(frozen=True)
class Axis:
    lanes: list[Lane]
    pins: list[Mark]
    ticks: list[Mark]
    hours: list[tuple[float, dt.datetime]]
    height: int


def axis_of(replay: Replay, units: Sequence[Unit], stretches: Stretches, events: Sequence[Event]) -> Axis:
    whole = replay.ends_at - replay.starts_at

    def place(moment: dt.datetime) -> float:
        return round(max(0.0, min(1.0, (moment - replay.starts_at) / whole)) * WIDE, 2)

    lanes = [
        Lane(unit.name, HEAD + LANE * (index + 2), [
            Bar(place(a), max(1.0, round(place(b) - place(a), 2))) for a, b in stretches.get(unit.pk, ())
        ])
        for index, unit in enumerate(units)
    ]  # fmt: skip
    pins = [Mark(place(one.at), one.what) for one in events if one.what == "new"]
    ticks = [Mark(place(one.at), one.what) for one in events if one.what == "message"]
    step = next(one for one in _STEPS if whole / one <= 12)
    first = replay.starts_at.replace(minute=0, second=0, microsecond=0)
    hours, at = [], first
    while at < replay.ends_at:
        if at >= replay.starts_at:
            hours.append((place(at), at))
        at += step
    return Axis(lanes, pins, ticks, hours, HEAD + LANE * (len(lanes) + 2) + 6)


_STEPS = [dt.timedelta(minutes=m) for m in (5, 10, 15, 30, 60, 120)]


def bounds_of_ground(area: Area, at: dt.datetime) -> str:
    """west,south,east,north of the ground as it was then; empty where nobody drew it."""
    rows = AreaVersion.objects.filter(area=area).order_by("-during")
    found = rows.in_force_at(at).first() or rows.first()
    if found is None or not found.boundary.get("coordinates"):
        return ""
    return ",".join(str(round(one, 6)) for one in bounds_of(found.boundary))
