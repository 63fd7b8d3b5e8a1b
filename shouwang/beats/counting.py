"""What was covered in a window of a day: from tracks while they are kept, then only the row of the beat (PAT-03)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from shapely.geometry import shape

from shouwang.beats.cover import cap_of, in_view, passes, visits, walked, ways_of
from shouwang.beats.models import Beat, CheckIn, Covered, Window
from shouwang.core.clock import SHANGHAI, local_date
from shouwang.places.models import AreaVersion
from shouwang.places.models.area import Layer
from shouwang.tracking.models import Fix
from shouwang.tracking.rules.seen import Point as Watched
from shouwang.tracking.rules.seen import Sighting

BACK_DAYS = 3  # a night that ended late, and days on which the job did not run
BESIDE_DEG = 0.002  # fixes a little beside the ground show how it was entered


def count_days(at: dt.datetime, back: int = BACK_DAYS) -> int:
    """Write every window that ended in the last days, long before the tracks go; how many rows."""
    counted = 0
    for beat in Beat.objects.filter(ended_at=None).order_by("pk"):
        for n in range(1, back + 1):
            on = local_date(at) - dt.timedelta(days=n)
            for window in beat.windows.filter(ended_at=None):
                if window.on(on, SHANGHAI)[1] <= at:
                    with transaction.atomic():
                        count_window(beat, window, on, at)
                    counted += 1
    return counted


def count_window(beat: Beat, window: Window, on: dt.date, at: dt.datetime) -> Covered:
    """One row: planned beside actual. Counted anew it replaces what was counted before."""
    begins, ends = window.on(on, SHANGHAI)
    version = AreaVersion.objects.in_force_at(at).filter(area=beat.area_id, layer=Layer.FREE).first()
    ways = ways_of(_fixes(version.boundary, begins, ends)) if version else []
    points = list(beat.points.filter(ended_at=None))
    seen = visits([Watched(str(one.pk), one.lon, one.lat, one.radius_m) for one in points], ways)
    by_track = {key for key, times in seen.items() if times}
    codes = CheckIn.objects.filter(point__in=points, at__gte=begins, at__lt=ends).values_list("point", flat=True)
    by_code = {str(key) for key in codes} - by_track
    lines = [walked(one.line, ways) for one in beat.stretches.filter(ended_at=None)]
    grounds = [in_view(one.boundary, ways, one.view_m) for one in beat.surfaces.filter(ended_at=None)]
    told = {
        "beat": beat, "min_passes": window.min_passes, "passes": passes(version.boundary, ways) if version else 0,
        "points": len(points), "points_seen": len(by_track | by_code), "points_by_code": len(by_code),
        "metres": round(sum(one.whole for one in lines)), "metres_walked": round(sum(one.done for one in lines)),
        "square_m": round(sum(one.whole for one in grounds)),
        "square_m_seen": round(sum(one.done for one in grounds)), "counted_at": at,
    }  # fmt: skip
    row, _new = Covered.objects.update_or_create(window=window, on=on, defaults=told)
    return row


def newest_counts(beats: Sequence[Beat], on: dt.date) -> dict[Any, list[Covered]]:
    """Rows of that day by beat. One query."""
    found: dict[Any, list[Covered]] = {}
    rows = Covered.objects.filter(beat__in=beats, on=on).select_related("window").order_by("window__begins")
    for row in rows:
        found.setdefault(row.beat_id, []).append(row)
    return found


def caps_of(beat: Beat, on: dt.date) -> list[tuple[Covered, float]]:
    """Each window counted that day, with the passes its cap comes to: k times the share of its floor (PAT-06).

    All are those of the windows of the same office on that day. A cap is never below its floor. One query.
    """
    rows = list(Covered.objects.filter(beat__duty_path=beat.duty_path, on=on).select_related("window"))
    floor, walked_in_all = sum(one.min_passes for one in rows), sum(one.passes for one in rows)
    own = sorted((one for one in rows if one.beat_id == beat.pk), key=lambda one: one.window.begins)
    return [(one, max(one.min_passes, cap_of(one.min_passes, floor, walked_in_all, beat.cap_times))) for one in own]


def _fixes(boundary: dict[str, Any], begins: dt.datetime, ends: dt.datetime) -> list[tuple[str, Sighting]]:
    west, south, east, north = shape(boundary).bounds
    rows = Fix.objects.filter(
        at__gte=begins, at__lt=ends, lon__range=(west - BESIDE_DEG, east + BESIDE_DEG),
        lat__range=(south - BESIDE_DEG, north + BESIDE_DEG),
    ).values_list("unit", "at", "lon", "lat")  # fmt: skip
    return [(str(unit), Sighting(seen_at, lon, lat)) for unit, seen_at, lon, lat in rows]
