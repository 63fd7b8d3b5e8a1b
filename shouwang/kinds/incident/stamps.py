"""The fourteen clock times of a call (C11): set by steps, amended only by adding."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.core.units import whole_minutes
from shouwang.kinds.incident.models import Stamp, StampName
from shouwang.matters.kinds import Act, Taking
from shouwang.matters.models import Matter

EARLY = dt.timedelta(days=1)  # a call that was made long before it was written down is booked with its own time


class StampInFuture(Problem):
    code, status = "stamp.future", 400
    says = _("This time lies in the future. Give the time at which it happened.")


class StampTooEarly(Problem):
    code, status = "stamp.too_early", 400
    says = _("This time lies long before the call. Check the date.")


def stamps(*names: StampName) -> Act:
    """An effect: set these times to that of the step, where they are not set yet (the first crew counts)."""

    def put(taking: Taking) -> None:
        set_stamps(taking.matter, names, by=taking.by, at=taking.at)

    return put


def set_stamps(matter: Matter, names: tuple[StampName, ...], *, by: Actor, at: dt.datetime) -> None:
    """Add the rows that are missing."""
    known = set(matter.stamps.filter(amends=False, name__in=names).values_list("name", flat=True))
    Stamp.objects.bulk_create(
        Stamp(matter=matter, name=name, at=at, recorded_at=at, person=by.person_id, device=by.device_id)
        for name in names
        if name not in known
    )


def amend(taking: Taking) -> None:
    """Effect of the step `amend_stamp`: a newer row beside the old one. Raises StampInFuture, StampTooEarly"""
    given, matter = taking.given, taking.matter
    if given["happened_at"] > taking.at:
        raise StampInFuture(field="happened_at")
    if given["happened_at"] < matter.opened_at - EARLY:
        raise StampTooEarly(field="happened_at")
    Stamp.objects.create(
        matter=matter, name=given["stamp"], at=given["happened_at"], recorded_at=taking.at, person=taking.by.person_id,
        device=taking.by.device_id, amends=True, reason=given["reason"],
    )  # fmt: skip
    taking.noted |= {"stamp": given["stamp"], "to": given["happened_at"], "reason": given["reason"]}


def times_of(matter: Matter) -> dict[str, dt.datetime]:
    """The times that count, in the order of C11: the newest row of each."""
    newest = {row.name: row.at for row in matter.stamps.order_by("id")}
    return {name: newest[name] for name in StampName.values if name in newest}


def minutes_of(matter: Matter) -> list[tuple[str, str, int]]:
    """(from, to, minutes) between each two times that are set (S-CMD-010)."""
    return [
        (first, second, whole_minutes((later - earlier).total_seconds()))
        for (first, earlier), (second, later) in pairwise(times_of(matter).items())
    ]
