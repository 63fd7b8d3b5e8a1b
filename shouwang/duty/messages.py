"""Short messages: to one unit, to a matter's crews, to all units of an office, or from a crew to the desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_text
from shouwang.core.ids import new_id
from shouwang.core.problem import Problem
from shouwang.duty.models import Message, MessageCopy, Shift, Unit
from shouwang.duty.models.message import LONGEST
from shouwang.duty.shifts import unit_of
from shouwang.journal.record import record
from shouwang.matters.models import Matter
from shouwang.people.access import Verb, require, spans, within
from shouwang.places.models import Area

SHOWN = 100


class EmptyMessage(Problem):
    code, status = "message.empty", 400
    says = _("The message is empty.")


class NobodyToTell(Problem):
    code, status = "message.nobody", 409
    says = _("No unit on duty would receive this message.")


class NotOnUnit(Problem):
    code, status = "message.not_on_unit", 403
    says = _("You are not on a unit now. Sign on first.")


def send_message(
    *, text: str, by: Actor, at: dt.datetime, unit: Unit | None = None, matter: Matter | None = None,
    units: Iterable[Unit] = (), office: Area | None = None, key: UUID | None = None,
) -> Message:  # fmt: skip
    """From the desk: to one unit, to the `units` that are on a matter, or to every unit on duty of an office.

    key     id made by the sender; the same twice is one message
    Raises  EmptyMessage, NobodyToTell, TextTooLong, NotAllowed, NotVisible
    """
    ground = matter or unit or office
    if ground is None:
        raise NobodyToTell
    readers = [unit] if unit is not None else list(units) or (_on_duty(office, at) if office is not None else [])
    with acting(by):
        require(by, Verb.MESSAGE_SEND, ground, at)
        if not readers:
            raise NobodyToTell
        return _write(_clean(text), ground, [reader.pk for reader in readers], by, at, key=key, matter=matter)


def _on_duty(office: Area, at: dt.datetime) -> list[Unit]:
    inside = Q(unit__duty_path__startswith=office.duty_path)
    return [shift.unit for shift in Shift.objects.filter(inside, during__contains=at).select_related("unit")]


def tell_desk(
    *, text: str, by: Actor, at: dt.datetime, matter: Matter | None = None, key: UUID | None = None
) -> Message:
    """From a crew to its desk; `key` is the id the phone made, the same twice is one message."""
    with acting(by):
        place = unit_of(by.person_id, at) if by.person_id else None
        if place is None:
            raise NotOnUnit
        unit = place.shift.unit
        require(by, Verb.MESSAGE_SEND, unit, at)
        return _write(_clean(text), unit, [None], by, at, key=key, matter=matter, writer=unit)


def _clean(text: str) -> str:
    words = clean_text(text, LONGEST, field="text")
    if not words:
        raise EmptyMessage(field="text")
    return words


def _write(
    words: str, ground: Unit | Matter | Area, readers: list[UUID | None], by: Actor, at: dt.datetime, *,
    key: UUID | None, matter: Matter | None, writer: Unit | None = None,
) -> Message:  # fmt: skip
    message, new = Message.objects.get_or_create(
        id=key or new_id(),
        defaults={
            "text": words, "matter": matter, "unit": writer, "sender": by.person_id, "sent_at": at,
            "duty_path": ground.duty_path, "government_path": ground.government_path,
        },
    )  # fmt: skip
    if new:
        MessageCopy.objects.bulk_create([MessageCopy(message=message, unit_id=unit) for unit in readers])
        record(
            "message.send", topic="message.sent", subject=message, by=by, at=at,
            units=[str(unit) for unit in readers if unit], to_desk=None in readers,
        )  # fmt: skip
    return message


def mark_read(*, message: Message, by: Actor, at: dt.datetime) -> Message:
    """Somebody of the unit, or of the desk, has read it; the first one counts."""
    with acting(by):
        place = unit_of(by.person_id, at) if by.person_id else None
        unit = place.shift.unit_id if place else None
        row = MessageCopy.objects.select_for_update().filter(message=message, unit=unit).first()
        if row is None or unit is None:
            require(by, Verb.MESSAGE_READ, message, at)
            row = MessageCopy.objects.select_for_update().filter(message=message, unit__isnull=True).first()
        if row is not None and row.read_at is None:
            row.read_at, row.read_by = at, by.person_id
            row.save(update_fields=["read_at", "read_by"])
            record("message.read", topic="message.read", subject=message, by=by, at=at, unit=unit)
    return message


def messages_for(by: Actor, at: dt.datetime, *, matter: Matter | None = None) -> list[Message]:
    """What a desk sees: the newest messages on its ground, oldest first, with their copies."""
    found = Message.objects.filter(within(spans(by, Verb.MESSAGE_READ, at)))
    if matter is not None:  # `by` has it before him
        return _listed(found.filter(matter=matter))
    return _listed(found.filter(Q(matter__isnull=True) | Q(matter__in=Matter.objects.visible_to(by, at))))


def messages_of_unit(unit: Unit, shift: Shift) -> list[Message]:
    """What a crew sees: written to or by its unit since its shift began."""
    ours = Q(unit=unit) | Q(copies__unit=unit)
    return _listed(Message.objects.filter(ours, sent_at__gte=shift.during.lower).distinct())


def _listed(found: QuerySet[Message]) -> list[Message]:
    copies = Prefetch("copies", MessageCopy.objects.select_related("unit"))
    rows = found.select_related("unit").prefetch_related(copies).order_by("-sent_at", "-id")[:SHOWN]
    return list(reversed(rows))
