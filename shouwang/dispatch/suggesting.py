"""Which crews to send, best first, each with the reasons for and against. A person decides; this only says why."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from shouwang.core.actor import Actor
from shouwang.core.geo import metres_between
from shouwang.dispatch import wording
from shouwang.dispatch.driving import DETOUR, STRAIGHT_MPS, Drive, Point, on_foot, rounds
from shouwang.dispatch.standing import OnDuty, Standing, shifts_with, standing
from shouwang.duty.models import Availability, Crew, UnitForm
from shouwang.duty.shifts import crews
from shouwang.matters.kinds import kind_of
from shouwang.matters.models import Matter
from shouwang.people.models import Post

NEAREST_WITHIN_S = 600.0  # S-CMD-018: the community officer goes to a dispute or a call for help when so near
UNCOVERED_S = 180.0
SWORN_TO_QUESTION = 2  # CFS-08
HELP_GROUP = "help"


@dataclass(frozen=True)
class Word:
    """A reason or a caution: a code with its figures. `wording` says it in the reader's language."""

    code: str
    figures: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return wording.worded(self.code, self.figures)


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
class _Way:
    """A unit and its way to the place: what the order goes by. Reasons are worded for those at the top only."""

    seen: Standing
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
    units, ways = _ranked((matter.lon, matter.lat), matter, by, at, limit)
    aboard = crews([way.seen.unit.shift for way in ways[:limit]], at)
    return [
        _candidate(way, rank, aboard.get(way.seen.unit.shift, []), units, matter, at)
        for rank, way in enumerate(ways[:limit], 1)
    ]


def _ranked(place: Point, matter: Matter, by: Actor, at: dt.datetime, limit: int) -> tuple[list[Standing], list[_Way]]:
    """Units seen and their ways, best first. Looks no further than until `limit` free crews are found in time."""
    officers = shifts_with(_community_officers(matter, at), at) if _is_for_nearest(matter) else set()
    units: list[Standing] = []
    ways: list[_Way] = []
    for one_round in rounds(place):
        units = standing(by, at, one_round.box, around=matter)
        drives = one_round.drives({one.unit.pk: one.at for one in units})
        ways = [_way(one, drives[one.unit.pk], one.unit.shift in officers) for one in units if one.unit.pk in drives]
        if sum(way.seen.free and way.seconds <= one_round.limit_s for way in ways) >= limit:
            break
    ways.sort(key=lambda way: (not way.seen.free, not way.preferred, way.seconds, way.seen.unit.name))
    return units, ways


def _is_for_nearest(matter: Matter) -> bool:
    subkind = kind_of(matter.kind).subkinds.get(matter.subkind)
    return subkind is not None and (subkind.dispute or subkind.group == HELP_GROUP)


def _community_officers(matter: Matter, at: dt.datetime) -> set[UUID]:
    """Persons who are community officers of the ground the matter lies on."""
    numbers = [int(part) for part in matter.duty_path.split("/") if part]
    posts = Post.objects.held_at(at).filter(role="community_officer", area__number__in=numbers)
    return set(posts.values_list("person", flat=True))


def _way(one: Standing, drive: Drive, officer: bool) -> _Way:
    seconds = on_foot(drive.metres) if one.unit.form == UnitForm.FOOT else drive.seconds
    return _Way(one, drive, seconds, officer and one.free and seconds <= NEAREST_WITHIN_S)


def _candidate(
    way: _Way, rank: int, crew: list[Crew], units: Iterable[Standing], matter: Matter, at: dt.datetime
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


def _cautions(one: Standing, sworn: int, drive: Drive, units: Iterable[Standing]) -> tuple[Word, ...]:
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


def _uncovered_s(one: Standing, units: Iterable[Standing]) -> float | None:
    """How far the next free crew would be from where this one stands now; None when there is no other."""
    others = [other.at for other in units if other.free and other is not one]
    if not others:
        return None
    (lon, lat), narrow = one.at, math.cos(math.radians(one.at[1])) ** 2
    nearest = min(others, key=lambda at: (at[0] - lon) ** 2 * narrow + (at[1] - lat) ** 2)
    return metres_between(*nearest, lon, lat) * DETOUR / STRAIGHT_MPS
