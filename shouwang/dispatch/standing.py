"""The crews that could be sent, where they stand and what they are on: all that a ranking asks, loaded at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Max, Q

from shouwang.core.actor import Actor
from shouwang.dispatch.board import OPEN_STATES
from shouwang.dispatch.driving import Point
from shouwang.dispatch.models import Assignment
from shouwang.duty.models import Availability, Crew, Shift, UnitForm
from shouwang.matters.models import Matter
from shouwang.people.access import Verb, reaches, spans
from shouwang.solvers.nearest import Box
from shouwang.tracking.models import LastFix
from shouwang.tracking.staleness import Staleness, staleness

EVER = dt.datetime.min.replace(tzinfo=dt.UTC)
Fixes = dict[UUID, tuple[dt.datetime, Point]]  # by shift


class OnDuty(NamedTuple):
    """A unit on shift, as much of it as the order goes by. Plain values: all of them are asked for each time."""

    pk: UUID
    shift: UUID
    name: str
    form: str
    duty_path: str
    home: str
    home_tier: str
    lon: float | None
    lat: float | None
    report_every_s: int
    availability: str
    away_reason: str
    since: dt.datetime
    on_since: dt.datetime


class Task(NamedTuple):
    """What a unit is on already."""

    matter: UUID
    number: int
    urgency: int


@dataclass(frozen=True)
class Standing:
    """A unit on duty and the place it is at. `calls`: how many it was sent to on this shift."""

    unit: OnDuty
    at: Point
    task: Task | None
    free_since: dt.datetime
    calls: int = 0

    @property
    def free(self) -> bool:
        return self.task is None and self.unit.availability == Availability.FREE


def standing(by: Actor, at: dt.datetime, box: Box | None, *, around: Matter | None = None) -> list[Standing]:
    """On shift, where `by` may send, position known and not stale, inside `box` if there is one. Four queries.

    around  the matter they are asked for: without those who are on it, or whom it excludes
    """
    units, fixes = _on_duty(by, at, box)
    shifts = [unit.shift for unit in units]
    barred = shifts_with(around.excluded_persons, at) if around else set()
    so_far, tasks = _sent_to(shifts)
    found = []
    for unit in units:
        where, task = _place(unit, fixes.get(unit.shift), at), tasks.get(unit.shift)
        on_it = around is not None and task is not None and task.matter == around.pk
        if where is not None and unit.shift not in barred and not on_it:
            ended, calls = so_far.get(unit.shift, (EVER, 0))
            found.append(Standing(unit, where, task, max(unit.since, ended), calls))
    return found


def _sent_to(shifts: list[UUID]) -> tuple[dict[UUID, tuple[dt.datetime, int]], dict[UUID, Task]]:
    """By shift: when the last task ended and how many there were, and the one that is open."""
    now = Q(state__in=OPEN_STATES)
    rows: Any = Assignment.objects.filter(shift__in=shifts).values_list("shift").annotate(
        ended=Max("ended_at"), calls=Count("pk"), on=ArrayAgg("matter", filter=now),
        number=Max("matter__number", filter=now), urgency=Max("matter__urgency", filter=now),
    )  # fmt: skip
    so_far, tasks = {}, {}
    for shift, ended, calls, matters, number, urgency in rows:
        so_far[shift] = (ended or EVER, calls)
        if matters:
            tasks[shift] = Task(matters[0], number, urgency)
    return so_far, tasks


def _on_duty(by: Actor, at: dt.datetime, box: Box | None) -> tuple[list[OnDuty], Fixes]:
    """Units on shift with the newest fix of each shift."""
    paths = spans(by, Verb.UNIT_SEND, at)
    shifts = Shift.objects.filter(reaches(paths, "unit__"), during__contains=at)
    newest: Any = LastFix.objects.filter(reaches(paths))  # of a crew's own ground, wherever it stands
    if box is None:
        newest = newest.filter(unit__in=shifts.values("unit"))
    else:
        west, south, east, north = box
        newest = newest.filter(lon__range=(west, east), lat__range=(south, north))
    rows = list(newest.values_list("unit", "shift", "at", "lon", "lat"))
    if box is not None:
        booths = Q(unit__form=UnitForm.BOOTH, unit__lon__range=(west, east), unit__lat__range=(south, north))
        shifts = shifts.filter(Q(unit__in=newest.values("unit")) | booths)
    units = [OnDuty._make(row) for row in shifts.values_list(
        "unit", "pk", "unit__name", "unit__form", "unit__duty_path", "unit__home__name", "unit__home__tier",
        "unit__lon", "unit__lat", "unit__report_every_s", "availability", "away_reason", "since", "during__startswith",
    )]  # fmt: skip
    return units, {shift: (seen_at, (lon, lat)) for _unit, shift, seen_at, lon, lat in rows}


def shifts_with(persons: Collection[UUID], at: dt.datetime) -> set[UUID]:
    """Shifts that have one of these persons on board."""
    if not persons:
        return set()
    return set(Crew.objects.filter(person__in=persons, during__contains=at).values_list("shift", flat=True))


def _place(unit: OnDuty, fix: tuple[dt.datetime, Point] | None, at: dt.datetime) -> Point | None:
    """Where it is: a booth where it stands, any other by a fix that is not stale (U7)."""
    if unit.form == UnitForm.BOOTH and unit.lon is not None and unit.lat is not None:
        return unit.lon, unit.lat
    if fix is None or staleness(fix[0], at, unit.report_every_s) is Staleness.HOLLOW:
        return None
    return fix[1]
