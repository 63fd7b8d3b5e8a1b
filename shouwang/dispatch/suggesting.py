"""Which crews to send, best first, each with the reasons for and against. A person decides; this only says why."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Max

from shouwang.core.actor import Actor
from shouwang.core.geo import metres_between
from shouwang.dispatch import wording
from shouwang.dispatch.board import OPEN_STATES
from shouwang.dispatch.driving import DETOUR, STRAIGHT_MPS, Drive, Point, drives_to, on_foot
from shouwang.dispatch.models import Assignment
from shouwang.duty.models import Availability, Crew, Shift, UnitForm
from shouwang.duty.shifts import crews
from shouwang.matters.kinds import kind_of
from shouwang.matters.models import Matter
from shouwang.people.access import Verb, reaches, spans
from shouwang.people.models import Post
from shouwang.tracking.models import LastFix
from shouwang.tracking.staleness import Staleness, staleness

NEAREST_WITHIN_S = 600.0  # S-CMD-018: the community officer goes to a dispute or a call for help when so near
UNCOVERED_S = 180.0
SWORN_TO_QUESTION = 2  # CFS-08
HELP_GROUP = "help"
MOST_UNITS = 300


@dataclass(frozen=True)
class Word:
    """A reason or a caution: a code with its figures. `wording` says it in the reader's language."""

    code: str
    figures: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return wording.worded(self.code, self.figures)


class OnDuty(NamedTuple):
    """A unit on shift, as much of it as the order goes by. Plain values: all of them are asked for each time."""

    pk: UUID
    shift: UUID
    name: str
    form: str
    duty_path: str
    home: str
    lon: float | None
    lat: float | None
    report_every_s: int
    availability: str
    away_reason: str
    since: dt.datetime


class Task(NamedTuple):
    """What a unit is on already."""

    matter: UUID
    number: int
    urgency: int


@dataclass(frozen=True)
class Candidate:
    """One crew that could go. `by_road` False: the time is by straight line; `preferred`: nearest handling."""

    unit: OnDuty
    seconds: float
    metres: float
    by_road: bool
    sworn: int
    helpers: int
    reasons: tuple[Word, ...] = ()
    cautions: tuple[Word, ...] = ()
    preferred: bool = False
    free: bool = True
    rank: int = 0

    @property
    def crew_line(self) -> str:
        return wording.crew_line(self.sworn, self.helpers)

    @property
    def eta(self) -> str:
        return wording.duration(self.seconds)

    @property
    def reason_words(self) -> list[str]:
        return [str(word) for word in self.reasons]

    @property
    def caution_words(self) -> list[str]:
        return [str(word) for word in self.cautions]


@dataclass(frozen=True)
class _Seen:
    """A unit on duty with everything the ranking asks; loaded for all units at once."""

    unit: OnDuty
    at: Point
    task: Task | None
    free_since: dt.datetime

    @property
    def free(self) -> bool:
        return self.task is None and self.unit.availability == Availability.FREE


@dataclass(frozen=True)
class _Way:
    """A unit and its way to the place: what the order goes by. Reasons are worded for those at the top only."""

    seen: _Seen
    drive: Drive
    seconds: float
    preferred: bool


def suggest(matter: Matter, *, by: Actor, at: dt.datetime, limit: int = 9) -> list[Candidate]:
    """Crews that `by` may send to the matter, best first; stale positions are left out. A fixed number of queries.

    Order: the community officer's own crew for a dispute or help nearby (S-CMD-018), then free crews by driving
    time, then crews on less urgent matters. A crew with somebody whom the matter excludes is not in it at all.
    """
    if matter.lon is None or matter.lat is None:
        return []
    units = _units_on_duty(matter, by, at)
    drives = drives_to((matter.lon, matter.lat), {one.unit.pk: one.at for one in units})
    officers = _shifts_with(_community_officers(matter, at), at) if _is_for_nearest(matter) else set()
    ways = [_way(one, drives[one.unit.pk], one.unit.shift in officers) for one in units]
    ways.sort(key=lambda way: (not way.seen.free, not way.preferred, way.seconds, way.seen.unit.name))
    aboard = crews([way.seen.unit.shift for way in ways[:limit]], at)
    return [
        _candidate(way, rank, aboard.get(way.seen.unit.shift, []), units, matter, at)
        for rank, way in enumerate(ways[:limit], 1)
    ]


def _units_on_duty(matter: Matter, by: Actor, at: dt.datetime) -> list[_Seen]:
    """On shift, where `by` may send, position known and not stale. Five queries."""
    shifts = Shift.objects.filter(reaches(spans(by, Verb.UNIT_SEND, at), "unit__"), during__contains=at)
    units = [OnDuty._make(row) for row in shifts.values_list(
        "unit", "pk", "unit__name", "unit__form", "unit__duty_path", "unit__home__name", "unit__lon", "unit__lat",
        "unit__report_every_s", "availability", "away_reason", "since",
    )[:MOST_UNITS]]  # fmt: skip
    barred = _shifts_with(matter.excluded_persons, at)
    newest: Any = LastFix.objects.filter(unit__in=shifts.values("unit")).values_list("shift", "at", "lon", "lat")
    fixes = {shift: (seen_at, (lon, lat)) for shift, seen_at, lon, lat in newest}
    assignments = Assignment.objects.filter(shift__in=shifts.values("pk"))
    ended = dict(assignments.filter(ended_at__isnull=False).values_list("shift").annotate(Max("ended_at")))
    open_ones: Any = assignments.filter(state__in=OPEN_STATES).values_list(
        "shift", "matter", "matter__number", "matter__urgency"
    )
    tasks = {shift: Task(*task) for shift, *task in open_ones}
    seen = []
    for unit in units:
        where, task = _place(unit, fixes.get(unit.shift), at), tasks.get(unit.shift)
        if where is not None and unit.shift not in barred and (task is None or task.matter != matter.pk):
            seen.append(_Seen(unit, where, task, max(unit.since, ended.get(unit.shift, unit.since))))
    return seen


def _shifts_with(persons: Collection[UUID], at: dt.datetime) -> set[UUID]:
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


def _is_for_nearest(matter: Matter) -> bool:
    subkind = kind_of(matter.kind).subkinds.get(matter.subkind)
    return subkind is not None and (subkind.dispute or subkind.group == HELP_GROUP)


def _community_officers(matter: Matter, at: dt.datetime) -> set[UUID]:
    """Persons who are community officers of the ground the matter lies on."""
    numbers = [int(part) for part in matter.duty_path.split("/") if part]
    posts = Post.objects.held_at(at).filter(role="community_officer", area__number__in=numbers)
    return set(posts.values_list("person", flat=True))


def _way(one: _Seen, drive: Drive, officer: bool) -> _Way:
    seconds = on_foot(drive.metres) if one.unit.form == UnitForm.FOOT else drive.seconds
    return _Way(one, drive, seconds, officer and one.free and seconds <= NEAREST_WITHIN_S)


def _candidate(
    way: _Way, rank: int, crew: list[Crew], units: Iterable[_Seen], matter: Matter, at: dt.datetime
) -> Candidate:
    one, drive = way.seen, way.drive
    sworn = sum(member.sworn for member in crew)
    return Candidate(
        unit=one.unit,
        seconds=way.seconds,
        metres=drive.metres,
        by_road=drive.by_road,
        sworn=sworn,
        helpers=len(crew) - sworn,
        reasons=_reasons(way, crew, sworn, matter, at),
        cautions=_cautions(one, sworn, drive, units),
        preferred=way.preferred,
        free=one.free,
        rank=rank,
    )


def _reasons(way: _Way, crew: list[Crew], sworn: int, matter: Matter, at: dt.datetime) -> tuple[Word, ...]:
    words, one = [], way.seen
    if way.preferred:
        words.append(Word("community_officer", {"minutes": round(NEAREST_WITHIN_S / 60)}))
    if matter.duty_path.startswith(one.unit.duty_path):
        words.append(Word("own_ground"))
    if sworn >= SWORN_TO_QUESTION:
        words.append(Word("two_sworn"))
    if any(member.recorder for member in crew):
        words.append(Word("recorder"))
    free_minutes = int((at - one.free_since).total_seconds() // 60)
    if one.free:
        words.append(Word("free_for", {"minutes": free_minutes}) if free_minutes else Word("free_now"))
    return tuple(words)


def _cautions(one: _Seen, sworn: int, drive: Drive, units: Iterable[_Seen]) -> tuple[Word, ...]:
    words = []
    if one.task is not None:
        words.append(Word("busy", {"number": one.task.number, "urgency": one.task.urgency}))
    elif one.unit.availability == Availability.AWAY:
        words.append(Word("away", {"reason": one.unit.away_reason}))
    if sworn == 0:
        words.append(Word("no_sworn"))
    elif sworn < SWORN_TO_QUESTION:
        words.append(Word("one_sworn"))
    if not drive.by_road:
        words.append(Word("straight_line"))
    if one.free:
        uncovered_s = _uncovered_s(one, units)
        if uncovered_s is None:
            words.append(Word("nobody_left", {"area": one.unit.home}))
        elif uncovered_s > UNCOVERED_S:
            words.append(Word("uncovers", {"area": one.unit.home, "seconds": round(uncovered_s)}))
    return tuple(words)


def _uncovered_s(one: _Seen, units: Iterable[_Seen]) -> float | None:
    """How far the next free crew would be from where this one stands now; None when there is no other."""
    others = [other.at for other in units if other.free and other is not one]
    if not others:
        return None
    (lon, lat), narrow = one.at, math.cos(math.radians(one.at[1])) ** 2
    nearest = min(others, key=lambda at: (at[0] - lon) ** 2 * narrow + (at[1] - lat) ** 2)
    return metres_between(*nearest, lon, lat) * DETOUR / STRAIGHT_MPS
