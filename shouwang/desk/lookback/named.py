"""The matter somebody names: by its short number, the newest of them; or by its whole reference, for an older one."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from shouwang.core.actor import Actor
from shouwang.matters.models import Matter


def matter_named(number: int, by: Actor, at: dt.datetime) -> Matter | None:
    rows = Matter.objects.visible_to(by, at).filter(Q(number=number) | Q(reference=str(number)))
    return rows.order_by("-opened_at").first()
