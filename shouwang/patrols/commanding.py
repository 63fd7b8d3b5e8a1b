"""The line of command over grid workers, auxiliaries and security workers (S-ORG-012): who leads them on which ground,
who is on leave, what they are tasked with, and whose hours wait for a signature."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from shouwang.core.actor import Actor
from shouwang.core.clock import local_date
from shouwang.duty.models import Absence
from shouwang.duty.models.leave import AbsenceKind, AbsenceState
from shouwang.patrols.models import Slot, State
from shouwang.people.access import Verb, reaches, spans
from shouwang.people.models import Post

LED = ("auxiliary", "grid_worker", "security_worker")
LEADERS = ("community_officer", "duty_lead", "station_head")  # the nearest ground first, then the nearest office
WEEK = dt.timedelta(days=7)


@dataclass
class Led:
    """One who is led: his post, the sworn officer nearest to it, leave that was asked or granted, slots, unsigned."""

    post: Post
    leader: Post | None
    leave: list[Absence] = field(default_factory=list)
    tasks: list[Slot] = field(default_factory=list)
    unsigned: list[Slot] = field(default_factory=list)


def line_of(by: Actor, at: dt.datetime) -> list[Led]:
    """Everybody led on the ground of `by`, or in its office. Four queries."""
    paths = spans(by, Verb.PATROL_ORDER, at)
    above = {int(part) for path in paths for part in path.split("/") if part}
    held = Post.objects.held_at(at).select_related("person", "area")
    led = {
        one.person_id: one for one in held.filter(reaches(paths, "area__") | Q(area__number__in=above), role__in=LED)
    }
    leaders = list(
        held.filter(reaches(paths, "area__") | Q(area__number__in=above), role__in=LEADERS, person__sworn=True)
    )
    leave = _leave(list(led), at)
    tasks, unsigned = _slots(list(led), at)
    return sorted(
        (Led(post, leader_of(post, leaders), leave[key], tasks[key], unsigned[key]) for key, post in led.items()),
        key=lambda one: (one.post.area.duty_path, one.post.person.name),
    )


def leader_of(post: Post, leaders: list[Post]) -> Post | None:
    """The sworn officer on the smallest ground that holds this post."""
    over = [one for one in leaders if one.area.duty_path and post.area.duty_path.startswith(one.area.duty_path)]
    return max(over, key=lambda one: (len(one.area.duty_path), -LEADERS.index(one.role), one.responsible), default=None)


def _leave(people: list[Any], at: dt.datetime) -> dict[Any, list[Absence]]:
    found: dict[Any, list[Absence]] = defaultdict(list)
    rows = Absence.objects.filter(
        person__in=people, kind=AbsenceKind.LEAVE, state__in=(AbsenceState.ASKED, AbsenceState.GRANTED),
        last_on__gte=local_date(at),
    )  # fmt: skip
    for one in rows.order_by("first_on"):
        found[one.person_id].append(one)
    return found


def _slots(people: list[Any], at: dt.datetime) -> tuple[dict[Any, list[Slot]], dict[Any, list[Slot]]]:
    tasks: dict[Any, list[Slot]] = defaultdict(list)
    unsigned: dict[Any, list[Slot]] = defaultdict(list)
    rows = Slot.objects.filter(person__in=people).filter(
        Q(off_at__isnull=False, signed_at__isnull=True) | Q(leg__ends_at__gt=at, leg__starts_at__lt=at + WEEK)
    )
    for one in rows.exclude(leg__order__state=State.NOT_HELD).select_related("leg__order").order_by("leg__starts_at"):
        (unsigned if one.off_at else tasks)[one.person_id].append(one)
    return tasks, unsigned
