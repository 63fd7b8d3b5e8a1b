"""A track as it is shown: the stretch of one shift, its line and its gaps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from shouwang.duty.models import Shift
from shouwang.solvers.roads import RoadGraph
from shouwang.tracking.models import Fix
from shouwang.tracking.pipeline.snap import Lay, metres_along, snap_to_roads
from shouwang.tracking.tracks import LONGEST

KEPT = dt.timedelta(days=30)  # PAT-03; what a review holds longer is asked for there
GAP = dt.timedelta(minutes=3)
MOST_ROWS = 120
NARROWEST_DEG = 0.001
DROPPED: dict[str, tuple[Promise, Promise]] = {  # of a file: why a position was not kept, and what helps
    "off_shift": (
        _("Outside the shift"),
        _("That is as it should be. If the shift was longer, have its hours put right first."),
    ),
    "future": (_("Time in the future"), _("Set the clock of the device.")),
    "clock": (_("Clock never set"), _("Let the device take its time from the satellites.")),
    "too_old": (_("Older than 30 days"), _("Tracks are kept no longer; bring files within the week.")),
    "no_time": (_("Without a time"), _("Export the track with times, not a route.")),
    "outside": (_("Outside the town"), _("Check that the device exports WGS-84.")),
    "no_place": (_("No place on Earth"), _("Check the export; latitude and longitude may be swapped.")),
    "no_fix": (_("Before the device knew where it was"), _("Nothing to do.")),
    "garbled": (_("Garbled sentences"), _("Copy the file from the device again.")),
    "repeated": (_p("positions", "Already there"), _("Nothing to do.")),
}


@dataclass(frozen=True)
class Track:
    """`line` is GeoJSON on the roads, one part for each unbroken stretch; `gaps` are (from, to) without a position.

    rows  as they were received; `km` along the line
    """

    n_fixes: int
    rows: Sequence[Fix]
    line: dict[str, Any]
    gaps: list[tuple[dt.datetime, dt.datetime]]
    bounds: tuple[float, float, float, float] | None
    km: float = 0.0

    @property
    def last(self) -> tuple[float, float]:
        return self.rows[-1].lon, self.rows[-1].lat


def stretch_of(shift: Shift, at: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """From sign-on to sign-off, or to now; of a shift that was never ended, its last day."""
    end = min(shift.during.upper or at, at)
    return max(shift.during.lower, end - LONGEST), end


def track_of(fixes: Sequence[Fix], graph: RoadGraph | None) -> Track:
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
    lines = [_on_roads(part, graph) for part in parts if len(part) > 1]
    features = [
        {"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": line}} for line in lines
    ]
    km = sum(metres_along(line, graph.scale) for line in lines) / 1000 if graph else 0.0
    lons, lats = [one.lon for one in fixes], [one.lat for one in fixes]
    wide = NARROWEST_DEG  # a unit that stood still needs some ground around it
    bounds = (min(lons) - wide, min(lats) - wide, max(lons) + wide, max(lats) + wide) if fixes else None
    rows = fixes[:: max(1, -(-len(fixes) // MOST_ROWS))]
    return Track(len(fixes), rows, {"type": "FeatureCollection", "features": features}, gaps, bounds, km)


def _on_roads(part: Sequence[Fix], graph: RoadGraph | None) -> list[tuple[float, float]]:
    return snap_to_roads(graph, [Lay(one.lon, one.lat, one.heading_deg, one.speed_mps) for one in part])
