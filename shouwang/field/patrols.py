"""One's own patrol as a phone takes it along: when, who leads, which places, and until when one is to be heard."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.duty.shifts import unit_of
from shouwang.field.views import from_phone
from shouwang.patrols.models import Mark, Order, Pause, Point, Slot, State
from shouwang.patrols.signs import marks_of
from shouwang.patrols.walking import own_slots, safe_due
from shouwang.patrols.words import POWERS
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.planning.models import RoutePlan, RouteState


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
    points = _in_order(order)
    signs = marks_of(points)
    return {
        "id": str(slot.pk), "name": order.name, "begins": slot.leg.starts_at.isoformat(),
        "until": slot.until.isoformat(), "lead": order.lead.name, "channel": order.channel, "task": order.task,
        "buddy": slot.buddy.name if slot.buddy else "", "powers": str(POWERS[slot.party]),
        "may_begin": order.state == State.ON_DUTY, "begun": slot.on_at.isoformat() if slot.on_at else None,
        "safe_due": due.isoformat() if due else None,
        "paused": _paused(slot, at),
        "points": [
            {
                "id": str(point.pk), "label": point.label, "where": point.place_text, "lon": point.lon,
                "lat": point.lat, "signs": signs[point.pk], **_outcome(last.get(point.pk)),
            }
            for point in points
        ],
    }  # fmt: skip


def _outcome(mark: Mark | None) -> dict[str, Any]:
    if mark is None:
        return {"outcome": "", "at": None, "known": False}
    return {"outcome": mark.sort, "at": mark.at.isoformat(), "known": mark.known_at is not None}


def _in_order(order: Order) -> list[Point]:
    """As the way over them that was accepted last goes; what it does not name comes after, as planned."""
    points = list(order.points.order_by("place"))
    ways = RoutePlan.objects.filter(order=order.pk, state=RouteState.ACCEPTED, chosen__isnull=False)
    way = ways.order_by("-asked_at").first()
    if way is None or way.chosen is None:
        return points
    stops = [way.places[visit[0]] for visit in way.alternatives[way.chosen]["visits"]]
    rank = {(one["label"], one["lon"], one["lat"]): n for n, one in enumerate(stops)}
    return sorted(points, key=lambda one: rank.get((one.label, one.lon, one.lat), len(rank)))


def _paused(slot: Slot, at: dt.datetime) -> dict[str, Any] | None:
    """Since when his crew is away at which call."""
    crew = unit_of(slot.person_id, at) if slot.person_id else None
    units = [one for one in (slot.unit_id, crew.shift.unit_id if crew else None) if one]
    row = Pause.objects.filter(order=slot.leg.order_id, unit__in=units, ended_at=None).select_related("matter").first()
    return {"since": row.began_at.isoformat(), "call": row.matter.number} if row else None
