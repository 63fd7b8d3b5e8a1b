"""Units on shift as the desk lists them: status, what they are on, since when, where. Three queries."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from shouwang.core.actor import Actor
from shouwang.core.together import Together
from shouwang.dispatch.models import Assignment
from shouwang.dispatch.models.assignment import ENDED_STATES
from shouwang.duty.models import Shift
from shouwang.people.access import Verb, spans
from shouwang.tracking.models import LastFix

SHAPES = {"sent": "sign", "signed": "way", "departed": "way", "arrived": "scene", "reported": "scene"}
STALE = dt.timedelta(seconds=30)
LOST = dt.timedelta(seconds=120)
MOST = 300


class SeenUnit(NamedTuple):
    """What lists need of a unit on shift. Plain values: hundreds of lines for every desk, as often as there is news."""

    pk: UUID
    shift: UUID
    name: str
    initials: str
    call_sign: str
    report_every_s: int
    lon: float | None
    lat: float | None
    availability: str
    away_reason: str
    since: dt.datetime


class Task(NamedTuple):
    """What it is on: where that stands, since when, and the number of its matter."""

    state: str
    since: dt.datetime
    number: int


class Fix(NamedTuple):
    shift: UUID
    at: dt.datetime
    lon: float
    lat: float
    heading_deg: float | None


@dataclass(frozen=True)
class UnitLine:
    """One unit on shift. `age_s` is the age of its position, None when it never reported one in this shift."""

    unit: SeenUnit
    task: Task | None
    fix: Fix | None
    at: dt.datetime

    @property
    def status(self) -> str:
        if self.task:
            return SHAPES[self.task.state]
        return "free" if self.unit.availability == "free" else "wait"

    @property
    def since(self) -> dt.datetime:
        return self.task.since if self.task else self.unit.since

    @property
    def age_s(self) -> float | None:
        return (self.at - self.fix.at).total_seconds() if self.fix else None

    @property
    def interval_s(self) -> int:
        return self.unit.report_every_s

    @property
    def stale(self) -> bool:
        return self.age_s is not None and self.age_s > max(STALE.total_seconds(), 2 * self.interval_s)

    @property
    def lost(self) -> bool:
        return self.age_s is not None and self.age_s > max(LOST.total_seconds(), 4 * self.interval_s)

    @property
    def shape(self) -> str:
        return "lost" if self.lost else self.status

    @property
    def place(self) -> tuple[float, float] | None:
        if self.fix:
            return self.fix.lon, self.fix.lat
        unit = self.unit
        return (unit.lon, unit.lat) if unit.lon is not None and unit.lat is not None else None


_units: Together[list[UnitLine]] = Together()


def units_for(by: Actor, at: dt.datetime, *, since: float | None = None) -> list[UnitLine]:
    """Units on shift that `by` may follow, by name. Desks of one office that ask at once share one answer.

    since  an answer begun after that moment of the monotonic clock is new enough
    """
    paths = spans(by, Verb.UNIT_TRACK, at)
    return _units.ask(paths, lambda: _units_on(paths, at), since)


def _units_on(paths: tuple[str, ...], at: dt.datetime) -> list[UnitLine]:
    reach = Q(pk__in=[])
    for path in paths:
        reach |= Q(unit__duty_path__startswith=path) | Q(unit__government_path__startswith=path)
    shifts = Shift.objects.filter(reach, during__contains=at)
    on_duty = shifts.values("unit")
    tasks = _tasks(Assignment.objects.filter(unit__in=on_duty).exclude(state__in=ENDED_STATES))
    fixes = _fixes(LastFix.objects.filter(unit__in=on_duty))
    units = [SeenUnit._make(row) for row in shifts.order_by("unit__name").values_list(
        "unit", "pk", "unit__name", "unit__initials", "unit__call_sign", "unit__report_every_s", "unit__lon",
        "unit__lat", "availability", "away_reason", "since",
    )[:MOST]]  # fmt: skip
    return [UnitLine(unit, tasks.get(unit.pk), _of_this_shift(fixes.get(unit.pk), unit), at) for unit in units]


def _tasks(live: QuerySet[Assignment]) -> dict[UUID, Task]:
    rows: Any = live.values_list(
        "unit", "state", "matter__number", "reported_at", "arrived_at", "departed_at", "signed_at", "sent_at"
    )
    return {
        unit: Task(state, next(stamp for stamp in stamps if stamp), number) for unit, state, number, *stamps in rows
    }


def _fixes(newest: QuerySet[LastFix]) -> dict[UUID, Fix]:
    rows: Any = newest.values_list("unit", "shift", "at", "lon", "lat", "heading_deg")
    return {unit: Fix(*fix) for unit, *fix in rows}


def _of_this_shift(fix: Fix | None, unit: SeenUnit) -> Fix | None:
    return fix if fix and fix.shift == unit.shift else None
