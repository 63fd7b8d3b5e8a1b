"""Registered desk machines: on them a session stays open while its shift is on."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from uuid import UUID

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.journal.record import record
from shouwang.people.access import require
from shouwang.people.granting import TOKEN_BYTES, hash_of
from shouwang.people.models import Workstation
from shouwang.people.verbs import Verb
from shouwang.places.models import Area

LASTS = dt.timedelta(days=365)
ShiftEnd = Callable[[UUID, dt.datetime], dt.datetime | None]
_shift_ends: list[ShiftEnd] = []


def ask_for_shifts(function: ShiftEnd) -> None:
    """Name the function that knows until when a person's shift lasts that is on now."""
    _shift_ends[:] = [function]


def shift_end(person: UUID, at: dt.datetime) -> dt.datetime | None:
    """None when no shift of that person is on."""
    return _shift_ends[0](person, at) if _shift_ends else None


def register_workstation(area: Area, *, label: str, by: Actor, at: dt.datetime) -> tuple[Workstation, str]:
    """The machine and the secret of its cookie. Raises NotAllowed, NotVisible"""
    assert by.person_id is not None
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with acting(by):
        require(by, Verb.DEVICE_APPROVE, area, at)
        workstation = Workstation.objects.create(
            area=area, label=label.strip()[:80] or area.name, token_hash=hash_of(token),
            registered_by_id=by.person_id, registered_at=at,
        )  # fmt: skip
        record("workstation.register", topic="workstation.registered", subject=workstation, by=by, at=at, area=area)
    return workstation, token


def end_workstation(workstation: Workstation, *, by: Actor, at: dt.datetime) -> None:
    """Raises NotAllowed, NotVisible"""
    with acting(by):
        require(by, Verb.DEVICE_APPROVE, workstation.area, at)
        if Workstation.objects.filter(pk=workstation.pk, ended_at__isnull=True).update(ended_at=at):
            record("workstation.end", topic="workstation.ended", subject=workstation, by=by, at=at)


def workstation_of(token: str) -> Workstation | None:
    return Workstation.objects.filter(token_hash=hash_of(token), ended_at__isnull=True).first()
