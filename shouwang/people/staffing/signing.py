"""Signing for a day of duty: one's own, of the last days only; struck out where it was wrong (S-ORG-016, 030)."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.clock import local_date
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.access import NotVisible, require
from shouwang.people.models import DutyEntry, DutySort, Person
from shouwang.people.verbs import Verb

OPEN_FOR = dt.timedelta(days=14)  # a week is read on its Monday; five working days are left to put it right (IND-06)
A_DAY = 24 * 60


class DayUnusable(Problem):
    code, status = "staffing.day_unusable", 422
    says = _("Only hours of the last 14 days can be signed for, and no more than 24 on one day.")


def sign_day(*, on: dt.date, sort: str, minutes: int, words: str, by: Actor, at: dt.datetime) -> DutyEntry:
    """The signature for part of one's own day. Raises NotAllowed, DayUnusable"""
    with acting(by):
        require(by, Verb.SHIFT_SIGN, None, at)
        assert by.person_id is not None
        person, today = Person.objects.get(pk=by.person_id), local_date(at)
        rows = DutyEntry.objects.filter(person=person, on=on, struck_at__isnull=True)
        signed = sum(rows.values_list("minutes", flat=True))
        if sort not in DutySort.values or not today - OPEN_FOR <= on <= today or not 0 < minutes <= A_DAY - signed:
            raise DayUnusable(field="hours")
        entry = DutyEntry.objects.create(
            person=person, on=on, sort=sort, minutes=minutes, words=clean_line(words, 120), signed_at=at
        )
        record("duty_entry.sign", topic="duty_entry.signed", subject=entry, by=by, at=at, on=on.isoformat())
    return entry


def strike_day(entry: DutyEntry, *, by: Actor, at: dt.datetime) -> DutyEntry:
    """Struck out by whoever signed it. Raises NotVisible, DayUnusable"""
    with acting(by):
        row = DutyEntry.objects.select_for_update().get(pk=entry.pk)
        if row.person_id != by.person_id or row.struck_at is not None:
            raise NotVisible
        if row.on < local_date(at) - OPEN_FOR:
            raise DayUnusable
        row.struck_at = at
        row.save(update_fields=["struck_at"])
        record("duty_entry.strike", topic="duty_entry.signed", subject=row, by=by, at=at, on=row.on.isoformat())
    return row
