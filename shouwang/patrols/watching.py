"""What is looked at in the positions of a crew on patrol: the points of its order, and night zones that are open now.

Asked for every position, so it answers from memory; what it knows is at most a quarter of a minute old.
"""

from __future__ import annotations

import time
from collections import defaultdict
from typing import Any
from uuid import UUID

import shapely
import shapely.geometry

from shouwang.beats.models import NightZone
from shouwang.core import clock
from shouwang.core.clock import SHANGHAI
from shouwang.patrols.models import Point, Slot, State
from shouwang.tracking.pipeline.notice import watches
from shouwang.tracking.rules import NOTHING_WATCHED, Fence, Watched
from shouwang.tracking.rules import Point as WatchedPoint

KEPT_S = 15.0

_kept: list[tuple[float, dict[UUID, Watched]]] = []


@watches
def of_a_patrol(unit: UUID) -> Watched:
    """Nothing for a crew that is on no patrol."""
    now = time.monotonic()
    if not _kept or now - _kept[0][0] > KEPT_S:
        _kept[:] = [(now, _read())]
    return _kept[0][1].get(unit, NOTHING_WATCHED)


def forget_patrols() -> None:
    _kept.clear()


def _read() -> dict[UUID, Watched]:
    """By unit. Three queries."""
    slots = Slot.objects.filter(leg__order__state=State.ON_DUTY, on_at__isnull=False, off_at__isnull=True)
    orders = dict(slots.filter(unit__isnull=False).values_list("unit", "leg__order"))
    points: dict[UUID, list[WatchedPoint]] = defaultdict(list)
    for key, order, lon, lat in Point.objects.filter(order__in=set(orders.values())).values_list(
        "pk", "order", "lon", "lat"
    ):
        points[order].append(WatchedPoint(str(key), lon, lat))
    hour = clock.now().astimezone(SHANGHAI).time()
    zones = [one for one in NightZone.objects.filter(closed_at__isnull=True) if one.open_at(hour)] if orders else []
    fences = tuple(Fence(str(one.pk), shape=_shape(one.boundary)) for one in zones)
    return {unit: Watched(tuple(points[order]), fences) for unit, order in orders.items()}


def _shape(boundary: dict[str, Any]) -> shapely.Geometry:
    shape = shapely.geometry.shape(boundary)
    shapely.prepare(shape)
    return shape
