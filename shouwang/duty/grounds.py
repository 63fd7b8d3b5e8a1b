"""Answers the bridge of the registry: was he on duty then? Whoever keeps no shifts is not judged by them."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from psycopg.types.range import TimestamptzRange

from shouwang.duty.models import Crew
from shouwang.registry.noticing import on_duty
from shouwang.registry.odd_looks import MARGIN

KEEPS_SHIFTS = dt.timedelta(days=60)  # whoever was on one within this time


@on_duty
def on_a_shift(person: UUID, at: dt.datetime) -> bool | None:
    rows = Crew.objects.filter(person=person)
    if rows.filter(during__overlap=TimestamptzRange(at - MARGIN, at + MARGIN)).exists():
        return True
    late = TimestamptzRange(at - KEEPS_SHIFTS, at)
    return False if rows.filter(during__overlap=late).exists() else None
