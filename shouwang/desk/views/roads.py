"""Roads that are closed for a time, on the map and as a list; and how fast the roads are at each hour."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.borders import places_of
from shouwang.desk.ground import closed_roads, office_of
from shouwang.desk.loading import actor_of
from shouwang.desk.records import say_in
from shouwang.desk.road_forms import HoursForm, RoadForm
from shouwang.desk.room import bounds_of
from shouwang.dispatch.closing_roads import close_road, closures, open_road, set_hours
from shouwang.people.access import may, reaches, spans
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.places.models import Area, DrivingHours, RoadClosure
from shouwang.places.models.area import Tier


@opens_to(Verb.UNIT_SEND)
@require_http_methods(["GET", "POST"])
def roads(request: HttpRequest) -> HttpResponse:
    """What is closed now and later; a POST closes one more."""
    by, at = actor_of(request), clock.now()
    office = office_of(by, at)
    form = RoadForm(request.POST or None, initial={"begins_at": at}, auto_id="%s")
    if request.method == "POST" and office is not None and form.is_valid() and _close(form, office, request):
        return redirect("desk:roads")
    rows = list(closures(at))
    page = {
        "form": form, "office": office, "part": "roads", "at": at, "bounds": bounds_of(office, at),
        "rows": [(one, may(by, Verb.UNIT_SEND, one.area, at)) for one in rows],
        "shown": {"closed": closed_roads(rows)},
    }  # fmt: skip
    return render(request, "desk/reach/roads.html", page, status=422 if form.errors else 200)


@opens_to(Verb.UNIT_SEND)
@require_POST
def road_open(request: HttpRequest, key: UUID) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    mine = RoadClosure.objects.filter(reaches(spans(by, Verb.UNIT_SEND, at), "area__"))
    open_road(get_object_or_404(mine, pk=key), by=by, at=at)
    return redirect("desk:roads")


@opens_to(Verb.UNIT_SEND, Verb.UNIT_MANAGE)
@require_http_methods(["GET", "POST"])
def driving_hours(request: HttpRequest) -> HttpResponse:
    """Percent of the free speed, for each hour and group of roads."""
    by, at = actor_of(request), clock.now()
    newest = DrivingHours.objects.order_by("-since", "-pk").first()
    form = HoursForm(request.POST or None, percent=newest.percent if newest else None)
    if request.method == "POST" and form.is_valid() and _said(form, lambda: set_hours(form.percent(), by=by, at=at)):
        return redirect("desk:driving_hours")
    bureaus = list(Area.objects.filter(tier=Tier.BUREAU))
    page = {"form": form, "newest": newest, "part": "hours",
            "sets": all(may(by, Verb.UNIT_MANAGE, one, at) for one in bureaus)}  # fmt: skip
    return render(request, "desk/reach/driving_hours.html", page, status=422 if form.errors else 200)


def _close(form: RoadForm, office: Area, request: HttpRequest) -> bool:
    told = form.cleaned_data
    by, at = actor_of(request), clock.now()
    return _said(
        form,
        lambda: close_road(
            office, places_of(told["corners"]), name=told["name"], reason=told["reason"], one_way=told["one_way"],
            during=(told["begins_at"], told["ends_at"]), by=by, at=at,
        ),
    )  # fmt: skip


def _said(form: forms.Form, act: Callable[[], object]) -> bool:
    """Whether the act was done; what was wrong stands in the form."""
    try:
        act()
    except Problem as problem:
        if problem.status in (403, 404):
            raise
        say_in(form, problem)
        return False
    return True
