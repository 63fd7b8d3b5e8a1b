"""Crews on duty as those who can take up a post of an event."""

from __future__ import annotations

import datetime as dt

from shouwang.core.actor import Actor
from shouwang.duty.models import Unit
from shouwang.duty.shifts import crews, on_shift
from shouwang.kinds.event.holding import Relay
from shouwang.people.access import spans, within
from shouwang.people.verbs import Verb


def relays_on_duty(by: Actor, at: dt.datetime) -> list[Relay]:
    """Every unit of the ground of `by` that is on duty, with whoever its shift has on it now. Three queries."""
    units = Unit.objects.filter(within(spans(by, Verb.MATTER_WORK, at)), active=True).order_by("name")
    shifts = on_shift((unit.pk for unit in units), at)
    on = crews((shift.pk for shift in shifts.values()), at)
    return [
        Relay(unit.pk, unit.name, shifts[unit.pk].pk, [one.person for one in on.get(shifts[unit.pk].pk, [])])
        for unit in units
        if unit.pk in shifts
    ]
