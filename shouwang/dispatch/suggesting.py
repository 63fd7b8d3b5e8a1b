"""Which crews to send, best first, each with the reasons for and against. A person decides; this only says why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from shouwang.core.actor import Actor
from shouwang.dispatch import wording
from shouwang.dispatch.board import OPEN_STATES
from shouwang.dispatch.driving import Drive, Round, on_foot, rounds
from shouwang.dispatch.models import Assignment
from shouwang.dispatch.rapid import rapid_of
from shouwang.dispatch.standing import OnDuty, Standing, shifts_with, standing
from shouwang.dispatch.uncovering import Left, left_behind
from shouwang.dispatch.weighing import (
    NEAREST_WITHIN_S,
    SWORN_TO_QUESTION,
    Way,
    Weighed,
    Word,
    is_for_nearest,
    is_for_two,
    weigh,
)
from shouwang.duty.models import UnitForm
from shouwang.duty.shifts import crews
from shouwang.kinds.incident.words import CREWS_AT_LEVEL
from shouwang.matters.models import Matter
from shouwang.people.models import Post
from shouwang.places.roads import roads_at

LIFE_IN_DANGER = 1


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


def suggest(matter: Matter, *, by: Actor, at: dt.datetime, limit: int = 9) -> list[Candidate]:
    """Crews that `by` may send to the matter, best first; stale positions are left out. A fixed number of queries.

    Order: the community officer's own crew for a dispute or help nearby (S-CMD-018), then free crews by driving
    time, then crews on less urgent matters. What speaks against a crew counts as half a minute at most, and as nothing
    where life is in danger. A crew with somebody whom the matter excludes is not in it at all.
    """
    if matter.lon is None or matter.lat is None:
        return []
    roads = roads_at(at)
    units, ways = _by_time(rounds(roads.graph, (matter.lon, matter.lat)), matter, by, at, limit)
    best, rapid = ways[:limit], rapid_of(matter.duty_path, at)
    aboard = crews([way.seen.unit.shift for way in best], at)
    left = left_behind([way.seen for way in best], units, roads, rapid, by=by, at=at)
    weighed = [
        weigh(way, aboard.get(way.seen.unit.shift, []), left.get(way.seen.unit.pk, Left()), matter, at) for way in best
    ]
    weighed.sort(key=lambda one: _order(one.way, 0.0 if matter.urgency == LIFE_IN_DANGER else one.against_s))
    found = [_candidate(one, rank) for rank, one in enumerate(weighed, 1)]
    return _for_level(_for_several(found, matter), matter)


def _by_time(
    looks: Iterable[Round], matter: Matter, by: Actor, at: dt.datetime, limit: int
) -> tuple[list[Standing], list[Way]]:
    """Units seen and their ways, best first. Looks no further than until `limit` free crews are found in time."""
    officers = shifts_with(_community_officers(matter, at), at) if is_for_nearest(matter) else set()
    units: list[Standing] = []
    ways: list[Way] = []
    for one_round in looks:
        units = standing(by, at, one_round.box, around=matter)
        drives = one_round.drives({one.unit.pk: one.at for one in units})
        ways = [_way(one, drives[one.unit.pk], one.unit.shift in officers) for one in units if one.unit.pk in drives]
        if sum(way.seen.free and way.seconds <= one_round.limit_s for way in ways) >= limit:
            break
    ways.sort(key=_order)
    return units, ways


def _order(way: Way, against_s: float = 0.0) -> tuple[bool, bool, float, str]:
    return not way.seen.free, not way.preferred, way.seconds + against_s, way.seen.unit.name


def _community_officers(matter: Matter, at: dt.datetime) -> set[UUID]:
    """Persons who are community officers of the ground the matter lies on."""
    numbers = [int(part) for part in matter.duty_path.split("/") if part]
    posts = Post.objects.held_at(at).filter(role="community_officer", area__number__in=numbers)
    return set(posts.values_list("person", flat=True))


def _way(one: Standing, drive: Drive, officer: bool) -> Way:
    seconds = on_foot(drive.metres) if one.unit.form == UnitForm.FOOT else drive.seconds
    return Way(one, drive, seconds, officer and one.free and seconds <= NEAREST_WITHIN_S)


def _candidate(weighed: Weighed, rank: int) -> Candidate:
    way = weighed.way
    return Candidate(
        unit=way.seen.unit, seconds=way.seconds, metres=way.drive.metres, by_road=way.drive.by_road,
        sworn=weighed.sworn, helpers=len(weighed.crew) - weighed.sworn, reasons=weighed.reasons,
        cautions=weighed.cautions, preferred=way.preferred, free=way.seen.free, rank=rank,
    )  # fmt: skip


def _for_level(found: list[Candidate], matter: Matter) -> list[Candidate]:
    """Who goes too until the alarm level has its crews."""
    level = matter.facts.get("alarm_level")
    if level not in CREWS_AT_LEVEL:
        return found
    crews, out = CREWS_AT_LEVEL[level], Assignment.objects.filter(matter=matter, state__in=OPEN_STATES).count()
    missing = [one for one in found if one.free][: max(0, crews - out)]
    for number, one in enumerate(missing, out + 1):
        word = Word("alarm_level", {"level": level, "number": number, "crews": crews})
        found[one.rank - 1] = replace(one, reasons=(word, *one.reasons))
    return found


def _for_several(found: list[Candidate], matter: Matter) -> list[Candidate]:
    """Who goes along: a second crew where life is in danger, and one that makes two sworn officers of one."""
    free = [one for one in found if one.free and one.sworn]
    if not free:
        return found
    first = free[0]
    if is_for_two(matter) and first.sworn < SWORN_TO_QUESTION and len(free) > 1:
        together = Word("together", {"unit": free[1].unit.name, "seconds": round(free[1].seconds)})
        found[first.rank - 1] = replace(first, reasons=(*first.reasons, together))
    if matter.urgency == LIFE_IN_DANGER and len(free) > 1:
        second = free[1]
        found[second.rank - 1] = replace(second, reasons=(Word("second_crew"), *second.reasons))
    return found
