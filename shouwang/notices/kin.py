"""Telling the family in an emergency, and how long it took from the moment somebody was found (S-REG-009)."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.journal.record import record
from shouwang.matters.models import Matter
from shouwang.notices.models import Notice, NoticeState, RecipientKind
from shouwang.notices.telling import To, tell
from shouwang.registry.emergencies import own_sitting
from shouwang.registry.models import Emergency

WORDING = "kin_needed"
ARRIVED = (NoticeState.SENT, NoticeState.DELIVERED, NoticeState.READ)


def tell_kin(emergency: Emergency, *, by: Actor, at: dt.datetime) -> Notice:
    """A message to whom the opened resident named, by day or night; his number is known to the sending job alone.

    Raises  SittingOver
    """
    resident = own_sitting(emergency, by=by, at=at)
    matter = Matter.objects.get(pk=emergency.matter)
    with acting(by):
        notice = tell(
            to=To(RecipientKind.KIN, resident), wording=WORDING, at=at, matter=matter.pk, life_safety=True,
            reference=matter.reference,
        )  # fmt: skip
        record(
            "emergency.tell_kin", topic="emergency.kin_told", subject=emergency, by=by, at=at, area=emergency.area_id,
            notice=notice.id,
        )  # fmt: skip
    return notice


def messages_to_kin(emergency: Emergency) -> list[Notice]:
    """What was sent to the family in this emergency, the first first."""
    rows = Notice.objects.filter(wording=WORDING, matter=emergency.matter, queued_at__gte=emergency.began_at)
    return list(rows.order_by("queued_at"))


def told_at(emergency: Emergency, messages: Collection[Notice]) -> dt.datetime | None:
    """When the family first knew: by telephone as the officer says, or when the gateway reported the message."""
    arrived = [one.delivered_at or one.sent_at for one in messages if one.state in ARRIVED]
    known = [at for at in (emergency.kin_reached_at, *arrived) if at is not None]
    return min(known, default=None)


@dataclass(frozen=True)
class Took:
    """From found to family told, over `n` emergencies; minutes, None without one."""

    n: int
    median_min: float | None
    p90_min: float | None


def took(emergencies: Collection[Emergency]) -> Took:
    """Somebody was found when the matter was opened. Those whose family was not told yet are not counted."""
    found_at = dict(Matter.objects.filter(pk__in=[one.matter for one in emergencies]).values_list("pk", "opened_at"))
    told: dict[UUID, list[Notice]] = {}
    for notice in Notice.objects.filter(wording=WORDING, matter__in=found_at):
        told.setdefault(notice.matter or notice.id, []).append(notice)
    minutes = sorted(
        (known - found_at[one.matter]).total_seconds() / 60
        for one in emergencies
        if one.matter in found_at and (known := told_at(one, told.get(one.matter, [])))
    )
    if not minutes:
        return Took(0, None, None)
    return Took(len(minutes), statistics.median(minutes), minutes[max(0, -(-len(minutes) * 9 // 10) - 1)])
