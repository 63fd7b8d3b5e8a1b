"""The owner of a vehicle hears of it in his account and at its number; whoever asked learns neither."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from shouwang.matters.models import Matter
from shouwang.notices.models import Channel, RecipientKind
from shouwang.notices.telling import To, tell
from shouwang.registry.models import Vehicle, VehicleAsk


def tell_owner(ask: UUID, *, at: dt.datetime) -> None:
    """By day outside and inside; by night inside, and outside in the morning (MSG-04)."""
    row = VehicleAsk.objects.filter(pk=ask, vehicle__isnull=False).first()
    if row is None or row.vehicle is None:
        return
    owner = Vehicle.objects.filter(pk=row.vehicle).values_list("person", flat=True).first()
    matter = Matter.objects.filter(pk=row.matter).first()
    if owner is None or matter is None:
        return
    told: dict[str, Any] = {
        "wording": f"vehicle_{row.reason}",
        "matter": matter.pk,
        "at": at,
        "reference": matter.reference,
    }
    tell(to=To.person(owner), channel=Channel.IN_APP, **told)
    tell(to=To(RecipientKind.HOLDER, owner), channel=Channel.SMS, **told)
