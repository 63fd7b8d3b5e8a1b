"""A place takes a verb from a role for a time, and gives it back by itself. Nothing here can add one."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _
from psycopg.types.range import TimestamptzRange

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.access import require
from shouwang.people.models import RoleNarrowing
from shouwang.people.roles import ROLE_TABLE
from shouwang.people.verbs import Verb
from shouwang.places.models import Area


class NothingToNarrow(Problem):
    code, status = "people.nothing_to_narrow", 422
    says = _("“{role}” does not hold “{verb}”: there is nothing to take away.")


class NarrowingNeedsReason(Problem):
    code, status = "people.narrowing_needs_reason", 422
    says = _("Say why, and until when.")


def narrow_role(
    role: str, verb: Verb, *, area: Area, until: dt.datetime, reason: str, by: Actor, at: dt.datetime
) -> RoleNarrowing:
    """Posts of `role` on `area` and inside it are without `verb` until then.

    Raises  NotAllowed, NotVisible, NothingToNarrow, NarrowingNeedsReason
    """
    assert by.person_id is not None
    if role not in ROLE_TABLE or verb not in ROLE_TABLE[role].verbs:
        raise NothingToNarrow(role=role, verb=verb, field="verb")
    if until <= at or not reason.strip():
        raise NarrowingNeedsReason(field="reason")
    with acting(by):
        require(by, Verb.ROLE_NARROW, area, at)
        narrowing = RoleNarrowing.objects.create(
            area=area,
            role=role,
            verb=verb.value,
            during=TimestamptzRange(at, until),
            reason=reason.strip()[:200],
            narrowed_by_id=by.person_id,
        )
        record(
            "role.narrow", topic="role.narrowed", subject=narrowing, by=by, at=at, area=area, role=role,
            without=verb.value, until=until,
        )  # fmt: skip
    return narrowing


def end_narrowing(narrowing: RoleNarrowing, *, by: Actor, at: dt.datetime) -> None:
    """Give the verb back before the time. Raises NotAllowed, NotVisible"""
    with acting(by):
        require(by, Verb.ROLE_NARROW, narrowing.area, at)
        narrowing.during = TimestamptzRange(narrowing.during.lower, at)
        narrowing.save(update_fields=["during"])
        record("role.restore", topic="role.narrowed", subject=narrowing, by=by, at=at, area=narrowing.area)
