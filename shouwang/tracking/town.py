"""The town's ground, kept in memory for ten minutes: its areas, and the box around them all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import shapely

from shouwang.core.geo import bounds_of, polygons_of
from shouwang.places.models import AreaVersion
from shouwang.places.models.area import Layer
from shouwang.tracking.ground import Box, Ground, GroundArea, Grounds

KEPT = dt.timedelta(minutes=10)


@dataclass(frozen=True)
class Town:
    """`box` is west, south, east, north of the duty areas without a parent; None while nothing is drawn."""

    box: Box | None
    grounds: Grounds


_kept: list[tuple[dt.datetime, Town]] = []


def town(at: dt.datetime) -> Town:
    """As it was at most ten minutes ago."""
    if not (_kept and dt.timedelta(0) <= at - _kept[0][0] < KEPT):
        _kept[:] = [(at, _read(at))]
    return _kept[0][1]


def forget_town() -> None:
    _kept.clear()


def _read(at: dt.datetime) -> Town:
    rows = AreaVersion.objects.in_force_at(at).filter(layer__in=[Layer.DUTY, Layer.GOVERNMENT])
    drawn = [one for one in rows.select_related("area") if one.boundary and one.boundary.get("coordinates")]
    duty, government = (
        Ground([
            GroundArea(getattr(one.area, f"{layer.value}_path"), _shape(one.boundary))
            for one in drawn if one.layer == layer
        ])
        for layer in (Layer.DUTY, Layer.GOVERNMENT)
    )  # fmt: skip
    boxes = [bounds_of(one.boundary) for one in drawn if one.layer == Layer.DUTY and one.parent_id is None]
    box = None
    if boxes:
        west, south, east, north = zip(*boxes, strict=True)
        box = (min(west), min(south), max(east), max(north))
    return Town(box, Grounds(duty, government))


def _shape(boundary: dict[str, Any]) -> shapely.Geometry:
    return shapely.MultiPolygon([(rings[0], rings[1:]) for rings in polygons_of(boundary)])
