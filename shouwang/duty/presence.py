"""Days and hours as people signed for them: shifts, entries and leave. Never where somebody was (ETH-11)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from shouwang.core.clock import SHANGHAI, local_date
from shouwang.duty.models import Absence, AbsenceKind, AbsenceState, Crew, RosterState, Turn, Watch
from shouwang.people.models import DutyEntry, DutySort
from shouwang.people.staffing.standing import lies_in
from shouwang.places.models import Area

DAY = dt.timedelta(days=1)
LONGEST = dt.timedelta(hours=24)  # a shift nobody signed off from counts no longer than this
EXCEPTIONS = (DutySort.TRAINING, DutySort.LEVEL)


@dataclass
class Worked:
    """Minutes of one person on one day, by sort; `leave` where leave was granted."""

    minutes: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    leave: bool = False

    @property
    def hours(self) -> float:
        """In the community."""
        return round(self.minutes.get(DutySort.COMMUNITY, 0) / 60, 1)


@dataclass(frozen=True)
class Week:
    """Seven days of one person against `days` of at least `hours` in the community (S-ORG-030)."""

    days: tuple[Worked, ...]
    hours: int
    wanted: int

    def counts(self, day: Worked) -> bool:
        return day.hours > 0 and day.hours >= self.hours

    def excepted(self, day: Worked) -> bool:
        return not self.counts(day) and (day.leave or any(day.minutes.get(sort) for sort in EXCEPTIONS))

    @property
    def n(self) -> int:
        return sum(self.counts(day) for day in self.days)

    @property
    def n_excepted(self) -> int:
        return sum(self.excepted(day) for day in self.days)

    @property
    def kept(self) -> bool:
        return self.n >= self.wanted

    @property
    def explained(self) -> bool:
        return not self.kept and self.n + self.n_excepted >= self.wanted


def worked(people: Mapping[UUID, Area], first: dt.date, days: int, at: dt.datetime) -> dict[UUID, list[Worked]]:
    """Each person's days from `first` on. `people`: whose ground is whose; a shift belongs to the day it began."""
    found = {person: [Worked() for _day in range(days)] for person in people}
    begin, end = (dt.datetime.combine(first + n * DAY, dt.time(), SHANGHAI) for n in (0, days))
    entries = DutyEntry.objects.filter(person__in=people, on__gte=first, struck_at__isnull=True)
    for entry in entries.filter(on__lt=first + days * DAY):
        found[entry.person_id][(entry.on - first).days].minutes[entry.sort] += entry.minutes
    crews = Crew.objects.filter(person__in=people, during__startswith__gte=begin, during__startswith__lt=end)
    for crew in crews.select_related("shift__unit__home"):
        day = (local_date(crew.during.lower) - first).days
        last = min(crew.during.upper or at, crew.during.lower + LONGEST)
        sort = DutySort.COMMUNITY if lies_in(crew.shift.unit.home, people[crew.person_id]) else DutySort.OTHER
        minutes = max(0, int((last - crew.during.lower).total_seconds() // 60))
        found[crew.person_id][day].minutes[sort] += minutes
    away = Absence.objects.filter(
        person__in=people, kind=AbsenceKind.LEAVE, state=AbsenceState.GRANTED, last_on__gte=first,
        first_on__lt=first + days * DAY,
    )  # fmt: skip
    for absence in away:
        for n in range(days):
            if absence.first_on <= first + n * DAY <= absence.last_on:
                found[absence.person_id][n].leave = True
    return found


def shift_end(person: UUID, at: dt.datetime) -> dt.datetime | None:
    """Until when the shift lasts that is on now: a turn of a roster in force, or a shift led; None when none is on."""
    turns = Turn.objects.filter(person=person, during__contains=at, roster__state=RosterState.IN_FORCE)
    led = Watch.objects.filter(Q(chief=person) | Q(lead=person), during__contains=at, closed_at__isnull=True)
    found = [*turns.values_list("during", flat=True), *led.values_list("during", flat=True)]
    return max((during.upper for during in found), default=None)


def other_hours(people: Mapping[UUID, Area], at: dt.datetime, days: int = 30) -> dict[UUID, float]:
    """Hours on other duties in the days up to today: what a full-time post is tested by (S-ORG-016)."""
    rows = worked(people, local_date(at) - (days - 1) * DAY, days, at)
    return {person: hours_of(lived, DutySort.OTHER) for person, lived in rows.items()}


def hours_of(days: Iterable[Worked], sort: str) -> float:
    return round(sum(day.minutes.get(sort, 0) for day in days) / 60, 1)
