"""Which crews are on a matter; talking to them; the part of a hand-over sheet that lists units out."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from shouwang.core.actor import Actor
from shouwang.dispatch.board import OPEN_STATES
from shouwang.dispatch.models import Assignment
from shouwang.duty.messages import send_message
from shouwang.duty.models import Message, Shift, Unit
from shouwang.duty.shifts import crews
from shouwang.matters.handover import section
from shouwang.matters.models import Matter
from shouwang.people.models import Post
from shouwang.places.models import Area


def units_on(matter: Matter) -> list[Unit]:
    """Units now on the matter, the earliest first."""
    rows = Assignment.objects.filter(matter=matter, state__in=OPEN_STATES).select_related("unit").order_by("sent_at")
    return [row.unit for row in rows]


def assignment_of(unit: Unit) -> Assignment | None:
    """What the unit is on now."""
    rows = Assignment.objects.filter(unit=unit, state__in=OPEN_STATES)
    return rows.select_related("matter__area", "unit", "shift").first()


def tell_crews(*, matter: Matter, text: str, by: Actor, at: dt.datetime, key: UUID | None = None) -> Message:
    """A message to every crew that is on the matter."""
    return send_message(matter=matter, units=units_on(matter), text=text, by=by, at=at, key=key)


@section("units")
def _units_out(area: Area, post: Post | None, by: Actor, at: dt.datetime) -> list[Any]:
    """Units on duty here, who is on them, and what they are on."""
    if post is not None:
        return []
    shifts = Shift.objects.filter(unit__duty_path__startswith=area.duty_path, during__contains=at)
    rows = list(shifts.select_related("unit").order_by("unit__name"))
    on_board = crews([shift.pk for shift in rows], at)
    busy = Assignment.objects.filter(shift__in=rows, state__in=OPEN_STATES)
    tasks = {task.shift_id: task for task in busy.select_related("matter")}
    return [
        {
            "unit": str(shift.unit_id),
            "since": shift.during.lower.isoformat(),
            "availability": shift.availability,
            "crew": [str(member.person_id) for member in on_board.get(shift.pk, [])],
            "matter": str(tasks[shift.pk].matter_id) if shift.pk in tasks else None,
            "reference": tasks[shift.pk].matter.reference if shift.pk in tasks else None,
            "state": tasks[shift.pk].state if shift.pk in tasks else None,
        }
        for shift in rows
    ]
