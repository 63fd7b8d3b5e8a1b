"""Taking a call out of the count of promised minutes, with its cause in the open, and counting it again."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.problem import Problem
from shouwang.dispatch.models.excuse import Excuse, ExcuseCause
from shouwang.journal.record import record
from shouwang.matters.models import Matter
from shouwang.people.access import Verb, require

SHORTEST = 4


class CauseMissing(Problem):
    code, status = "rapid.cause_missing", 400
    says = _("Choose a cause, and say in a few words what happened.")


class ExcusedAlready(Problem):
    code, status = "rapid.excused", 409
    says = _("This call is not counted already.")


def excuse(matter: Matter, cause: str, words: str, *, by: Actor, at: dt.datetime) -> Excuse:
    """The call is listed with its cause instead of being counted. Raises CauseMissing, ExcusedAlready"""
    said = clean_line(words, 120, field="words")
    if cause not in ExcuseCause.values or len(said) < SHORTEST:
        raise CauseMissing(field="words")
    with acting(by):
        row = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
        require(by, Verb.UNIT_MANAGE, row, at)
        if Excuse.objects.filter(matter=row, taken_back_at__isnull=True).exists():
            raise ExcusedAlready
        made = Excuse.objects.create(matter=row, why=cause, words=said, made_at=at, made_by=by.person_id)
        record("rapid.excuse", topic="rapid.excused", subject=row, by=by, at=at, area=row.area_id, cause=cause,
               words=said)  # fmt: skip
    return made


def count_again(matter: Matter, *, by: Actor, at: dt.datetime) -> None:
    """Nothing happens where the call is counted."""
    with acting(by):
        require(by, Verb.UNIT_MANAGE, matter, at)
        row = Excuse.objects.select_for_update().filter(matter=matter, taken_back_at__isnull=True).first()
        if row is None:
            return
        row.taken_back_at, row.taken_back_by = at, by.person_id
        row.save(update_fields=["taken_back_at", "taken_back_by"])
        record("rapid.count_again", topic="rapid.excused", subject=matter, by=by, at=at, area=matter.area_id,
               cause=row.why)  # fmt: skip
