"""Signs of places: what one says, which place it belongs to, and the beat that hears of a visit (PAT-04).

A place that is a point of a beat has two: its own, and the plate of the beat.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.beats.checking_in import note_visit, plates_of
from shouwang.core.problem import Problem
from shouwang.duty.shifts import unit_of
from shouwang.patrols.models import Order, Point, Slot


class SignUnknown(Problem):
    code, status = "patrols.sign", 404
    says = _("This sign belongs to none of your patrols of today.")


def plain(text: str) -> str:
    """As it is kept, however it was typed: “k7m2 9qxd” → K7M29QXD."""
    return text.replace(" ", "").upper()


def signs_of(points: Iterable[Point]) -> dict[UUID, list[str]]:
    """What the signs of each place say. One query."""
    rows = list(points)
    plates = plates_of(row.of_beat for row in rows if row.of_beat)
    return {row.pk: [row.code, *([plates[row.of_beat]] if row.of_beat in plates else [])] for row in rows}


def marks_of(points: Iterable[Point]) -> dict[UUID, list[str]]:
    """By these a phone knows a sign when it sees one; what the sign says, it does not hold."""
    return {key: [sha256(f"{key}:{code}".encode()).hexdigest() for code in codes]
            for key, codes in signs_of(points).items()}  # fmt: skip


def point_by_sign(code: str, slots: list[Slot]) -> tuple[Slot, Point]:
    """Which of his places a sign belongs to. Raises SignUnknown"""
    wanted = plain(code)
    points = list(Point.objects.filter(order__in=[slot.leg.order_id for slot in slots]))
    signs = signs_of(points)
    point = next((one for one in points if wanted and wanted in signs[one.pk]), None)
    slot = next((one for one in slots if point and one.leg.order_id == point.order_id), None)
    if point is None or slot is None:
        raise SignUnknown(field="code")
    return slot, point


def check_sign(point: Point, order: Order, code: str = "") -> None:
    """The place is of that order, and what was read stands there. Raises SignUnknown"""
    if point.order_id != order.pk or (code and plain(code) not in signs_of([point])[point.pk]):
        raise SignUnknown(field="code")


def tell_the_beat(point: Point, slot: Slot, at: dt.datetime) -> None:
    """Inside an act: a sign was read at a point of a beat. It counts for the unit on shift."""
    if point.of_beat is None:
        return
    crew = unit_of(slot.person_id, at) if slot.person_id else None
    unit = crew.shift.unit_id if crew else slot.unit_id or _unit_of_the_lead(slot, at)
    if unit is not None:
        note_visit(point.of_beat, unit=unit, at=at)


def _unit_of_the_lead(slot: Slot, at: dt.datetime) -> UUID | None:
    """Partners go along with the unit of the sworn lead."""
    crew = unit_of(slot.leg.order.lead_id, at)
    return crew.shift.unit_id if crew else None
