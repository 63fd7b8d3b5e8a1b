"""A point of a beat is checked in at: its plate was scanned by a unit on shift. Never a person (PAT-03)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from shouwang.beats.models import CheckIn, Point


def note_visit(point: UUID, *, unit: UUID, at: dt.datetime, placed: bool = False) -> CheckIn:
    """Inside an act that is recorded by whoever asked for it."""
    return CheckIn.objects.create(point_id=point, unit=unit, at=at, placed=placed)


def plates_of(points: Iterable[UUID]) -> dict[UUID, str]:
    """What the plates of these points say. One query."""
    return dict(Point.objects.filter(pk__in=list(points)).values_list("pk", "code"))
