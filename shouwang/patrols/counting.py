"""Figures of patrols, counted from who began and what was marked. Nobody types one in."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from shouwang.core.actor import Actor
from shouwang.core.clock import SHANGHAI, local_date
from shouwang.patrols.models import Cover, Mark, Mode, Order, Party, Slot
from shouwang.people.access import Verb, spans, within

MOST_DAYS = 366


@dataclass(frozen=True)
class Period:
    """From a day to a day, both counted; a figure is never told without it."""

    first: dt.date
    last: dt.date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass
class Figures:
    """Of a period.

    heads       day → party → how many different people began at least one patrol (S-PAT-023)
    times       person-times of volunteers: one volunteer on one patrol who marked or began counts once (S-PAT-024)
    minutes     by mode; `on_foot` is told apart      hours by cover and by branch
    """

    period: Period
    heads: dict[dt.date, dict[str, int]] = field(default_factory=dict)
    times: int = 0
    minutes: dict[str, int] = field(default_factory=dict)
    by_cover: dict[str, float] = field(default_factory=dict)
    by_branch: dict[str, float] = field(default_factory=dict)

    @property
    def on_foot(self) -> int:
        return self.minutes.get(Mode.FOOT, 0)

    @property
    def a_day(self) -> float:
        return sum(sum(one.values()) for one in self.heads.values()) / self.period.days


@dataclass(frozen=True)
class OwnHours:
    """Of one volunteer: what a certificate says (VOL-03)."""

    name: str
    times: int
    hours: float


def figures_of(by: Actor, period: Period, at: dt.datetime) -> Figures:
    """On the ground of `by`. Two queries."""
    begins, ends = bounds(period)
    mine = Order.objects.filter(within(spans(by, Verb.PATROL_READ, at)))
    rows = Slot.objects.filter(leg__order__in=mine, on_at__gte=begins, on_at__lt=ends)
    slots = list(rows.select_related("leg__order", "person", "partner"))
    found = Figures(period, heads=heads_of(slots), times=_times(slots))
    minutes: dict[str, float] = defaultdict(float)
    cover: dict[str, float] = defaultdict(float)
    branch: dict[str, float] = defaultdict(float)
    for slot in slots:
        served = slot.served(at)
        minutes[slot.leg.order.mode] += served / dt.timedelta(minutes=1)
        cover[slot.leg.order.cover] += served / dt.timedelta(hours=1)
        if slot.branch:
            branch[slot.branch] += served / dt.timedelta(hours=1)
    found.minutes = {name: round(value) for name, value in minutes.items()}
    found.by_cover = {name: cover.get(name, 0.0) for name in Cover.values}
    found.by_branch = dict(branch)
    return found


def bounds(period: Period) -> tuple[dt.datetime, dt.datetime]:
    begins = dt.datetime.combine(period.first, dt.time(), SHANGHAI)
    return begins, dt.datetime.combine(period.last + dt.timedelta(days=1), dt.time(), SHANGHAI)


def heads_of(slots: Iterable[Slot]) -> dict[dt.date, dict[str, int]]:
    """Different people by day and party; two patrols of one person on one day count once."""
    seen: dict[dt.date, dict[str, set[object]]] = defaultdict(lambda: defaultdict(set))
    for slot in slots:
        assert slot.on_at is not None
        seen[local_date(slot.on_at)][slot.party].add(slot.person_id or slot.partner_id)
    return {day: {party: len(of[party]) for party in Party.values if of[party]} for day, of in sorted(seen.items())}


def _times(slots: Iterable[Slot]) -> int:
    return len({
        (slot.person_id or slot.partner_id, slot.leg.order_id) for slot in slots if slot.party == Party.PEOPLE
    })  # fmt: skip


def hours_of_branches(order: Order, at: dt.datetime) -> list[tuple[str, int, float]]:
    """Branch, people, hours: what each contributed to one order (S-PAT-015)."""
    found: dict[str, list[float]] = defaultdict(lambda: [0, 0.0])
    for slot in Slot.objects.filter(leg__order=order, on_at__isnull=False).exclude(branch=""):
        found[slot.get_branch_display()][0] += 1
        found[slot.get_branch_display()][1] += slot.served(at) / dt.timedelta(hours=1)
    return [(name, int(n), hours) for name, (n, hours) in sorted(found.items())]


def own_hours(by: Actor, period: Period, at: dt.datetime) -> OwnHours:
    """What somebody did himself, for his certificate."""
    begins, ends = bounds(period)
    slots = list(Slot.objects.filter(person=by.person_id, on_at__gte=begins, on_at__lt=ends).select_related("leg"))
    hours = sum((slot.served(at) for slot in slots), dt.timedelta()) / dt.timedelta(hours=1)
    return OwnHours("", len({slot.leg.order_id for slot in slots}), hours)


def seen_points(order: Order) -> dict[object, list[Mark]]:
    """point → its marks, oldest first; None → those of no point. One query."""
    found: dict[object, list[Mark]] = defaultdict(list)
    rows = Mark.objects.filter(slot__leg__order=order).select_related("slot__person", "slot__partner").order_by("at")
    for one in rows:
        found[one.point_id].append(one)
    return found
