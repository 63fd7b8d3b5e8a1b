"""Arrivals that were stamped while the crew's own track was still far from the place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q

from shouwang.core.geo import metres_between
from shouwang.tracking.models import Fix

FAR_M = 500.0
AROUND = dt.timedelta(seconds=90)
MOST = 300  # the newest: tracks are kept 30 days


@dataclass(frozen=True)
class Arrival:
    """Which crew stamped it when, and where the call was."""

    matter: UUID
    unit: UUID
    at: dt.datetime
    lon: float
    lat: float


def stamped_far(arrivals: Iterable[Arrival]) -> set[UUID]:
    """Matters of those whose crew was more than 500 m away in every fix of 90 seconds around. One query.

    Where there is no fix nothing is said: the stamp stands.
    """
    asked = sorted(arrivals, key=lambda one: one.at, reverse=True)[:MOST]
    if not asked:
        return set()
    around = reduce(or_, (Q(unit=one.unit, at__range=(one.at - AROUND, one.at + AROUND)) for one in asked))
    fixes: dict[UUID, list[tuple[dt.datetime, float, float]]] = {}
    for unit, at, lon, lat in Fix.objects.filter(around).values_list("unit", "at", "lon", "lat"):
        fixes.setdefault(unit, []).append((at, lon, lat))
    return {one.matter for one in asked if _was_far(one, fixes.get(one.unit, []))}


def _was_far(one: Arrival, fixes: list[tuple[dt.datetime, float, float]]) -> bool:
    near = [metres_between(lon, lat, one.lon, one.lat) for at, lon, lat in fixes if abs(at - one.at) <= AROUND]
    return bool(near) and min(near) > FAR_M
