"""Person-times of an event, counted from turns, and how many are inside, counted at the gates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.clock import local_date
from shouwang.core.impersonal import refuse_persons
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.kinds.event.holding import NotRunning
from shouwang.kinds.event.models import EventCount, EventTurn
from shouwang.kinds.event.words import CROWD
from shouwang.matters.models import Matter
from shouwang.people.access import require
from shouwang.people.verbs import Verb

FULL = 0.9  # of the licensed capacity: from here on the gates are told
MOST = 1_000_000


class NotCounted(Problem):
    code, status = "event.not_counted", 409
    says = _("At this sort of event nobody is counted.")


class CountWrong(Problem):
    code, status = "event.count", 400
    says = _("Give two whole numbers; no more can go out than are inside.")


@dataclass(frozen=True)
class PersonTimes:
    """One person on one day is one person-time, on however many posts he stood. The rest is what it rests on."""

    n: int = 0
    people: int = 0
    turns: int = 0
    posts: int = 0
    shifts: int = 0
    days: int = 0
    hours: float = 0.0


@dataclass(frozen=True)
class Inside:
    """`look` is empty, full (from nine tenths on) or over."""

    came: int
    went: int
    capacity: int

    @property
    def now(self) -> int:
        return self.came - self.went

    @property
    def look(self) -> str:
        if not self.capacity or self.now < FULL * self.capacity:
            return ""
        return "over" if self.now > self.capacity else "full"


def person_times(matters: Iterable[UUID], at: dt.datetime) -> dict[UUID, PersonTimes]:
    """Of each of these events. One query."""
    turns: dict[UUID, list[EventTurn]] = {}
    for turn in EventTurn.objects.filter(post__matter__in=list(matters)).select_related("post"):
        turns.setdefault(turn.post.matter_id, []).append(turn)
    return {matter: _counted(rows, at) for matter, rows in turns.items()}


def _counted(turns: list[EventTurn], at: dt.datetime) -> PersonTimes:
    days = {(turn.person_id, local_date(turn.taken_at)) for turn in turns}
    stood = sum(((turn.left_at or at) - turn.taken_at).total_seconds() for turn in turns)
    return PersonTimes(
        n=len(days), people=len({turn.person_id for turn in turns}), turns=len(turns),
        posts=len({turn.post_id for turn in turns}), shifts=len({turn.shift for turn in turns}),
        days=len({day for _person, day in days}), hours=stood / 3600,
    )  # fmt: skip


def note_count(matter: Matter, gate: str, came: int, went: int, *, by: Actor, at: dt.datetime) -> None:
    """So many came and went at a gate since it was counted last.

    Raises  NotCounted, NotRunning, CountWrong, what refuse_persons raises, NotAllowed, NotVisible
    """
    place = clean_line(gate, 40, field="gate")
    refuse_persons({"gate": place})
    with acting(by):
        row = Matter.objects.select_for_update().get(pk=matter.pk)
        require(by, Verb.MATTER_WORK, row, at)
        if not row.subkind.startswith(f"{CROWD}."):
            raise NotCounted
        if row.state != "running":
            raise NotRunning
        if not place or min(came, went) < 0 or max(came, went) > MOST or inside(row).now + came - went < 0:
            raise CountWrong(field="came")
        EventCount.objects.create(matter=row, gate=place, came=came, went=went, counted_at=at, counted_by=by.person_id)
        record("event.count", topic="matter.changed", subject=row, by=by, at=at, area=row.area_id, gate=place,
               came=came, went=went)  # fmt: skip


def inside(matter: Matter) -> Inside:
    """How many are inside by the counts at the gates."""
    told = EventCount.objects.filter(matter=matter).aggregate(came=Sum("came"), went=Sum("went"))
    return Inside(told["came"] or 0, told["went"] or 0, int(matter.facts.get("capacity") or 0))
