"""How many visits were done, by day, way and staff: for planning hours, never as a number to reach (IND-06)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from django.utils.functional import Promise

from shouwang.core.actor import Actor
from shouwang.core.clock import local_date
from shouwang.journal.models import Entry
from shouwang.kinds.visit.words import CHANNELS
from shouwang.matters.models import Matter
from shouwang.people.models import Person

DAYS = 30


@dataclass
class Day:
    """One day's visits that were done."""

    day: dt.date
    n: int = 0
    by_channel: Counter[str] = field(default_factory=Counter)
    by_staff: Counter[str] = field(default_factory=Counter)

    @property
    def channels(self) -> list[tuple[Promise | str, int]]:
        return [(CHANNELS.get(name, name), n) for name, n in self.by_channel.most_common()]

    @property
    def staff(self) -> list[tuple[str, int]]:
        return self.by_staff.most_common()


def days_of(by: Actor, at: dt.datetime, days: int = DAYS) -> list[Day]:
    """The last so many days on the ground of `by`, newest first; days without a visit are left out."""
    seen = Matter.objects.visible_to(by, at).filter(kind="visit", outcome="met", closed_at__gte=at - dt.timedelta(days))
    rows = {row.pk: row for row in seen.only("pk", "channel", "closed_at")}
    acts = Entry.objects.filter(subject__in=rows, verb="visit.meet")
    who = dict(acts.values_list("subject", "person"))
    names = dict(Person.objects.filter(pk__in={one for one in who.values() if one}).values_list("pk", "name"))
    found: dict[dt.date, Day] = {}
    for key, row in rows.items():
        assert row.closed_at is not None
        on = local_date(row.closed_at)
        day = found.setdefault(on, Day(on))
        day.n += 1
        day.by_channel[row.channel] += 1
        person = who.get(key)
        if person in names:
            day.by_staff[names[person]] += 1
    return sorted(found.values(), key=lambda one: one.day, reverse=True)
