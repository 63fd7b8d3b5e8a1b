"""The box around the town's ground, kept in memory for ten minutes: a position far outside is an error."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from shouwang.places.models import AreaVersion
from shouwang.places.models.area import Layer
from shouwang.tracking.pipeline.passing import Box

KEPT = dt.timedelta(minutes=10)
_kept: list[tuple[dt.datetime, Box | None]] = []


def town_box(at: dt.datetime) -> Box | None:
    """West, south, east, north of the duty areas without a parent; None while nothing is drawn."""
    if _kept and dt.timedelta(0) <= at - _kept[0][0] < KEPT:
        return _kept[0][1]
    roots = AreaVersion.objects.in_force_at(at).filter(layer=Layer.DUTY, parent__isnull=True)
    corners = [corner for boundary in roots.values_list("boundary", flat=True) for corner in _corners(boundary)]
    box = None
    if corners:
        lons, lats = [lon for lon, _ in corners], [lat for _, lat in corners]
        box = (min(lons), min(lats), max(lons), max(lats))
    _kept[:] = [(at, box)]
    return box


def forget_town() -> None:
    _kept.clear()


def _corners(boundary: Any) -> Iterator[tuple[float, float]]:
    """All positions of a GeoJSON shape, however deep its rings lie."""
    stack = [(boundary or {}).get("coordinates", [])]
    while stack:
        part = stack.pop()
        if part and isinstance(part[0], int | float):
            yield float(part[0]), float(part[1])
        else:
            stack.extend(part)
