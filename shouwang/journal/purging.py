"""Erasing particulars: the row with salt and text goes, the envelope and every proof stay good."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.retention import purge
from shouwang.journal.models import Particulars, Reacted
from shouwang.journal.record import record


def erase_particulars(ids: Sequence[UUID], *, by: Actor, at: dt.datetime, why: str) -> int:
    """Erase the particulars of these entries in one act, recorded with its count; how many still had some.

    why  a code: `time_over`, `person_asked`
    """
    with acting(by):
        count, _ = Particulars.objects.filter(entry_id__in=ids).delete()
        if count:
            record(
                "journal.erase_particulars",
                topic="journal.erased",
                subject=("entry", max(ids)),
                by=by,
                at=at,
                count=count,
                why=why,
            )
    return count


def first_id_at(instant: dt.datetime) -> UUID:
    """The smallest UUIDv7 of that millisecond: keys made before are below it, so no index on a time is needed."""
    return UUID(int=int(instant.timestamp() * 1000) << 80)


purge(
    "access",
    "journal.Particulars",
    overdue=lambda before: Particulars.objects.filter(entry_id__lt=first_id_at(before)),
)
purge("outbox", "journal.Reacted", overdue=lambda before: Reacted.objects.filter(id__lt=first_id_at(before)))
