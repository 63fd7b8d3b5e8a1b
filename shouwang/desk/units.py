"""Units on shift as the desk lists them: status, what they are on, since when, where. Three queries."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

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


@dataclass(frozen=True)
class UnitLine:
    """One unit on shift. `age_s` is the age of its position, None when it never reported one in this shift."""

    shift: Shift
    assignment: Assignment | None
    fix: LastFix | None
    at: dt.datetime

    @property
    def status(self) -> str:
        if self.assignment:
            return SHAPES[self.assignment.state]
        return "free" if self.shift.availability == "free" else "wait"

    @property
    def since(self) -> dt.datetime:
        row = self.assignment
        if row is None:
            return self.shift.since
        return row.reported_at or row.arrived_at or row.departed_at or row.signed_at or row.sent_at

    @property
    def age_s(self) -> float | None:
        return (self.at - self.fix.at).total_seconds() if self.fix else None

    @property
    def interval_s(self) -> int:
        return int(self.shift.unit.report_every_s)

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
        unit = self.shift.unit
        return (unit.lon, unit.lat) if unit.lon is not None and unit.lat is not None else None


_units: Together[list[UnitLine]] = Together()


def units_for(by: Actor, at: dt.datetime) -> list[UnitLine]:
    """Units on shift that `by` may follow, by name. Desks of one office that ask at once share one answer."""
    paths = spans(by, Verb.UNIT_TRACK, at)
    return _units.ask(paths, lambda: _units_on(paths, at))


def _units_on(paths: tuple[str, ...], at: dt.datetime) -> list[UnitLine]:
    reach = Q(pk__in=[])
    for path in paths:
        reach |= Q(unit__duty_path__startswith=path) | Q(unit__government_path__startswith=path)
    shifts = list(Shift.objects.filter(reach, during__contains=at).select_related("unit").order_by("unit__name")[:300])
    ids = [shift.unit_id for shift in shifts]
    live = Assignment.objects.filter(unit__in=ids).exclude(state__in=ENDED_STATES).select_related("matter")
    assignments = {row.unit_id: row for row in live}
    fixes = {fix.unit: fix for fix in LastFix.objects.filter(unit__in=ids)}
    return [
        UnitLine(shift, assignments.get(shift.unit_id), _of_this_shift(fixes.get(shift.unit_id), shift), at)
        for shift in shifts
    ]


def _of_this_shift(fix: LastFix | None, shift: Shift) -> LastFix | None:
    return fix if fix and fix.shift == shift.pk else None
