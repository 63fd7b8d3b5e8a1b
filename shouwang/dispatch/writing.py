"""Effects → rows: carries out what the core returned, and nothing else. The only module that writes an Assignment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from shouwang.core.actor import Actor
from shouwang.dispatch.board import REACHES, BoardAlert, BoardAssignment
from shouwang.dispatch.effects import (
    Effect,
    FallBack,
    RaiseAlert,
    SettleAlert,
    TakeMatterStep,
    TellUnit,
    WriteAssignment,
)
from shouwang.dispatch.models import Assignment
from shouwang.duty import alerts
from shouwang.duty.ringing import TO_THE_SENDER
from shouwang.journal.record import record
from shouwang.matters.kinds import kind_of
from shouwang.matters.models import Matter
from shouwang.matters.steps import take_step
from shouwang.people.access import may


def carry_out(effects: Iterable[Effect], *, by: Actor, at: dt.datetime) -> None:
    """In the order given, inside the transaction of the act."""
    for effect in effects:
        match effect:
            case WriteAssignment():
                _write(effect.assignment, new=effect.new)
            case TakeMatterStep():
                _move(effect, by=by, at=at)
            case TellUnit():
                record(
                    f"unit.tell_{effect.what}", topic=f"unit.{effect.what}", subject=("unit", effect.unit), by=by,
                    at=at, unit=effect.unit,
                    assignment=effect.assignment,
                )  # fmt: skip
            case FallBack():
                record(
                    "assignment.fall_back", topic="assignment.undelivered", subject=("assignment", effect.assignment),
                    by=by, at=at, unit=effect.unit,
                )  # fmt: skip
            case RaiseAlert(alert):
                alerts.put_alert(
                    kind=alert.kind, subject=alert.subject, unit_id=alert.unit, matter_id=alert.matter,
                    raised_at=alert.raised_at, by=by, at=at, desk=_sender(alert),
                )  # fmt: skip
            case SettleAlert(alert, why):
                alerts.settle_alert(kind=alert.kind, subject=alert.subject, why=why, by=by, at=at)


def _sender(alert: BoardAlert) -> UUID | None:
    """Where it rings first: with whoever sent the crew; a call for support rings everywhere."""
    if alert.kind not in TO_THE_SENDER:
        return None
    return Assignment.objects.filter(pk=alert.subject).values_list("sent_by", flat=True).first()


def _write(value: BoardAssignment, *, new: bool) -> None:
    row = Assignment(
        id=value.id,
        matter_id=value.matter,
        unit_id=value.unit,
        shift_id=value.shift,
        state=value.state,
        sent_by=value.sent_by,
        reason=value.reason,
        ended_at=value.ended_at,
        delivered_at=value.delivered_at,
        read_at=value.read_at,
        fallback_at=value.fallback_at,
        reminded_at=value.reminded_at,
        **{f"{name}_at": value.stamps.get(name) for name in REACHES},
    )
    row.save(force_insert=new, force_update=not new)


def _move(effect: TakeMatterStep, *, by: Actor, at: dt.datetime) -> None:
    """The matter's own step. Whoever may act on the assignment was checked there; the step follows from it.

    Why on the system's behalf: a crew from next door has no post on this ground, and its arrival counts all the same.
    """
    matter = Matter.objects.get(pk=effect.matter)
    kind = kind_of(matter.kind)
    step = kind.step(kind.crewed[effect.reached])
    taker = by if may(by, step.verb, matter, at) else replace(by, kind="system", cache={})
    take_step(matter, step.name, by=taker, at=at)
