"""The diary of a week: what was closed and walked stands in it by itself; only work beside matters is noted by hand."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.clock import SHANGHAI, local_date
from shouwang.core.problem import Problem
from shouwang.journal.models import Entry
from shouwang.journal.record import record
from shouwang.matters.models import Matter
from shouwang.people.access import Verb, posts_of, require, spans, within
from shouwang.rounds.models import Activity, Outcome, Stop
from shouwang.rounds.works import BY_HAND, WORKS, Work, work_of

WEEK = dt.timedelta(days=7)
BACK = dt.timedelta(days=31)  # work is noted within a month


class WorkUnknown(Problem):
    code, status = "rounds.work", 400
    says = _("Choose a sort of work from the list. What comes of matters stands in the diary by itself.")


class DayWrong(Problem):
    code, status = "rounds.activity_day", 400
    says = _("Work is noted on its day or within a month after it; a day has 1440 minutes.")


@dataclass(frozen=True)
class Line:
    """One line of the diary. `numbers` are the matters behind it."""

    day: dt.date
    work: Work
    n: int
    minutes: int = 0
    person_times: int = 0
    said: str = ""
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Total:
    """Work of one sort over a span: how often, how many person-times, minutes."""

    work: Work
    n: int
    person_times: int
    minutes: int

    @property
    def hours(self) -> float:
        return self.minutes / 60


def note_activity(*, work: str, on: dt.date, minutes: int, by: Actor, at: dt.datetime, **given: Any) -> Activity:
    """Work beside matters, on the ground of one's first post.

    given   n_staff, reached, topic, streets, questions
    Raises  WorkUnknown, DayWrong, NotAllowed
    """
    today = local_date(at)
    if work not in BY_HAND:
        raise WorkUnknown(field="work")
    if not today - BACK <= on <= today or not 1 <= minutes <= 1440:
        raise DayWrong(field="on")
    posts = [post for post in posts_of(by, at) if post.area.duty_path]
    with acting(by):
        require(by, Verb.ROUND_WALK, posts[0].area if posts else None, at)
        area = posts[0].area
        row = Activity.objects.create(
            work=work, on=on, minutes=minutes, area=area, duty_path=area.duty_path, noted_at=at,
            government_path=area.government_path, noted_by=by.person_id, n_staff=max(int(given.get("n_staff") or 1), 1),
            reached=int(given.get("reached") or 0), topic=clean_line(given.get("topic") or "", 80, field="topic"),
            streets=clean_line(given.get("streets") or "", 200, field="streets"),
            questions=clean_line(given.get("questions") or "", 300, field="questions"),
        )  # fmt: skip
        record("activity.note", topic="activity.noted", subject=row, by=by, at=at, area=area, work=work,
               minutes=minutes)  # fmt: skip
    return row


def monday_of(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def week_of(person: UUID, monday: dt.date) -> list[Line]:
    """One person's week, by day."""
    begins = dt.datetime.combine(monday, dt.time(), SHANGHAI)
    lines = [*_closed(person, begins), *_walked(person, begins), *_noted(person, monday)]
    return sorted(lines, key=lambda line: (line.day, line.work.name))


def _closed(person: UUID, begins: dt.datetime) -> Iterator[Line]:
    """Matters that he brought to their end, by day and sort of work."""
    acts = Entry.objects.filter(person=person, topic="matter.done", at__gte=begins, at__lt=begins + WEEK)
    ended = dict(acts.values_list("subject", "at"))
    found: dict[tuple[dt.date, str], list[int]] = defaultdict(list)
    for key, kind, number in Matter.objects.filter(pk__in=ended).values_list("pk", "kind", "number"):
        found[local_date(ended[key]), work_of(kind).name].append(number)
    for (day, name), numbers in found.items():
        yield Line(day, WORKS[name], len(numbers), person_times=len(numbers), numbers=tuple(sorted(numbers)))


def _walked(person: UUID, begins: dt.datetime) -> Iterator[Line]:
    """Stops done on rounds whose matter somebody else closes, or which is still open."""
    stops = Stop.objects.filter(
        round__walker=person, outcome=Outcome.DONE, done_at__gte=begins, done_at__lt=begins + WEEK
    )
    closed = Entry.objects.filter(person=person, topic="matter.done", at__gte=begins, at__lt=begins + WEEK)
    found: dict[tuple[dt.date, str], list[int]] = defaultdict(list)
    for stop in stops.exclude(matter__in=closed.values("subject")):
        assert stop.done_at is not None
        found[local_date(stop.done_at), work_of(stop.kind).name].append(stop.number)
    for (day, name), numbers in found.items():
        yield Line(day, WORKS[name], len(numbers), person_times=len(numbers), numbers=tuple(sorted(numbers)))


def _noted(person: UUID, monday: dt.date) -> Iterator[Line]:
    rows = Activity.objects.filter(noted_by=person, on__gte=monday, on__lt=monday + WEEK)
    for row in rows.order_by("on", "noted_at"):
        said = " · ".join(part for part in (row.topic, row.streets, row.questions) if part)
        yield Line(row.on, WORKS[row.work], 1, row.minutes, row.n_staff, said)


def totals_of(by: Actor, at: dt.datetime, days: int = 30) -> tuple[list[Total], float | None]:
    """Work noted on the ground of `by` in the last so many days, and the share of hours that was not police work."""
    since = local_date(at) - dt.timedelta(days=days)
    rows = Activity.objects.filter(within(spans(by, Verb.ROUND_WALK, at)), on__gte=since)
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in rows:
        one = sums[row.work]
        one[0], one[1], one[2] = one[0] + 1, one[1] + row.n_staff, one[2] + row.minutes * row.n_staff
    found = [Total(WORKS[name], *one) for name, one in sums.items()]
    whole = sum(total.minutes for total in found)
    other = sum(total.minutes for total in found if not total.work.police)
    return sorted(found, key=lambda total: -total.minutes), other / whole if whole else None
