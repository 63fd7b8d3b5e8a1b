"""Police rooms: the register, how many by station and month, and the acts on each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.loading import actor_of
from shouwang.people.access import may, reaches, spans
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.places.models import Area
from shouwang.places.models.area import Tier
from shouwang.territory.rooms import Door, change_room, close_room, counts, move_room, open_room, visible_rooms


@opens_to(Verb.AREA_READ)
@require_http_methods(["GET", "POST"])
def rooms(request: HttpRequest) -> HttpResponse:
    """The register; a POST opens a room."""
    if request.method == "GET":
        return _page(request)
    by, at, told = actor_of(request), clock.now(), request.POST
    community = _communities(request).filter(code=told.get("community", "")).first()
    if community is None:
        raise Http404
    try:
        open_room(
            community, _door(request), lon=told.get("lon"), lat=told.get("lat"), address=told.get("address", ""),
            by=by, at=at,
        )  # fmt: skip
    except Problem as problem:
        return _refused(request, problem)
    return redirect("desk:rooms")


@opens_to(Verb.UNIT_MANAGE)
@require_POST
def room(request: HttpRequest, key: UUID) -> HttpResponse:
    by, at, told = actor_of(request), clock.now(), request.POST
    row = get_object_or_404(visible_rooms(by, at), pk=key)
    try:
        match told.get("act"):
            case "change":
                change_room(row, _door(request), by=by, at=at)
            case "close":
                close_room(row, by=by, at=at)
            case "move":
                move_room(row, lon=told.get("lon"), lat=told.get("lat"), address=told.get("address", ""), by=by, at=at)
            case _:
                raise Http404
    except Problem as problem:
        return _refused(request, problem)
    return redirect("desk:rooms")


def _refused(request: HttpRequest, problem: Problem) -> HttpResponse:
    if problem.status in (403, 404):
        raise problem
    return _page(request, {"problem": problem.message, "told": request.POST}, problem.status)


def _page(request: HttpRequest, more: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    every = list(visible_rooms(by, at))
    months, by_station = counts(every, clock.local_date(at))
    page = {
        "rooms": [(one, may(by, Verb.UNIT_MANAGE, one.community, at)) for one in every], "months": months,
        "by_station": by_station, "communities": _communities(request), **(more or {}),
    }  # fmt: skip
    return render(request, "desk/rooms.html", page, status=status)


def _communities(request: HttpRequest) -> Any:
    """Where the reader may open a room."""
    paths = spans(actor_of(request), Verb.UNIT_MANAGE, clock.now())
    return Area.objects.filter(reaches(paths), tier=Tier.COMMUNITY).order_by("code")


def _door(request: HttpRequest) -> Door:
    told = request.POST
    staff = told.get("staff", "")
    number = int(staff) if staff.isdecimal() and len(staff) < 5 else 0
    return Door(told.get("name", "")[:80], told.get("hours", "")[:120], number, told.get("equipment", "")[:300])
