"""What is known of a day ahead: rosters and changes of the beats themselves, and patrols that were ordered on them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from shouwang.beats.around import Day, Span, day_of, days_of
from shouwang.beats.models import Beat
from shouwang.patrols.models import Leg, State


def days_on(beats: Sequence[Beat], on: dt.date) -> list[Day]:
    """Each beat with its hours of that day that nobody is known for. Three queries, however many beats."""
    return days_of(beats, on, ordered=ordered_on(beats, on))


def ordered_on(beats: Sequence[Beat], on: dt.date) -> dict[Any, list[Span]]:
    """Shifts of patrol orders with somebody on them, by the area of the beat or of its sector. One query."""
    begins, ends = day_of(on)
    areas = {key for one in beats for key in (one.area_id, one.sector_id) if key}
    legs = Leg.objects.filter(order__beat__in=areas, starts_at__lt=ends, ends_at__gt=begins, slots__isnull=False)
    found: dict[Any, list[Span]] = {}
    rows = legs.exclude(order__state=State.NOT_HELD).values_list("order__beat", "starts_at", "ends_at").distinct()
    for area, starts_at, ends_at in rows:
        found.setdefault(area, []).append((starts_at, ends_at))
    return found
