"""Rules: it stands. `stop` after ten minutes, `no_movement` after forty, each once until it moves on. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from shouwang.core.geo import metres_between
from shouwang.tracking.rules.seen import Noticed, Sighting, Watched

STANDS_WITHIN_M = 60.0  # two poor fixes of a parked car differ so much
STOP_AFTER = dt.timedelta(minutes=10)
WORRY_AFTER = dt.timedelta(minutes=40)


@dataclass(frozen=True, slots=True)
class Standing:
    """Since when it has been about here, and whether that was told."""

    since: dt.datetime
    lon: float
    lat: float
    told: bool = False


Standings = tuple[Standing, list[Noticed]]


def stop(state: Standing | None, fix: Sighting, watched: Watched) -> Standings:
    return _stands(state, fix, "stop", STOP_AFTER)


def no_movement(state: Standing | None, fix: Sighting, watched: Watched) -> Standings:
    return _stands(state, fix, "no_movement", WORRY_AFTER)


def _stands(state: Standing | None, fix: Sighting, what: str, after: dt.timedelta) -> Standings:
    if state is None or metres_between(state.lon, state.lat, fix.lon, fix.lat) > STANDS_WITHIN_M:
        return Standing(fix.at, fix.lon, fix.lat), []
    if state.told or fix.at - state.since < after:
        return state, []
    return replace(state, told=True), [Noticed(what, fix.at)]
