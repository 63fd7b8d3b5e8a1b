"""What speaks for a crew and against it, in words with their figures, and how much it weighs in the order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shouwang.dispatch import wording
from shouwang.dispatch.driving import Drive
from shouwang.dispatch.standing import Standing
from shouwang.dispatch.uncovering import Left
from shouwang.duty.models import Availability, Crew
from shouwang.matters.kinds import kind_of
from shouwang.matters.models import Matter

NEAREST_WITHIN_S = 600.0  # S-CMD-018: the community officer goes to a dispute or a call for help when so near
SWORN_TO_QUESTION = 2  # CFS-08
QUESTIONED = frozenset({"crime", "order", "crowd_safety"})  # groups of calls that mostly end in questions (C10)
HELP_GROUP = "help"
MANY_CALLS, LONG_ON = 6, dt.timedelta(hours=10)
UNCOVERED_S = 180.0
HOMES_A_SECOND = 20.0
MOST_WEIGHS_S = 30.0
WEIGHS_S = {"no_sworn": 30.0, "one_sworn": 15.0, "unrecorded": 15.0, "many_calls": 10.0, "long_on": 10.0}


@dataclass(frozen=True)
class Word:
    """A reason or a caution: a code with its figures. `wording` says it in the reader's language."""

    code: str
    figures: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return wording.worded(self.code, self.figures)


@dataclass(frozen=True)
class Way:
    """A unit and its way to the place. `preferred`: the community officer's own, near enough."""

    seen: Standing
    drive: Drive
    seconds: float
    preferred: bool


@dataclass(frozen=True)
class Weighed:
    """A way with its crew and what speaks for and against it."""

    way: Way
    crew: Sequence[Crew]
    reasons: tuple[Word, ...]
    cautions: tuple[Word, ...]

    @property
    def sworn(self) -> int:
        return sum(member.sworn for member in self.crew)

    @property
    def against_s(self) -> float:
        """Seconds by which it counts as later: half a minute at most, however much speaks against it."""
        weighs = sum(WEIGHS_S.get(word.code, 0.0) for word in self.cautions)
        homes: int = sum(word.figures["homes"] for word in self.cautions if word.code == "leaves")
        return min(MOST_WEIGHS_S, weighs + homes / HOMES_A_SECOND)


def weigh(way: Way, crew: Sequence[Crew], left: Left, matter: Matter, at: dt.datetime) -> Weighed:
    return Weighed(way, crew, _reasons(way, crew, matter, at), _cautions(way, crew, left, matter, at))


def is_for_nearest(matter: Matter) -> bool:
    """S-CMD-018: a dispute or a call for help."""
    subkind = kind_of(matter.kind).subkinds.get(matter.subkind)
    return subkind is not None and (subkind.dispute or subkind.group == HELP_GROUP)


def is_for_two(matter: Matter) -> bool:
    """Whether it will hardly end without questioning somebody, for which CFS-08 asks two sworn officers."""
    subkind = kind_of(matter.kind).subkinds.get(matter.subkind)
    return subkind is None or subkind.group in QUESTIONED


def _reasons(way: Way, crew: Sequence[Crew], matter: Matter, at: dt.datetime) -> tuple[Word, ...]:
    words, one = [], way.seen
    sworn, recorded = sum(member.sworn for member in crew), any(member.recorder for member in crew)
    if way.preferred:
        words.append(Word("community_officer", {"minutes": round(NEAREST_WITHIN_S / 60)}))
    if matter.duty_path.startswith(one.unit.duty_path):
        words.append(Word("own_ground"))
    if sworn >= SWORN_TO_QUESTION:
        words.append(Word("two_sworn"))
    elif sworn and recorded and not is_for_two(matter):
        words.append(Word("one_enough"))
    if recorded:
        words.append(Word("recorder"))
    free_minutes = int((at - one.free_since).total_seconds() // 60)
    if one.free:
        words.append(Word("free_for", {"minutes": free_minutes}) if free_minutes else Word("free_now"))
    return tuple(words)


def _cautions(way: Way, crew: Sequence[Crew], left: Left, matter: Matter, at: dt.datetime) -> tuple[Word, ...]:
    words, one = [], way.seen
    if one.task is not None:
        words.append(Word("busy", {"number": one.task.number, "urgency": one.task.urgency}))
    elif one.unit.availability == Availability.AWAY:
        words.append(Word("away", {"reason": one.unit.away_reason}))
    words += _crew_rule(crew, matter)
    if one.calls >= MANY_CALLS:
        words.append(Word("many_calls", {"calls": one.calls}))
    if at - one.unit.on_since >= LONG_ON:
        words.append(Word("long_on", {"minutes": int((at - one.unit.on_since).total_seconds() // 60)}))
    if not way.drive.by_road:
        words.append(Word("straight_line"))
    if one.free:
        words += _left(one, left)
    return tuple(words)


def _crew_rule(crew: Sequence[Crew], matter: Matter) -> list[Word]:
    """CFS-08: two sworn to question; one with auxiliaries for the rest, if it is recorded throughout."""
    sworn = sum(member.sworn for member in crew)
    if sworn >= SWORN_TO_QUESTION:
        return []
    if sworn == 0:
        return [Word("no_sworn")]
    if is_for_two(matter):
        return [Word("one_sworn")]
    return [] if any(member.recorder for member in crew) else [Word("unrecorded")]


def _left(one: Standing, left: Left) -> list[Word]:
    if left.homes or left.places:
        return [Word("leaves", {"homes": left.homes, "places": left.places, "within": left.minutes})]
    if left.alone:
        return [Word("nobody_left", {"area": one.unit.home})]
    if left.next_s is not None and left.next_s > UNCOVERED_S:
        return [Word("uncovers", {"area": one.unit.home, "seconds": round(left.next_s)})]
    return []
