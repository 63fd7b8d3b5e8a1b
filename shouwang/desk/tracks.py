"""A track as it is shown: the stretch of one shift, its line and its gaps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shouwang.duty.models import Shift
from shouwang.tracking.models import Fix
from shouwang.tracking.tracks import LONGEST

KEPT = dt.timedelta(days=30)  # PAT-03; what a review holds longer is asked for there
GAP = dt.timedelta(minutes=3)
MOST_ROWS = 120
NARROWEST_DEG = 0.001


@dataclass(frozen=True)
class Track:
    """`line` is GeoJSON, one part for each unbroken stretch; `gaps` are (from, to) without a position."""

    n_fixes: int
    rows: Sequence[Fix]
    line: dict[str, Any]
    gaps: list[tuple[dt.datetime, dt.datetime]]
    bounds: tuple[float, float, float, float] | None

    @property
    def last(self) -> tuple[float, float]:
        return self.rows[-1].lon, self.rows[-1].lat


def stretch_of(shift: Shift, at: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """From sign-on to sign-off, or to now; of a shift that was never ended, its last day."""
    end = min(shift.during.upper or at, at)
    return max(shift.during.lower, end - LONGEST), end


def track_of(fixes: Sequence[Fix]) -> Track:
    parts: list[list[Fix]] = []
    gaps = []
    for fix in fixes:
        last = parts[-1][-1] if parts else None
        if last is not None and fix.at - last.at <= GAP:
            parts[-1].append(fix)
            continue
        if last is not None:
            gaps.append((last.at, fix.at))
        parts.append([fix])
    features = [
        {"type": "Feature", "properties": {}, "geometry": {
            "type": "LineString", "coordinates": [[one.lon, one.lat] for one in part]}}
        for part in parts
        if len(part) > 1
    ]  # fmt: skip
    lons, lats = [one.lon for one in fixes], [one.lat for one in fixes]
    wide = NARROWEST_DEG  # a unit that stood still needs some ground around it
    bounds = (min(lons) - wide, min(lats) - wide, max(lons) + wide, max(lats) + wide) if fixes else None
    rows = fixes[:: max(1, -(-len(fixes) // MOST_ROWS))]
    return Track(len(fixes), rows, {"type": "FeatureCollection", "features": features}, gaps, bounds)
