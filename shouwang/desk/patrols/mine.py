"""My patrols: for whoever goes along, on any phone. Place, time and who leads; buttons instead of a track (VOL-04)."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.desk.loading import actor_of, key_in
from shouwang.patrols import walking
from shouwang.patrols.counting import Period, own_hours
from shouwang.patrols.models import Mark, Partner, Point, Slot
from shouwang.patrols.signs import point_by_sign
from shouwang.patrols.words import POWERS, TASKS
from shouwang.people.access import NotVisible, may
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb

ACTS = {"begin": walking.step_on, "end": walking.step_off, "safe": walking.say_safe, "help": walking.call_for_help}
YEAR = 365


@opens_to(Verb.PATROL_WALK)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    return _page(request)


@opens_to(Verb.PATROL_WALK)
@require_POST
def act(request: HttpRequest, key: UUID, name: str) -> HttpResponse:
    """`begin`, `end`, `safe`, `help`; `mark` and `skip` with their place."""
    by, at = actor_of(request), clock.now()
    slot = Slot.objects.filter(pk=key, person=by.person_id).first()
    if slot is None:
        raise NotVisible
    try:
        if name in ACTS:
            ACTS[name](slot, by=by, at=at)
        elif name in ("mark", "skip"):
            _at_point(slot, name, request, by, at)
        else:
            raise Http404
    except Problem as problem:
        return _page(request, problem)
    return redirect("desk:patrol_mine")


@opens_to(Verb.PATROL_WALK)
@require_POST
def sign(request: HttpRequest) -> HttpResponse:
    """The code of a sign, read by the phone's camera or typed."""
    by, at, code = actor_of(request), clock.now(), request.POST.get("code", "")[:16]
    try:
        slot, point = point_by_sign(code, list(walking.own_slots(by, at)))
        walking.mark(slot, point, code=code, by=by, at=at)
    except Problem as problem:
        return _page(request, problem)
    return redirect("desk:patrol_mine")


def _at_point(slot: Slot, name: str, request: HttpRequest, by: Actor, at: dt.datetime) -> None:
    point = Point.objects.filter(pk=key_in(request, "point"), order=slot.leg.order_id).first()
    if point is None:
        raise NotVisible
    if name == "mark":
        walking.mark(slot, point, by=by, at=at)
    else:
        walking.skip(slot, point, reason=request.POST.get("reason", ""), by=by, at=at)


def _page(request: HttpRequest, problem: Problem | None = None) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    slots = list(walking.own_slots(by, at))
    points = list(Point.objects.filter(order__in=[one.leg.order_id for one in slots]).order_by("place"))
    marks = list(Mark.objects.filter(slot__leg__order__in=[one.leg.order_id for one in slots]).order_by("at"))
    last = {one.point_id: one for one in marks if one.point_id}
    today = clock.local_date(at)
    period = Period(today - dt.timedelta(days=YEAR), today)
    page: dict[str, Any] = {
        "nav": "mine", "problem": problem, "period": period, "own": own_hours(by, period, at),
        "reads": may(by, Verb.PATROL_READ, None, at), "at": at,
        "rows": [
            (
                slot, walking.safe_due(slot, marks, at), POWERS[slot.party],
                [(point, last.get(point.pk)) for point in points if point.order_id == slot.leg.order_id],
            )
            for slot in slots
        ],
        "tasks": [TASKS[one] for row in Partner.objects.filter(person=by.person_id) for one in row.tasks],
    }  # fmt: skip
    return render(request, "desk/patrols/mine.html", page, status=problem.status if problem else 200)
