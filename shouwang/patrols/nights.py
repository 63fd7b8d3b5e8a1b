"""Rest around nights (PAT-09): who had too little of it, or too many nights in a row. A warning, with names."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from shouwang.core.clock import SHANGHAI, local_date
from shouwang.patrols.models import Order, Slot, State

REST = dt.timedelta(hours=11)
MOST_NIGHTS = 3
FROM, TO = dt.time(0, 0), dt.time(5, 0)  # what lies in these hours is a night
AROUND = dt.timedelta(days=10)  # so far nights in a row are counted
LONG_NIGHT = dt.timedelta(hours=2)
Span = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True)
class Tired:
    """`rest` between a night and the next shift, or how many `nights` in a row."""

    name: str
    rest: dt.timedelta | None = None
    nights: int = 0

    @property
    def hours(self) -> float:
        return self.rest / dt.timedelta(hours=1) if self.rest is not None else 0.0


def is_night(span: Span) -> bool:
    """Whether two hours of it, or more, lie between midnight and five."""
    begins, ends = (one.astimezone(SHANGHAI) for one in span)
    found = dt.timedelta()
    day = begins.date()
    while day <= ends.date():
        low = max(begins, dt.datetime.combine(day, FROM, SHANGHAI))
        high = min(ends, dt.datetime.combine(day, TO, SHANGHAI))
        found += max(high - low, dt.timedelta())
        day += dt.timedelta(days=1)
    return found >= LONG_NIGHT


def in_a_row(days: set[dt.date], day: dt.date) -> int:
    """How many nights in a row include `day`."""
    if day not in days:
        return 0
    first, last = day, day
    while first - dt.timedelta(days=1) in days:
        first -= dt.timedelta(days=1)
    while last + dt.timedelta(days=1) in days:
        last += dt.timedelta(days=1)
    return (last - first).days + 1


def tired_of(order: Order) -> list[Tired]:
    """Everybody of the order for whom the rest rules do not hold. Two queries."""
    here = list(Slot.objects.filter(leg__order=order, person__isnull=False).select_related("person", "leg"))
    names = {slot.person_id: slot.name for slot in here}
    spans: dict[UUID | None, list[Span]] = defaultdict(list)
    rows = Slot.objects.filter(
        person__in=list(names), leg__starts_at__lt=order.ends_at + AROUND, leg__ends_at__gt=order.starts_at - AROUND
    )
    for slot in rows.exclude(leg__order__state=State.NOT_HELD).select_related("leg"):
        spans[slot.person_id].append((slot.leg.starts_at, slot.until))
    return [one for person, name in names.items() for one in _tired(name, sorted(spans[person]), order)]


def _tired(name: str, spans: list[Span], order: Order) -> list[Tired]:
    found = []
    nights = {local_date(span[0]) for span in spans if is_night(span)}
    for before, after in itertools.pairwise(spans):
        rest = after[0] - before[1]
        touches = order.starts_at <= before[0] < order.ends_at or order.starts_at <= after[0] < order.ends_at
        if touches and is_night(before) and rest < REST:
            found.append(Tired(name, rest=max(rest, dt.timedelta())))
    longest = max((in_a_row(nights, day) for day in (order.on, order.on + dt.timedelta(days=1))), default=0)
    return [*found, Tired(name, nights=longest)] if longest > MOST_NIGHTS else found
