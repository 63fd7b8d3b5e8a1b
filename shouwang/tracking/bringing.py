"""Bringing a track as a file after a shift without network: each position goes the way of all the others.

The gate is the same: what lies outside the shift is dropped and stored nowhere. All of it is late: it moves no marker
and raises nothing. The file itself is not kept.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import QuerySet

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.geo import PositionMissing
from shouwang.core.problem import Problem
from shouwang.duty.models import Crew, Shift, Unit
from shouwang.journal.record import record
from shouwang.people.access import Verb, may, require
from shouwang.tracking.files.gpx import read_gpx
from shouwang.tracking.files.nmea import is_nmea, read_nmea
from shouwang.tracking.files.problems import FileTooLarge, NoPositions, NotATrackFile, TooManyFiles
from shouwang.tracking.files.text import as_text
from shouwang.tracking.limits import Buckets
from shouwang.tracking.models import Fix
from shouwang.tracking.pipeline import Known, Passing, checked_of, keep
from shouwang.tracking.pipeline.gate import BeforeShift, UnitOffDuty
from shouwang.tracking.pipeline.sane import CLOCK_ERROR, ClockNotSet, NoFix, OutsideTown, TimeInFuture
from shouwang.tracking.purging import KEPT
from shouwang.tracking.reading import Reading

MB = 1_000_000
LARGEST = 16 * MB
MOST = 60_000  # one a second for more than sixteen hours
FILES = Buckets(size=20, per_s=20 / 3600)

WHY: dict[type[Problem], str] = {
    UnitOffDuty: "off_shift",
    BeforeShift: "off_shift",
    TimeInFuture: "future",
    ClockNotSet: "clock",
    NoFix: "no_fix",
    PositionMissing: "no_fix",
    OutsideTown: "outside",
}


@dataclass(frozen=True)
class Stretch:
    """From when until when positions of a shift count; for a member of the crew, as long as he was on it."""

    shift: UUID
    start: dt.datetime
    end: dt.datetime


@dataclass
class Brought:
    """What became of a file. `dropped` says why, and how many; `broken_line` is where the file breaks off."""

    form: str
    n_read: int
    n_kept: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    broken_line: int | None = None


def units_to_bring_for(by: Actor, units: Iterable[Unit], at: dt.datetime) -> list[Unit]:
    """Those among `units` whose equipment he keeps, and those he was on himself within the days tracks are kept."""
    own = _own(by, at).select_related("shift__unit")
    found = {crew.shift.unit_id: crew.shift.unit for crew in own}
    found |= {unit.pk: unit for unit in units if may(by, Verb.EQUIPMENT_KEEP, unit, at)}
    return sorted(found.values(), key=lambda unit: unit.name)


def bring_track(data: bytes, *, unit: Unit, by: Actor, at: dt.datetime) -> Brought:
    """Keep what the file tells of the unit's shifts.

    Raises  NotAllowed, NotVisible, FileTooLarge, TooManyFiles, and what the readers raise
    """
    stretches = stretches_for(unit, by, at)
    _check_limits(data, by, at)
    readings, brought = read_file(data)
    passings = _judged(readings, brought, unit, stretches, at)
    with acting(by):
        fresh = _not_kept_yet(passings, unit)
        brought.dropped["repeated"] += len(passings) - len(fresh)
        brought.n_kept = len(fresh)
        keep(fresh)
        record("track.bring", topic="track.brought", subject=unit, by=by, at=at, area=unit.home_id, unit=unit.pk,
               form=brought.form, n_kept=brought.n_kept, n_dropped=brought.dropped.total())  # fmt: skip
    return brought


def stretches_for(unit: Unit, by: Actor, at: dt.datetime) -> list[Stretch]:
    """Every shift of the unit for whoever keeps its equipment, one's own hours on it for its crew.

    Raises  NotAllowed, NotVisible
    """
    still = at + CLOCK_ERROR
    if may(by, Verb.EQUIPMENT_KEEP, unit, at):
        shifts = Shift.objects.filter(unit=unit, during__overlap=DateTimeTZRange(at - KEPT, at))
        return _in_order([Stretch(one.pk, one.during.lower, one.during.upper or still) for one in shifts])
    own = list(_own(by, at).filter(shift__unit=unit).select_related("shift"))
    if not own:
        require(by, Verb.EQUIPMENT_KEEP, unit, at)
    return _in_order([
        Stretch(one.shift_id, max(one.during.lower, one.shift.during.lower),
                min(one.during.upper or still, one.shift.during.upper or still))
        for one in own
    ])  # fmt: skip


def _own(by: Actor, at: dt.datetime) -> QuerySet[Crew]:
    return Crew.objects.filter(person=by.person_id, during__overlap=DateTimeTZRange(at - KEPT, at))


def _in_order(stretches: Iterable[Stretch]) -> list[Stretch]:
    return sorted((one for one in stretches if one.start < one.end), key=lambda one: one.start)


def _check_limits(data: bytes, by: Actor, at: dt.datetime) -> None:
    if len(data) > LARGEST:
        raise FileTooLarge(field="file", most=LARGEST // MB)
    if FILES.is_empty(str(by.person_id), at):
        raise TooManyFiles(field="file")
    FILES.take(str(by.person_id), at)


def read_file(data: bytes) -> tuple[list[Reading], Brought]:
    """What stands in a file. Raises NotATrackFile, NoPositions, and what the readers raise"""
    text = as_text(data)
    if text.lstrip()[:1] == "<":
        readings, broken = read_gpx(text.lstrip(), most=MOST)
        brought = Brought("gpx", len(readings), broken_line=broken)
    elif is_nmea(text):
        readings, n_garbled = read_nmea(text, most=MOST)
        brought = Brought("nmea", len(readings) + n_garbled, dropped=Counter(garbled=n_garbled))
    else:
        raise NotATrackFile(field="file")
    if not brought.n_read:
        raise NoPositions(field="file")
    return readings, brought


def _judged(
    readings: Sequence[Reading], brought: Brought, unit: Unit, stretches: Sequence[Stretch], at: dt.datetime
) -> list[Passing]:
    """Those that pass, in order of time, each instant once; why the others do not is counted."""
    found: dict[dt.datetime, Passing] = {}
    starts = [one.start for one in stretches]
    for reading in readings:
        if reading.at is None:
            brought.dropped["no_time"] += 1
            continue
        try:
            passing = checked_of(_known(unit, stretches, starts, reading.at), reading, source=brought.form, at=at)
        except Problem as refused:
            brought.dropped["too_old" if _is_too_old(refused, reading.at, at) else _why(refused)] += 1
            continue
        if passing is None or passing.time in found:
            brought.dropped["repeated"] += 1
        elif passing.time < at - KEPT:
            brought.dropped["too_old"] += 1
        else:
            passing.live = False
            found[passing.time] = passing
    return [found[time] for time in sorted(found)]


def _known(unit: Unit, stretches: Sequence[Stretch], starts: Sequence[dt.datetime], at: dt.datetime) -> Known:
    """The shift that was on at that instant, if any."""
    n = bisect_right(starts, at) - 1
    if n < 0 or at >= stretches[n].end:
        return Known(unit.pk, unit.duty_path, unit.government_path)
    return Known(unit.pk, unit.duty_path, unit.government_path, stretches[n].shift, stretches[n].start)


def _is_too_old(refused: Problem, at: dt.datetime, now: dt.datetime) -> bool:
    return isinstance(refused, UnitOffDuty) and at < now - KEPT


def _why(refused: Problem) -> str:
    return WHY.get(type(refused), "no_place")


def _not_kept_yet(passings: Sequence[Passing], unit: Unit) -> list[Passing]:
    if not passings:
        return []
    there = Fix.objects.filter(unit=unit.pk, at__gte=passings[0].time, at__lte=passings[-1].time)
    known = set(there.values_list("at", flat=True))
    return [one for one in passings if one.time not in known]
