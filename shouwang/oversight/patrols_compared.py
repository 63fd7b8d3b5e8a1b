"""Patrol orders of a day beside what became of them: when, how many came, which places were seen. No person, no way."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from shouwang.core.actor import Actor
from shouwang.patrols.models import Mark, Order
from shouwang.people.access import Verb, require, spans, within
from shouwang.places.models import Area


@dataclass(frozen=True)
class PatrolDay:
    """`skipped`: (place, the reason given). `late_min`: begun after its time."""

    order: Order
    n_people: int
    n_came: int
    n_points: int
    n_seen: int
    late_min: int
    skipped: list[tuple[str, str]]


def patrols_of_day(*, area: Area, day: dt.date, by: Actor, at: dt.datetime) -> list[PatrolDay]:
    """Two queries, however many. Raises NotAllowed, NotVisible"""
    require(by, Verb.PAST_REPLAY, area, at)
    paths = [path for path in (area.duty_path, area.government_path) if path]
    rows = Order.objects.filter(within(spans(by, Verb.PAST_REPLAY, at)), within(paths), on=day, starts_at__lte=at)
    orders = list(
        rows.annotate(
            n_people=Count("legs__slots", distinct=True),
            n_came=Count("legs__slots", filter=Q(legs__slots__on_at__isnull=False), distinct=True),
            n_points=Count("points", distinct=True),
            n_seen=Count("points", filter=Q(points__marks__sort="seen"), distinct=True),
        ).order_by("starts_at", "name")
    )
    skipped: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    for mark in Mark.objects.filter(sort="skipped", point__order__in=orders).select_related("point").order_by("at"):
        if mark.point is not None:
            skipped[mark.point.order_id].append((mark.point.label, mark.reason))
    return [
        PatrolDay(one, one.n_people, one.n_came, one.n_points, one.n_seen, _late(one), skipped[one.pk])
        for one in orders
    ]


def _late(order: Order) -> int:
    late = (order.began_at - order.starts_at).total_seconds() if order.began_at else 0
    return max(0, round(late / 60))
