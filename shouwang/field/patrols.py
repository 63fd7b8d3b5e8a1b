"""One's own patrol as a phone takes it along: when, who leads, which places, and until when one is to be heard."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.field.views import from_phone
from shouwang.patrols.models import Mark, Slot, State
from shouwang.patrols.walking import own_slots, safe_due
from shouwang.patrols.words import POWERS
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb


@opens_to(Verb.PATROL_WALK)
@from_phone
@require_GET
def patrol(request: HttpRequest) -> JsonResponse:
    """The patrol that is on or comes next, once one was briefed."""
    by: Actor = request.actor  # type: ignore[attr-defined]
    return JsonResponse(patrol_for(by, clock.now()))


def patrol_for(by: Actor, at: dt.datetime) -> dict[str, Any]:
    """The whole answer of /field/patrol.json."""
    slot = own_slots(by, at).filter(off_at__isnull=True, until__gt=at - dt.timedelta(hours=1)).first()
    return {"at": at.isoformat(), "patrol": _slot(slot, at) if slot else None}


def _slot(slot: Slot, at: dt.datetime) -> dict[str, Any]:
    order = slot.leg.order
    marks = list(Mark.objects.filter(slot__leg__order=order).order_by("at"))
    last = {one.point_id: one for one in marks if one.point_id}
    due = safe_due(slot, marks, at)
    return {
        "id": str(slot.pk), "name": order.name, "begins": slot.leg.starts_at.isoformat(),
        "until": slot.until.isoformat(), "lead": order.lead.name, "channel": order.channel, "task": order.task,
        "buddy": slot.buddy.name if slot.buddy else "", "powers": str(POWERS[slot.party]),
        "may_begin": order.state == State.ON_DUTY, "begun": slot.on_at.isoformat() if slot.on_at else None,
        "safe_due": due.isoformat() if due else None,
        "points": [
            {
                "id": str(point.pk), "label": point.label, "where": point.place_text, "lon": point.lon,
                "lat": point.lat, "outcome": last[point.pk].sort if point.pk in last else "",
            }
            for point in order.points.order_by("place")
        ],
    }  # fmt: skip
