"""Patrol routes: ask for one over the places of a patrol, compare ways, reorder, accept, go on after a call."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.loading import actor_of
from shouwang.patrols.models import Mode, Order
from shouwang.patrols.ordering import orders_seen
from shouwang.people.access import NotVisible, may
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.planning.models import RoutePlan, RouteState
from shouwang.planning.routes.asking import (
    Place,
    WantedRoute,
    accept,
    ask_route,
    go_on,
    reorder,
    visible_route,
    visible_routes,
)
from shouwang.planning.routes.showing import gpx, show

SHOWN = 30
LEAST_STAY_S = 120  # a place that is seen in passing
LONGEST_NUMBER = 4


@opens_to(Verb.PATROL_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def routes(request: HttpRequest) -> HttpResponse:
    """Routes so far, and the patrols to come that have places to be seen."""
    by, at = actor_of(request), clock.now()
    coming = (
        orders_seen(by, at).filter(ends_at__gt=at, points__isnull=False).exclude(mode=Mode.VIDEO).distinct()
    )  # fmt: skip
    problem: object = ""
    if request.method == "POST":
        order = _chosen(coming, request.POST.get("order", ""))
        try:
            return redirect("desk:patrol_route", ask_route(order.ground, _wanted(order), by=by, at=at).pk)
        except Problem as refused:
            if refused.status in (403, 404):
                raise
            problem = refused.message
    page = {
        "problem": problem, "plans": may(by, Verb.PATROL_ORDER, None, at),
        "coming": coming.order_by("starts_at")[:SHOWN],
        "routes": visible_routes(by, at).defer("alternatives", "places").order_by("-asked_at")[:SHOWN],
    }  # fmt: skip
    return render(request, "planning/routes/routes.html", page, status=422 if problem else 200)


def _wanted(order: Order) -> WantedRoute:
    """From the first of its places and back."""
    places = [
        Place(point.label, point.lon, point.lat, max(LEAST_STAY_S, point.stay_minutes * 60))
        for point in order.points.order_by("place")
    ]
    start = (places[0].lon, places[0].lat)
    return WantedRoute(order.name, order.mode, order.starts_at, order.ends_at, start, places, order=order.pk)


@opens_to(Verb.PATROL_READ)
@require_safe
def route(request: HttpRequest, key: UUID) -> HttpResponse:
    found = visible_route(key, actor_of(request), clock.now())
    return _shown(request, found, _number(request.GET.get("way"), found.chosen or 0))


@opens_to(Verb.PATROL_READ)
@require_safe
def file(request: HttpRequest, key: UUID) -> HttpResponse:
    found = visible_route(key, actor_of(request), clock.now())
    number = _number(request.GET.get("way"), found.chosen or 0)
    if number >= len(found.alternatives):
        raise Http404
    answer = HttpResponse(gpx(found, number), content_type="application/gpx+xml")
    answer["Content-Disposition"] = 'attachment; filename="route.gpx"'
    return answer


@opens_to(Verb.PATROL_ORDER)
@require_POST
def order(request: HttpRequest, key: UUID) -> HttpResponse:
    """The places in another order, checked again at once."""
    by, at = actor_of(request), clock.now()
    found, number = visible_route(key, by, at), _number(request.POST.get("way"))
    wanted = [_number(part, len(found.places)) for part in request.POST.get("order", "").split(",")]
    try:
        number = reorder(found, number, wanted, by=by, at=at)
    except Problem as refused:
        return _refused(request, found, number, refused)
    return redirect(f"{reverse('desk:patrol_route', args=[key])}?way={number}")


@opens_to(Verb.PATROL_ORDER)
@require_POST
def take(request: HttpRequest, key: UUID) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    found, number = visible_route(key, by, at), _number(request.POST.get("way"))
    try:
        accept(found, number, by=by, at=at)
    except Problem as refused:
        return _refused(request, found, number, refused)
    return redirect("desk:patrol_route", key)


@opens_to(Verb.PATROL_ORDER)
@require_POST
def rest(request: HttpRequest, key: UUID) -> HttpResponse:
    """Another route over what was not seen yet, from the place where the crew is now."""
    by, at = actor_of(request), clock.now()
    found = visible_route(key, by, at)
    here = _number(request.POST.get("here"), len(found.places))
    if here >= len(found.places):
        raise Http404
    seen = [_number(part, -1) for part in request.POST.getlist("seen")]
    place = found.places[here]
    try:
        return redirect("desk:patrol_route", go_on(found, (place["lon"], place["lat"]), seen, by=by, at=at).pk)
    except Problem as refused:
        return _refused(request, found, found.chosen or 0, refused)


def _refused(request: HttpRequest, found: RoutePlan, number: int, refused: Problem) -> HttpResponse:
    if refused.status in (403, 404):
        raise refused
    return _shown(request, found, number, refused.message, refused.status)


def _shown(
    request: HttpRequest, found: RoutePlan, number: int, problem: object = "", status: int = 200
) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    page: dict[str, Any] = {
        "route": found, "shown": show(found, number), "problem": problem, "waits": found.state == RouteState.WAITING,
        "plans": may(by, Verb.PATROL_ORDER, found.area, at),
    }  # fmt: skip
    return render(request, "planning/routes/route.html", page, status=status)


def _number(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isdecimal() and len(text) <= LONGEST_NUMBER else otherwise


def _chosen(coming: QuerySet[Order], text: str) -> Order:
    """Raises NotVisible."""
    try:
        found = coming.filter(pk=UUID(text)).first()
    except ValueError:
        found = None
    if found is None:
        raise NotVisible
    return found
