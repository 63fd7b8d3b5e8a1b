"""Raising and settling what the desk hears until somebody answers."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.duty.models import Alert, AlertKind, Crew, Unit
from shouwang.journal.record import record
from shouwang.people.access import Verb, require, spans, within

TOPICS: dict[str, str] = {  # by these the desk knows which rhythm to sound
    AlertKind.SOS: "unit.sos",
    AlertKind.SUPPORT: "alert.support",
    AlertKind.UNSIGNED: "assignment.unsigned",
    AlertKind.MISSED: "alert.missed",
    AlertKind.RETURNED: "alert.returned",
}


class AlertSettled(Problem):
    code, status = "alert.settled", 409
    says = _("This alert was settled already.")


class NotYourUnit(Problem):
    code, status = "duty.not_your_unit", 403
    says = _("You are not on this unit now. Sign on first.")


def open_alerts(by: Actor, at: dt.datetime) -> list[Alert]:
    """What `by` hears now, the oldest first; calls for help before everything."""
    found = Alert.objects.filter(within(spans(by, Verb.UNIT_SEND, at)), settled_at__isnull=True)
    rows = found.select_related("unit", "matter").order_by("raised_at")
    rows = rows.only("kind", "raised_at", "unit__name", "matter__number")  # every desk asks with each news
    return sorted(rows, key=lambda row: (row.kind != AlertKind.SOS, row.raised_at))


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


def put_alert(
    *, kind: str, subject: UUID, unit_id: UUID, matter_id: UUID | None, raised_at: dt.datetime, by: Actor,
    at: dt.datetime,
) -> Alert:  # fmt: skip
    """Raise it, or, if it is open already, note what it is about now (a merged matter). Inside an act."""
    row = Alert.objects.filter(kind=kind, subject=subject, settled_at__isnull=True).first()
    if row is not None:
        if row.matter_id != matter_id:
            row.matter_id = matter_id
            row.save(update_fields=["matter"])
        return row
    unit = Unit.objects.get(pk=unit_id)
    row = Alert.objects.create(
        kind=kind, subject=subject, unit=unit, matter_id=matter_id, raised_at=raised_at, raised_by=by.person_id,
        duty_path=unit.duty_path, government_path=unit.government_path,
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
