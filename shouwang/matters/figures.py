"""Counts by area. A past date is counted on the areas of that date (GRD-12): a re-cut never rewrites a figure."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from shouwang.core.actor import Actor
from shouwang.matters.ground import Ground
from shouwang.matters.models import Matter
from shouwang.people.verbs import Verb
from shouwang.places.models import Area


def opened_by_area(tier: str, start: dt.datetime, end: dt.datetime, *, by: Actor, at: dt.datetime,
                   kind: str = "") -> dict[Area | None, int]:  # fmt: skip
    """Matters opened in [start, end) by area of that tier, on the areas in force at `start`; None: outside, or no tier.

    Joined duplicates count once. Sealed matters are counted only for those who may see them.
    """
    ground = Ground(start)
    found = Matter.objects.visible_to(by, at, Verb.FIGURES_READ).filter(opened_at__gte=start, opened_at__lt=end)
    found = found.filter(merged_into__isnull=True)
    if kind:
        found = found.filter(kind=kind)
    counts: Counter[Area | None] = Counter()
    for lon, lat, area_id in found.values_list("lon", "lat", "area_id").iterator():
        area = ground.smallest_at(lon, lat) if lon is not None and lat is not None else ground.areas.get(area_id)
        counts[ground.of_tier(area, tier)] += 1
    return dict(counts)
