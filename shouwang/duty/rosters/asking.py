"""Asking for a roster, and the question it puts to the solver: people, days, leave, wishes, rest from before."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import asdict, dataclass, replace
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwang.core import clock
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.duty.levels.in_force import order_of_days
from shouwang.duty.models import Absence, AbsenceKind, AbsenceState, DutyModel, Roster, RosterState, Turn
from shouwang.duty.rosters.pool import Staff, pool_of
from shouwang.duty.rosters.slots import Slot, slots_from, suits
from shouwang.duty.tasks import work_out
from shouwang.journal.record import record
from shouwang.people.access import NotVisible, Verb, reaches, require, spans
from shouwang.solvers import rostering_rules as rules

FEWEST_DAYS, MOST_DAYS = 1, 35
DAY = dt.timedelta(days=1)


class RosterUnusable(Problem):
    code, status = "roster.unusable", 422
    says = _("A roster begins today or later, within a year, and lasts 1 to 35 days.")


class NobodyToRoster(Problem):
    code, status = "roster.nobody", 422
    says = _("Nobody of this office suits any line of the duty model.")


@dataclass(frozen=True)
class Limits:
    """PAT-09 in words: hours of rest, nights and days running, hours in any seven days."""

    rest_h: int = 11
    nights: int = 3
    days: int = 6
    week_h: int = 48

    def for_solver(self) -> rules.Limits:
        return rules.Limits(self.rest_h * 60, self.nights, self.days, self.week_h * 60)


def visible_rosters(by: Actor, at: dt.datetime) -> QuerySet[Roster]:
    """Those in force on the ground of `by`; proposals too for who writes rosters there."""
    told = Q(state__in=(RosterState.IN_FORCE, RosterState.REPLACED))
    read = reaches(spans(by, Verb.ROSTER_READ, at), "area__")
    found = Roster.objects.filter(read & told | reaches(spans(by, Verb.ROSTER_WRITE, at), "area__"))
    return found.select_related("area", "model").order_by("-first_on", "-asked_at")


def visible_roster(key: UUID, by: Actor, at: dt.datetime) -> Roster:
    """Raises NotVisible."""
    found = visible_rosters(by, at).filter(pk=key).first()
    if found is None:
        raise NotVisible
    return found


def ask_roster(model: DutyModel, *, first_on: dt.date, days: int, limits: Limits, by: Actor, at: dt.datetime) -> Roster:
    """A roster that waits to be worked out by a job. Raises NotAllowed, NotVisible, RosterUnusable, NobodyToRoster"""
    with acting(by):
        require(by, Verb.ROSTER_WRITE, model.area, at)
        today = clock.local_date(at)
        if not (today <= first_on <= today + 366 * DAY and FEWEST_DAYS <= days <= MOST_DAYS):
            raise RosterUnusable(field="first_on")
        slots = slots_from(model.slots)
        if not any(suits(slot, one.posts) for slot in slots for one in pool_of(model.area, at).values()):
            raise NobodyToRoster
        ordered = order_of_days(model.area, first_on, days)
        if ordered is not None:  # the rest rules of a duty level stand in for those that were asked (PAT-08)
            limits = replace(limits, rest_h=ordered.rest_h, nights=ordered.nights)
        row = Roster.objects.create(
            model=model, area=model.area, first_on=first_on, days=days, slots=model.slots, limits=asdict(limits),
            asked_by=by.person_id, asked_at=at,
        )  # fmt: skip
        work_out.defer(roster=str(row.pk))
        record("roster.ask", topic="roster.asked", subject=row, area=row.area, by=by, at=at,
               first_on=first_on.isoformat(), days=days)  # fmt: skip
    return row


def question_of(row: Roster, at: dt.datetime) -> rules.Question:
    """As the rows stand now. People who suit no slot are left out."""
    slots, people = slots_from(row.slots), pool_of(row.area, at)
    fitting = {key: frozenset(slot.code for slot in slots if suits(slot, one.posts)) for key, one in people.items()}
    people = {key: one for key, one in people.items() if fitting[key]}
    absent, free = _absences(row, people), _busy(row, people)
    members = tuple(
        rules.Person(str(key), fitting[key], frozenset(absent[key, AbsenceKind.LEAVE] | free[key][0]), free[key][1])
        for key in people
    )
    wishes = tuple(
        rules.Wish(str(key), day, wanted=kind == AbsenceKind.WISH_ON)
        for key in people
        for kind in (AbsenceKind.WISH_OFF, AbsenceKind.WISH_ON)
        for day in sorted(absent[key, kind])
    )
    limits = Limits(**row.limits).for_solver()
    return rules.Question(
        row.days, tuple(slot.for_solver() for slot in slots), members, tuple(_needs(row, slots)), wishes, limits
    )


def _needs(row: Roster, slots: list[Slot]) -> list[rules.Need]:
    return [
        rules.Need(day, slot.code, slot.number)
        for day in range(row.days)
        for slot in slots
        if slot.number and (row.first_on + day * DAY).weekday() in slot.weekdays
    ]


def _absences(row: Roster, people: dict[UUID, Staff]) -> dict[tuple[UUID, str], set[int]]:
    """Days counted from the first: granted leave, and wishes as they are asked."""
    last = row.first_on + (row.days - 1) * DAY
    found: dict[tuple[UUID, str], set[int]] = defaultdict(set)
    granted = Q(state=AbsenceState.GRANTED) | Q(state=AbsenceState.ASKED) & ~Q(kind=AbsenceKind.LEAVE)
    for one in Absence.objects.filter(granted, person__in=people, first_on__lte=last, last_on__gte=row.first_on):
        first, end = (one.first_on - row.first_on).days, (one.last_on - row.first_on).days
        found[one.person_id, one.kind] |= set(range(max(0, first), min(row.days - 1, end) + 1))
    return found


def _busy(row: Roster, people: dict[UUID, Staff]) -> dict[UUID, tuple[set[int], int]]:
    """Days on other rosters in force, and the minute of the first day until which somebody rests from before."""
    last = row.first_on + row.days * DAY
    midnight = dt.datetime.combine(row.first_on, dt.time(), clock.SHANGHAI)
    found: dict[UUID, tuple[set[int], int]] = {key: (set(), 0) for key in people}
    others = Turn.objects.filter(
        person__in=people, roster__state=RosterState.IN_FORCE, on__gte=row.first_on - 2 * DAY, on__lt=last
    ).exclude(roster=row)
    for turn in others.select_related("roster"):
        days, free = found[turn.person_id]
        if turn.on >= row.first_on and turn.roster.model_id != row.model_id:
            days.add((turn.on - row.first_on).days)
        elif turn.on < row.first_on:
            until = int((turn.during.upper - midnight) / dt.timedelta(minutes=1)) + row.limits["rest_h"] * 60
            found[turn.person_id] = (days, max(free, until))
    return found
