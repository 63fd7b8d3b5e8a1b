"""The duty telephone of staff: kept like every other number, reached only by the sending job."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.journal.record import record
from shouwang.notices.models import StaffNumber
from shouwang.registry.identities import keep_identity


def keep_staff_number(*, person: UUID, number: str, by: Actor, at: dt.datetime) -> None:
    """Keep or change it. The caller has settled who may. Raises BadPhone, NothingToldAboutOneself."""
    with acting(by):
        identity = keep_identity(number=number, at=at)
        StaffNumber.objects.update_or_create(person=person, defaults={"identity": identity, "kept_at": at})
        record("person.keep_number", topic="person.number_kept", subject=("person", person), by=by, at=at)
