"""A day as it was planned beside the day as it was: turns and shifts, assignments and their stamps, cover by beat.

By unit and day. Nobody gets a score, and no position is shown: only how many minutes a unit was on which beat (PAT-03).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.core.actor import Actor
from shouwang.core.clock import SHANGHAI, local_date
from shouwang.dispatch.models import Assignment
from shouwang.duty.models import Absence, AbsenceState, Crew, RosterState, Shift, Turn, Unit
from shouwang.oversight.replaying import units_then
from shouwang.people.access import Verb, require
from shouwang.people.models import Person
from shouwang.places.models import Area

GRACE = dt.timedelta(minutes=15)
DAY = dt.timedelta(days=1)
MOST_BEATS = 4
DIFFERENCES: dict[str, Promise] = {
    "absent": _("did not sign on"),
    "late": _("signed on late"),
    "early": _("signed off early"),
    "longer": _("stayed longer"),
    "unplanned": _("was on duty without a turn"),
}
CAUSES: dict[str, Promise] = {
    "leave": _("on leave that was granted"),
    "noted": _("noted at the time"),
    "call": _("a call was still open"),
    "lent": _("on another unit’s shift already"),
    "unknown": _("no cause on record: ask first"),
}

_BEATS = """
SELECT unit, in_duty, count(DISTINCT date_trunc('minute', at)) AS minutes FROM tracking_fix
WHERE unit = ANY(%(units)s) AND at >= %(start)s AND at < %(end)s GROUP BY unit, in_duty
ORDER BY unit, minutes DESC LIMIT 5000
"""


@dataclass(frozen=True)
class Difference:
    """One person's turn and his shifts, where they differ. `words`: what was noted then."""

    name: str
    what: str
    minutes: int
    cause: str
    words: str = ""

    @property
    def says(self) -> Promise:
        return DIFFERENCES[self.what]

    @property
    def because(self) -> Promise:
        return CAUSES[self.cause]


@dataclass(frozen=True)
class UnitDay:
    """`on_min` on shift, `calls_min` on assignments, `beats`: minutes on each, the most first."""

    unit: Unit
    spans: list[tuple[dt.datetime, dt.datetime]]
    on_min: int
    n_sent: int
    n_arrived: int
    calls_min: int
    beats: list[tuple[str, int]]
    unseen_min: int


@dataclass(frozen=True)
class Compared:
    units: list[UnitDay]
    differences: list[Difference]
    n_turns: int
    n_kept: int


def compare_day(*, area: Area, day: dt.date, by: Actor, at: dt.datetime) -> Compared:
    """Raises NotAllowed, NotVisible"""
    require(by, Verb.PAST_REPLAY, area, at)
    start = dt.datetime.combine(day, dt.time(), SHANGHAI).astimezone(dt.UTC)
    end = min(start + DAY, at)
    if end <= start:
        return Compared([], [], 0, 0)
    units = units_then(area, start, end, by, at)
    turns = list(
        Turn.objects.filter(roster__area=area, roster__state=RosterState.IN_FORCE, on=day).select_related("person")
    )
    differences = sorted(_differences(turns, units, (start, end), at), key=lambda one: (one.name, one.what))
    odd = {one.name for one in differences if one.what != "unplanned"}
    return Compared(_unit_days(units, start, end), differences, len(turns), len(turns) - len(odd))


def _unit_days(units: Sequence[Unit], start: dt.datetime, end: dt.datetime) -> list[UnitDay]:
    keys = [one.pk for one in units]
    shifts: dict[UUID, list[tuple[dt.datetime, dt.datetime]]] = defaultdict(list)
    for shift in Shift.objects.filter(unit__in=keys, during__overlap=(start, end)).order_by("during"):
        shifts[shift.unit_id].append((max(shift.during.lower, start), min(shift.during.upper or end, end)))
    sent: dict[UUID, list[Assignment]] = defaultdict(list)
    for row in Assignment.objects.filter(unit__in=keys, sent_at__gte=start, sent_at__lt=end):
        sent[row.unit_id].append(row)
    beats = _beats(keys, start, end)
    found = []
    for unit in units:
        on = _minutes(shifts[unit.pk])
        calls = _minutes((row.sent_at, min(row.ended_at or end, end)) for row in sent[unit.pk])
        arrived = sum(row.arrived_at is not None for row in sent[unit.pk])
        seen = sum(minutes for _name, minutes in beats[unit.pk])
        found.append(UnitDay(unit, shifts[unit.pk], on, len(sent[unit.pk]), arrived, calls,
                             beats[unit.pk][:MOST_BEATS], max(0, on - seen)))  # fmt: skip
    return found


def _beats(units: list[UUID], start: dt.datetime, end: dt.datetime) -> dict[UUID, list[tuple[str, int]]]:
    with connection.cursor() as cursor:
        cursor.execute(_BEATS, {"units": units, "start": start, "end": end})
        rows = cursor.fetchall()
    names = dict(Area.objects.filter(duty_path__in={path for _unit, path, _n in rows}).values_list("duty_path", "name"))
    found: dict[UUID, list[tuple[str, int]]] = defaultdict(list)
    for unit, path, minutes in rows:
        found[unit].append((names.get(path, ""), minutes))
    return found


def _differences(
    turns: Sequence[Turn], units: Sequence[Unit], window: tuple[dt.datetime, dt.datetime], at: dt.datetime
) -> Iterable[Difference]:  # fmt: skip
    people = {turn.person_id for turn in turns}
    rows = Crew.objects.filter(during__overlap=(window[0], window[1] + DAY / 2)).select_related("person", "shift")
    mine: dict[UUID, list[Crew]] = defaultdict(list)
    for row in rows.filter(person__in=people).order_by("during"):
        mine[row.person_id].append(row)
    day = local_date(window[0])
    granted = Absence.objects.filter(kind="leave", state=AbsenceState.GRANTED, first_on__lte=day, last_on__gte=day)
    leave = set(granted.filter(person__in=people).values_list("person", flat=True))
    shifts = [row.shift_id for crew in mine.values() for row in crew]
    calls = list(Assignment.objects.filter(shift__in=shifts))
    for turn in turns:
        if turn.during.lower < at:
            yield from _of_turn(turn, mine[turn.person_id], turn.person_id in leave, calls, at)
    on = Crew.objects.filter(shift__unit__in=units, during__overlap=window).exclude(person__in=people)
    if turns:
        for person in Person.objects.filter(pk__in=on.values("person")).order_by("name"):
            yield Difference(person.name, "unplanned", 0, "unknown")


def _of_turn(
    turn: Turn, crew: Sequence[Crew], on_leave: bool, calls: Sequence[Assignment], at: dt.datetime
) -> Iterable[Difference]:  # fmt: skip
    name, planned = turn.person.name, turn.during
    there = [
        one for one in crew if one.during.lower < planned.upper and (one.during.upper or at) > planned.lower
    ]  # fmt: skip
    if not there:
        cause = "leave" if on_leave else "noted" if turn.missed_at or turn.done else "unknown"
        yield Difference(name, "absent", 0, cause, turn.done)
        return
    first, last = there[0].during.lower, there[-1].during.upper
    if first - planned.lower > GRACE:
        before = any(one.during.upper and one.during.upper >= planned.lower - GRACE for one in crew if one not in there)
        yield Difference(name, "late", _mins(first - planned.lower), "lent" if before else "unknown", turn.done)
    if last and planned.upper - last > GRACE and planned.upper <= at:
        yield Difference(name, "early", _mins(planned.upper - last), "noted" if turn.done else "unknown", turn.done)
    over = (last or at) - planned.upper
    if over > GRACE:
        held = any(
            row.shift_id == there[-1].shift_id and row.sent_at < planned.upper < (row.ended_at or at) for row in calls
        )  # fmt: skip
        yield Difference(name, "longer", _mins(over), "call" if held else "unknown", turn.done)


def _mins(span: dt.timedelta) -> int:
    return round(span.total_seconds() / 60)


def _minutes(spans: Iterable[tuple[dt.datetime, dt.datetime]]) -> int:
    return sum(max(0, _mins(end - start)) for start, end in spans)
