"""Time passes: what was not received or not signed is noticed. Run every five seconds by the jobs process."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Q

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.dispatch import events as ev
from shouwang.dispatch.dispatching import decide_and_write
from shouwang.dispatch.loading import limits, lock
from shouwang.dispatch.models import Assignment

SAID_FOR = dt.timedelta(seconds=30)  # later it is an alert, or was signed


def just_unreceived(by: Actor, at: dt.datetime) -> list[UUID]:
    """Tasks `by` sent whose phone stayed silent a moment ago: heard once, and at no other desk."""
    silent = Assignment.objects.filter(state="sent", sent_by=by.person_id, fallback_at__gt=at - SAID_FOR)
    return list(silent.order_by("fallback_at").values_list("pk", flat=True))


def tick(at: dt.datetime) -> int:
    """Ask the core about every task that has waited too long; how many there were. One transaction each."""
    waits = limits()
    unreceived = Q(
        delivered_at__isnull=True, fallback_at__isnull=True, sent_at__lte=at - dt.timedelta(seconds=waits.received_s)
    )
    unsigned = Q(reminded_at__isnull=True, sent_at__lte=at - dt.timedelta(seconds=waits.signed_s))
    waiting = Assignment.objects.filter(unreceived | unsigned, state="sent").order_by("sent_at")
    due = list(waiting.values_list("matter", "unit"))
    by = Actor.system()
    for matter, unit in due:
        with acting(by):
            lock(matters=[matter], units=[unit])
            decide_and_write(ev.Tick(), matters=[matter], units=[unit], by=by, at=at)
    return len(due)
