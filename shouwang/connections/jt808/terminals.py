"""Acts on terminals: list one for a unit, let it register, take it off; and the register and proof at the door."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from shouwang.connections.jt808.messages import Registration
from shouwang.connections.jt808.models import Datum, Terminal
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.duty.equipment.reporting import tie_terminal
from shouwang.duty.models import Unit
from shouwang.journal.record import record
from shouwang.people.access import NotVisible, Verb, may, require, spans, within
from shouwang.people.granting import give_grant, grant_of, revoke_grant
from shouwang.people.models import Grant
from shouwang.people.models.grant import GrantKind
from shouwang.tracking.pipeline.authenticate import forget

OPEN_FOR = dt.timedelta(hours=24)


class NumberUnreadable(Problem):
    code, status = "jt808.number", 400
    says = _("“{number}” is not a terminal's number: up to 20 digits, as set in the device (usually its SIM number).")


class NumberTaken(Problem):
    code, status = "jt808.number_taken", 409
    says = _("A terminal with the number {number} is listed already. Take it off there first.")


def list_terminal(*, number: str, unit: Unit, datum: str = Datum.WGS84, by: Actor, at: dt.datetime) -> Terminal:
    """Expect a terminal for the unit; it may register itself within a day. Raises NumberUnreadable, NumberTaken."""
    number = "".join(number.split())
    if not (number.isascii() and number.isdigit() and 1 <= len(number) <= 20) or int(number) == 0:
        raise NumberUnreadable(field="number", number=number[:24])
    try:
        with acting(by):
            require(by, Verb.UNIT_MANAGE, unit, at)
            row = Terminal.objects.create(
                number=number.lstrip("0"), unit=unit, datum=Datum(datum), open_until=at + OPEN_FOR
            )
            record("terminal.list", topic="terminal.listed", subject=row, by=by, at=at, area=unit.home_id, unit=unit.pk)
    except IntegrityError:
        raise NumberTaken(field="number", number=number) from None
    return row


def open_registration(*, terminal: Terminal, by: Actor, at: dt.datetime) -> Terminal:
    """Let it register again (a new device, a forgotten code); its old code ends when it does."""
    with acting(by):
        row = Terminal.objects.select_for_update(of=("self",)).select_related("unit").get(pk=terminal.pk)
        require(by, Verb.UNIT_MANAGE, row.unit, at)
        row.open_until = at + OPEN_FOR
        row.save(update_fields=["open_until"])
        record("terminal.open", topic="terminal.opened", subject=row, by=by, at=at, area=row.unit.home_id)
    return row


def take_off(*, terminal: Terminal, by: Actor, at: dt.datetime) -> None:
    """Its code ends within a second, and its number is free."""
    with acting(by):
        row = Terminal.objects.select_for_update(of=("self",)).select_related("unit").get(pk=terminal.pk)
        require(by, Verb.UNIT_MANAGE, row.unit, at)
        _end_code(row, by=by, at=at)
        tie_terminal(row.number, None)
        record("terminal.take_off", topic="terminal.taken_off", subject=row, by=by, at=at, area=row.unit.home_id)
        row.delete()
    forget(terminal.unit_id)


def terminals_of(by: Actor, at: dt.datetime) -> list[Terminal]:
    """Those of units that `by` manages, by number."""
    units = Unit.objects.filter(within(spans(by, Verb.UNIT_MANAGE, at)))
    return list(Terminal.objects.filter(unit__in=units).select_related("unit").order_by("number"))


def terminal_of(key: UUID | None, by: Actor, at: dt.datetime) -> Terminal:
    """One of them. Raises NotVisible."""
    row = Terminal.objects.select_related("unit").filter(pk=key).first() if key else None
    if row is None or not may(by, Verb.UNIT_MANAGE, row.unit, at):
        raise NotVisible
    return row


def enrol(*, number: str, registration: Registration, at: dt.datetime) -> str:
    """At the door: the code of a listed terminal whose registration is open, "" for every other."""
    by = Actor.system()
    with acting(by):
        rows = Terminal.objects.select_for_update(of=("self",)).select_related("unit")
        row = rows.filter(number=number, open_until__gt=at).first()
        if row is None:
            return ""
        _end_code(row, by=by, at=at)
        grant, code = give_grant(GrantKind.UNIT, subject=row.unit_id, by=by, at=at)
        row.grant, row.registered_at, row.open_until = grant.pk, at, None
        tie_terminal(row.number, grant.pk)
        row.says = " · ".join(part for part in _said(registration) if part)[:120]
        row.save(update_fields=["grant", "registered_at", "open_until", "says"])
        record("terminal.register", topic="terminal.registered", subject=row, by=by, at=at, area=row.unit.home_id)
    forget(row.unit_id)
    return code


def datum_of(number: str, code: str, at: dt.datetime) -> str | None:
    """In which datum a terminal's positions come; None when the code was not given to that number."""
    grant = grant_of(code, GrantKind.UNIT, at)
    row = Terminal.objects.filter(number=number, grant=grant.pk).values_list("datum").first() if grant else None
    return row[0] if row else None


def _end_code(row: Terminal, *, by: Actor, at: dt.datetime) -> None:
    if row.grant is not None:
        for grant in Grant.objects.filter(pk=row.grant, revoked_at__isnull=True):
            revoke_grant(grant, by=by, at=at)


def _said(registration: Registration) -> list[str]:
    """What it tells of itself, as one line of plain characters."""
    parts = (registration.maker, registration.model, registration.terminal, registration.plate)
    return ["".join(c for c in part if c.isprintable()).strip()[:30] for part in parts]
