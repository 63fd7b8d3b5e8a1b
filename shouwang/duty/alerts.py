"""Raising and settling what the desk hears until somebody answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.duty.models import Alert, AlertKind, Crew, Unit
from shouwang.duty.ringing import urgency_of
from shouwang.duty.watches import lead_over
from shouwang.journal.record import record
from shouwang.people.access import Verb, require, spans, within

TOPICS: dict[str, str] = {  # by these the desk knows which rhythm to sound
    AlertKind.SOS: "unit.sos",
    AlertKind.SUPPORT: "alert.support",
    AlertKind.UNSIGNED: "assignment.unsigned",
    AlertKind.MISSED: "alert.missed",
    AlertKind.RETURNED: "alert.returned",
}
ESCALATE = dt.timedelta(seconds=25)  # looked at every five seconds: within 30 it was noticed or passed on (trust U4)
BATCH = 500


class AlertSettled(Problem):
    code, status = "alert.settled", 409
    says = _("This alert was settled already.")


class NotYourUnit(Problem):
    code, status = "duty.not_your_unit", 403
    says = _("You are not on this unit now. Sign on first.")


def open_alerts(by: Actor, at: dt.datetime) -> list[Alert]:
    """Every alert on the ground of `by` that nobody took notice of, the most urgent first, each kind by age."""
    found = Alert.objects.filter(within(spans(by, Verb.UNIT_SEND, at)), settled_at__isnull=True)
    rows = found.select_related("unit", "matter")  # every desk asks with each news
    rows = rows.only("kind", "raised_at", "desk", "escalated_at", "unit__name", "matter__number")
    return sorted(rows, key=urgency_of)


def call_for_help(*, unit: Unit, by: Actor, at: dt.datetime) -> Alert:
    """An officer's SOS: one press, from whoever is on the unit now. Pressing again changes nothing."""
    with acting(by):
        if not Crew.objects.filter(shift__unit=unit, person=by.person_id, during__contains=at).exists():
            raise NotYourUnit
        return put_alert(
            kind=AlertKind.SOS, subject=unit.pk, unit_id=unit.pk, matter_id=None, raised_at=at, by=by, at=at
        )


def acknowledge_alert(*, alert: Alert, by: Actor, at: dt.datetime) -> Alert:
    """A person at the desk takes notice; the alert stops everywhere. Raises AlertSettled."""
    with acting(by):
        row = Alert.objects.select_for_update(of=("self",)).select_related("unit").get(pk=alert.pk)
        require(by, Verb.UNIT_SEND, row, at)
        if row.settled_at is not None:
            raise AlertSettled
        return _settle(row, "acknowledged", by=by, at=at)


def acknowledge_alerts(*, keys: Iterable[UUID], by: Actor, at: dt.datetime) -> int:
    """Take notice of those that were shown as one line; how many were still open. None besides those named is settled.

    Raises  NotAllowed, NotVisible: then none is
    """
    with acting(by):
        rows = Alert.objects.select_for_update(of=("self",)).select_related("unit").order_by("pk")
        found = list(rows.filter(pk__in=list(keys)[:BATCH], settled_at__isnull=True))
        for row in found:
            require(by, Verb.UNIT_SEND, row, at)
            _settle(row, "acknowledged", by=by, at=at)
    return len(found)


def escalate(at: dt.datetime) -> int:
    """What nobody took notice of rings at every desk of the ground, and the duty lead is told. How many."""
    by = Actor.system()
    waiting = Alert.objects.filter(settled_at__isnull=True, escalated_at__isnull=True, raised_at__lte=at - ESCALATE)
    if not waiting.exists():
        return 0
    with acting(by):
        rows = waiting.select_for_update(skip_locked=True, of=("self",)).select_related("unit").order_by("pk")
        due = list(rows[:BATCH])
        for row in due:
            row.escalated_at = at
            row.save(update_fields=["escalated_at"])
            lead = lead_over(row.duty_path, at)
            given = {"unit": row.unit_id, "kind": row.kind, "persons": [lead] if lead else []}
            if row.matter_id is not None:
                given["matter"] = row.matter_id
            record("alert.escalate", topic="alert.escalated", subject=row, by=by, at=at, area=row.unit.home_id, **given)
    return len(due)


def put_alert(
    *, kind: str, subject: UUID, unit_id: UUID, matter_id: UUID | None, raised_at: dt.datetime, by: Actor,
    at: dt.datetime, desk: UUID | None = None,
) -> Alert:  # fmt: skip
    """Raise it, or, if it is open already, note what it is about now (a merged matter). Inside an act.

    desk  the person at whose desk it rings first; none: it rings at every desk of the ground
    """
    row = Alert.objects.filter(kind=kind, subject=subject, settled_at__isnull=True).first()
    if row is not None:
        if row.matter_id != matter_id:
            row.matter_id = matter_id
            row.save(update_fields=["matter"])
        return row
    unit = Unit.objects.get(pk=unit_id)
    row = Alert.objects.create(
        kind=kind, subject=subject, unit=unit, matter_id=matter_id, raised_at=raised_at, raised_by=by.person_id,
        desk=desk, duty_path=unit.duty_path, government_path=unit.government_path,
    )  # fmt: skip
    given = {"kind": kind, "unit": unit_id, "urgent": kind == AlertKind.SOS}
    if matter_id is not None:
        given["matter"] = matter_id
    record("alert.raise", topic=TOPICS[kind], subject=row, by=by, at=at, area=unit.home_id, **given)
    return row


def settle_alert(*, kind: str, subject: UUID, why: str, by: Actor, at: dt.datetime) -> None:
    """Its cause is gone. Inside an act; an alert somebody has acknowledged meanwhile is left as it is."""
    rows = Alert.objects.select_for_update(of=("self",)).select_related("unit")
    for row in rows.filter(kind=kind, subject=subject, settled_at__isnull=True):
        _settle(row, why, by=by, at=at)


def _settle(row: Alert, why: str, *, by: Actor, at: dt.datetime) -> Alert:
    row.settled_at, row.settled_why, row.settled_by = at, why, by.person_id
    row.save(update_fields=["settled_at", "settled_why", "settled_by"])
    record(
        "alert.settle",
        topic="alert.settled",
        subject=row,
        by=by,
        at=at,
        area=row.unit.home_id,
        unit=row.unit_id,
        kind=row.kind,
        why=why,
    )
    return row
