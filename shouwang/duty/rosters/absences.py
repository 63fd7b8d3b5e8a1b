"""Leave and wishes: asked by the person himself; leave is granted by whoever leads, a wish binds nobody."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core import clock
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.duty.models import Absence, AbsenceKind, AbsenceState
from shouwang.journal.record import record
from shouwang.people.access import NotAllowed, NotVisible, Verb, may, require
from shouwang.people.models import Post

LONGEST = dt.timedelta(days=60)


class AbsenceUnusable(Problem):
    code, status = "roster.absence_unusable", 422
    says = _("Leave and wishes begin today or later, end after they begin and last 60 days at most.")


class AbsenceSettled(Problem):
    code, status = "roster.absence_settled", 409
    says = _("This was answered or taken back already.")


def ask_absence(*, kind: str, first_on: dt.date, last_on: dt.date, by: Actor, at: dt.datetime) -> Absence:
    """Days off or on that `by` asks for himself. No reason is asked. Raises NotAllowed, AbsenceUnusable"""
    with acting(by):
        require(by, Verb.SHIFT_SIGN, None, at)
        assert by.person_id is not None
        today = clock.local_date(at)
        fine = today <= first_on <= last_on <= first_on + LONGEST and first_on <= today + dt.timedelta(days=366)
        if not fine or kind not in AbsenceKind.values:
            raise AbsenceUnusable(field="first_on")
        row = Absence.objects.create(
            person_id=by.person_id, kind=kind, first_on=first_on, last_on=last_on, asked_at=at
        )  # fmt: skip
        record("absence.ask", topic="absence.asked", subject=row, by=by, at=at, kind=kind)
    return row


def decide_absence(row: Absence, *, granted: bool, by: Actor, at: dt.datetime) -> Absence:
    """By whoever writes rosters where the person has a post, and never by himself.

    Raises  NotAllowed, NotVisible, AbsenceSettled
    """
    with acting(by):
        row = _open(row)
        if not leads(by, row.person_id, at):
            raise NotVisible
        if row.person_id == by.person_id:
            raise NotAllowed
        row.state = AbsenceState.GRANTED if granted else AbsenceState.REFUSED
        row.decided_by, row.decided_at = by.person_id, at
        row.save(update_fields=["state", "decided_by", "decided_at"])
        record("absence.decide", topic="absence.decided", subject=row, by=by, at=at, granted=granted)
    return row


def withdraw_absence(row: Absence, *, by: Actor, at: dt.datetime) -> None:
    """Taken back by the person, granted or not, as long as it has not begun. Raises NotVisible, AbsenceSettled"""
    with acting(by):
        row = Absence.objects.select_for_update().get(pk=row.pk)
        if row.person_id != by.person_id:
            raise NotVisible
        if row.state not in (AbsenceState.ASKED, AbsenceState.GRANTED) or row.first_on <= clock.local_date(at):
            raise AbsenceSettled
        row.state = AbsenceState.WITHDRAWN
        row.save(update_fields=["state"])
        record("absence.withdraw", topic="absence.withdrawn", subject=row, by=by, at=at)


def leads(by: Actor, person: UUID, at: dt.datetime) -> bool:
    """Whether `by` writes rosters on the ground of a post of that person."""
    posts = Post.objects.held_at(at).filter(person=person).select_related("area")
    return any(may(by, Verb.ROSTER_WRITE, post.area, at) for post in posts)


def _open(row: Absence) -> Absence:
    locked = Absence.objects.select_for_update().get(pk=row.pk)
    if locked.state != AbsenceState.ASKED or locked.kind != AbsenceKind.LEAVE:
        raise AbsenceSettled
    return locked
