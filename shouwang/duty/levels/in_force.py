"""Which orders count: seen by somebody, over a piece of ground, on the days of a roster."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Q, QuerySet

from shouwang.core.actor import Actor
from shouwang.core.clock import SHANGHAI
from shouwang.duty.models import DutyLevel, LevelOrder
from shouwang.people.access import NotVisible, Verb, paths_of, spans, within
from shouwang.places.models import Area


def visible_orders(by: Actor, at: dt.datetime) -> QuerySet[LevelOrder]:
    """Orders of the ground of `by`, and those from above that cover it; the newest first."""
    paths = spans(by, Verb.ROSTER_READ, at)
    seen = LevelOrder.objects.filter(within(paths) | covering(paths))
    return seen.select_related("level", "area", "renews").order_by("-number")


def visible_order(key: UUID, by: Actor, at: dt.datetime) -> LevelOrder:
    """Raises NotVisible."""
    found = visible_orders(by, at).filter(pk=key).first()
    if found is None:
        raise NotVisible
    return found


def orders_over(area: Area, start: dt.datetime, end: dt.datetime) -> list[LevelOrder]:
    """Approved orders whose ground holds this area, at any time in between; the highest level first."""
    rows = LevelOrder.objects.in_force_within(start, end).filter(covering(paths_of(area)))
    return list(rows.select_related("level", "area").order_by("level__number", "number"))


def order_over(area: Area, at: dt.datetime) -> LevelOrder | None:
    """The one that counts for this area now: the highest level."""
    rows = LevelOrder.objects.in_force_at(at).filter(covering(paths_of(area)))
    return rows.select_related("level", "area").order_by("level__number", "number").first()


def standing_level() -> DutyLevel | None:
    """The one that holds where nothing was ordered."""
    return DutyLevel.objects.filter(standing=True).order_by("-number").first()


def order_of_days(area: Area, first_on: dt.date, days: int) -> LevelOrder | None:
    """The highest order that touches these days: its rest rules are those of a roster made for them."""
    orders = orders_over(area, *stretch(first_on, days))
    return orders[0] if orders else None


def stretch(first_on: dt.date, days: int) -> tuple[dt.datetime, dt.datetime]:
    """From midnight to midnight."""
    start = dt.datetime.combine(first_on, dt.time(), SHANGHAI)
    return start, start + dt.timedelta(days=days)


def covering(paths: tuple[str, ...]) -> Q:
    """Rows whose ground holds one of these paths."""
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(duty_path__in=_upwards(path)) | Q(government_path__in=_upwards(path))
    return found


def _upwards(path: str) -> list[str]:
    """`/1/2/` → `/1/`, `/1/2/`."""
    parts = [part for part in path.split("/") if part]
    return ["/" + "/".join(parts[: n + 1]) + "/" for n in range(len(parts))]
