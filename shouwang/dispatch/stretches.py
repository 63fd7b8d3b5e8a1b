"""Which units were on a matter, and from when to when: what the keeping of its tracks asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from shouwang.dispatch.models import Assignment
from shouwang.tracking.keeping import tells_stretches


@tells_stretches
def stretches_on(matter: UUID, at: dt.datetime) -> Iterator[tuple[UUID, dt.datetime, dt.datetime]]:
    """From being sent until cleared, recalled or back; of one that is still out, until now."""
    sent = Assignment.objects.filter(matter=matter).values_list("unit", "sent_at", "ended_at")
    for unit, sent_at, ended_at in sent:
        yield unit, sent_at, ended_at or at
