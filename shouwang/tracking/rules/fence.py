"""Rule: a fence was entered or left, or crossed between two fixes that both lie outside. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import shapely

from shouwang.tracking.rules.seen import Fence, Noticed, Sighting, Watched


@dataclass(slots=True)  # not frozen: it is made for every fix, and a frozen one costs three times as much
class Before:
    """`inside` holds only fences that were watched then."""

    lon: float
    lat: float
    inside: dict[str, bool]


def fence(state: Before | None, fix: Sighting, watched: Watched) -> tuple[Before, list[Noticed]]:
    inside = {one.key: _holds(one, fix) for one in watched.fences}
    noticed = []
    for one in watched.fences if state else ():
        was, now = state.inside.get(one.key) if state else None, inside[one.key]
        if was is None:
            continue
        if was != now:
            noticed.append(Noticed("fence_entered" if now else "fence_left", fix.at, one.key))
        elif not now and one.shape is not None and state and _crosses(one.shape, state, fix):
            noticed.append(Noticed("fence_crossed", fix.at, one.key))
    return Before(fix.lon, fix.lat, inside), noticed


def _holds(one: Fence, fix: Sighting) -> bool:
    if one.shape is not None:
        return bool(shapely.intersects_xy(one.shape, fix.lon, fix.lat))
    return fix.in_duty.startswith(one.path)


def _crosses(shape: shapely.Geometry, before: Before, fix: Sighting) -> bool:
    way = shapely.LineString([(before.lon, before.lat), (fix.lon, fix.lat)])
    return bool(shapely.intersects(shape, way))
