"""What patrol routes are weighed by: a closed list. Place and hour of what people reported, and nothing else (PAT-07).

No person, no arrest, no stop, no place where police was before: what police found by being there would send it there
again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from shouwang.core import clock
from shouwang.matters.models import Matter
from shouwang.places.models import Area
from shouwang.solvers.walking import Point, straight

REPORTED = ("incident", "hazard", "promise", "trouble")  # kinds that somebody outside reported, or asked for
FIELDS = ("lon", "lat", "opened_at")
OVER = dt.timedelta(weeks=8)
NEAR_M = 150.0


def weights_of(
    places: Sequence[Point], area: Area, starts_at: dt.datetime, ends_at: dt.datetime, at: dt.datetime
) -> list[int]:
    """For each place: reports of eight weeks near it, at the hours of this patrol."""
    hours = _hours(starts_at, ends_at)
    rows = Matter.objects.filter(
        kind__in=REPORTED, duty_path__startswith=area.duty_path, opened_at__gt=at - OVER, opened_at__lte=at,
        lon__isnull=False,
    )  # fmt: skip
    points = [
        (lon or 0.0, lat or 0.0)
        for lon, lat, opened_at in rows.values_list(*FIELDS)
        if opened_at.astimezone(clock.SHANGHAI).hour in hours
    ]
    if not points or not places:
        return [0] * len(places)
    return [int(count) for count in (straight(places, points) <= NEAR_M).sum(axis=1)]


def _hours(starts_at: dt.datetime, ends_at: dt.datetime) -> set[int]:
    hour = starts_at.astimezone(clock.SHANGHAI).replace(minute=0, second=0, microsecond=0)
    found = set()
    while hour < ends_at:
        found.add(hour.hour)
        hour += dt.timedelta(hours=1)
    return found
