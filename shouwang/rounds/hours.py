"""Hours on rounds and on duty, by person and day, and where rest came short: told to who leads, not praised.

From the duty log and the rounds alone: no position is read.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shouwang.core.actor import Actor
from shouwang.core.clock import local_date
from shouwang.duty.models import Crew
from shouwang.people.access import Verb, reaches, spans
from shouwang.people.models import Person, Post
from shouwang.rounds.models import Round

MOST_A_DAY = dt.timedelta(hours=11)
REST = dt.timedelta(hours=11)  # PAT-09
DAYS = 14

Span = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True)
class DayOfWork:
    """One person's day. `walked` is part of `worked`; `over`: beyond 11 hours; `rest` before it, if known."""

    person: Person
    day: dt.date
    begins: dt.datetime
    ends: dt.datetime
    worked: dt.timedelta
    walked: dt.timedelta
    rest: dt.timedelta | None

    @property
    def over(self) -> bool:
        return self.worked > MOST_A_DAY

    @property
    def short_rest(self) -> bool:
        return self.rest is not None and self.rest < REST

    @property
    def hours(self) -> float:
        return self.worked / dt.timedelta(hours=1)

    @property
    def hours_walked(self) -> float:
        return self.walked / dt.timedelta(hours=1)


def days_of_work(by: Actor, at: dt.datetime, days: int = DAYS) -> list[DayOfWork]:
    """The last so many days: of everybody whose shifts `by` writes, else his own. The newest day first."""
    since = at - dt.timedelta(days=days)
    people = _people(by, at)
    duty: dict[object, list[Span]] = defaultdict(list)
    walks: dict[object, list[Span]] = defaultdict(list)
    for crew in Crew.objects.filter(person__in=people, during__overlap=(since, at)):
        duty[crew.person_id].append((crew.during.lower, crew.during.upper or at))
    for row in Round.objects.filter(walker__in=people, begun_at__gte=since):
        assert row.begun_at is not None
        walks[row.walker_id].append((row.begun_at, row.ended_at or at))
    found = [
        day for person in people for day in _days(person, duty[person.pk], walks[person.pk]) if day.begins >= since
    ]
    return sorted(found, key=lambda one: (one.day, one.hours), reverse=True)


def _people(by: Actor, at: dt.datetime) -> list[Person]:
    paths = spans(by, Verb.ROSTER_WRITE, at)
    if not paths:
        return list(Person.objects.filter(pk__in=[by.person_id] if by.person_id else []))
    held = Post.objects.held_at(at).filter(reaches(paths, "area__")).select_related("person")
    return list({post.person_id: post.person for post in held}.values())


def _days(person: Person, duty: list[Span], walks: list[Span]) -> Iterator[DayOfWork]:
    before: dt.datetime | None = None
    by_day: dict[dt.date, list[Span]] = defaultdict(list)
    for span in joined([*duty, *walks]):
        by_day[local_date(span[0])].append(span)
    for day, spans_of_it in sorted(by_day.items()):
        begins, ends = spans_of_it[0][0], spans_of_it[-1][1]
        walked = [span for span in joined(walks) if local_date(span[0]) == day]
        yield DayOfWork(
            person, day, begins, ends, length(spans_of_it), length(walked), begins - before if before else None
        )
        before = ends


def joined(spans_of: Iterable[Span]) -> list[Span]:
    """Spans that touch are one."""
    found: list[Span] = []
    for begins, ends in sorted(spans_of):
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        else:
            found.append((begins, ends))
    return found


def length(spans_of: Iterable[Span]) -> dt.timedelta:
    return sum((ends - begins for begins, ends in spans_of), dt.timedelta())
