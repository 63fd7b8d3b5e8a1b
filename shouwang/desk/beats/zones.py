"""Night-economy zones: the list, setting one up on the map, and one with its places, its plan and its end."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from shouwang.beats import zoning
from shouwang.beats.mapping import bounds_of_layers, zone_layers, zones_layers
from shouwang.beats.models import NightZone, Spot, TaskState, ZoneTask
from shouwang.beats.models.zone import STANDING
from shouwang.beats.seeing import leading, visible_zones
from shouwang.beats.zone_forms import OutcomeForm, SpotForm, TaskForm, ZoneForm
from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.desk.beats.refusing import refused
from shouwang.desk.borders import places_of
from shouwang.desk.loading import actor_of, key_in
from shouwang.desk.records import say_in
from shouwang.patrols.ordering import grounds_for
from shouwang.people.access import may
from shouwang.people.models import Post
from shouwang.people.roles import ROLE_TABLE, roles_with
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.places.models import AreaVersion

MOST, AROUND_DEG = 200, 0.01
GOING = sorted({*roles_with(Verb.PATROL_WALK), *roles_with(Verb.PATROL_ORDER)} & set(roles_with(Verb.ROSTER_READ)))
FORMS: dict[str, Any] = {"spot": SpotForm, "task": TaskForm, "close": OutcomeForm}


@opens_to(Verb.ROSTER_READ)
@require_GET
def zones(request: HttpRequest) -> HttpResponse:
    """Open ones with how their plans stand, and those that were closed."""
    by, at = actor_of(request), clock.now()
    left = Count("tasks", filter=Q(tasks__state__in=STANDING))
    late = Count("tasks", filter=Q(tasks__state__in=STANDING, tasks__due_on__lt=clock.local_date(at)))
    rows = list(visible_zones(by, at).annotate(n_tasks=Count("tasks"), n_left=left, n_late=late)[:MOST])
    layers = zones_layers([one for one in rows if one.closed_at is None])
    page = {
        "standing": [(one, one.open_at(at.astimezone(clock.SHANGHAI).time())) for one in rows if one.closed_at is None],
        "closed": [one for one in rows if one.closed_at], "layers": layers, "bounds": bounds_of_layers(layers),
        "keeps": may(by, Verb.PATROL_ORDER, None, at), "current": "zones",
    }  # fmt: skip
    return render(request, "beats/zones.html", page)


@opens_to(Verb.PATROL_ORDER)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Drawn on the map, or by its corners."""
    by, at = actor_of(request), clock.now()
    grounds = {str(one.pk): one for one in grounds_for(by, at)}
    form = ZoneForm(
        request.POST or None, auto_id="%s", choices={"ground": [(key, one.name) for key, one in grounds.items()]}
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            told = form.cleaned_data
            try:
                row = zoning.make_zone(
                    grounds[told["ground"]], told["name"], places_of(told["corners"]), (told["begins"], told["ends"]),
                    by=by, at=at,
                )  # fmt: skip
                return redirect("desk:night_zone", row.pk)
            except Problem as problem:
                status = say_in(form, problem)
    page = {"form": form, "bounds": around(grounds.values(), at), "current": "zones"}
    return render(request, "beats/zone_new.html", page, status=status)


@opens_to(Verb.ROSTER_READ)
@require_http_methods(["GET", "POST"])
def zone(request: HttpRequest, key: UUID) -> HttpResponse:
    """One zone; a POST changes it as its `act` says."""
    row = get_object_or_404(visible_zones(actor_of(request), clock.now()), pk=key)
    if request.method == "GET":
        return _page(request, row)
    act = request.POST.get("act", "")
    form = _form(act, request.POST, _choices(row)) if act in FORMS else None
    if form is not None and not form.is_valid():
        return _page(request, row, act=act, form=form, status=422)
    no = refused(lambda: _do(request, row, act, form.cleaned_data if form else {}))
    if no is not None and form is not None and no.field in form.fields:
        return _page(request, row, act=act, form=form, status=say_in(form, no))
    if no is not None:
        return _page(request, row, act=act, form=form, problem=no.message, status=no.status)
    return redirect("desk:night_zone", row.pk)


@opens_to(Verb.ROSTER_READ)
@require_GET
def zone_map(request: HttpRequest, key: UUID) -> JsonResponse:
    row = get_object_or_404(visible_zones(actor_of(request), clock.now()), pk=key)
    return JsonResponse(zone_layers(row, list(row.spots.filter(ended_at=None))))


def around(grounds: Any, at: dt.datetime) -> str:
    """`west,south,east,north` around the first ground with a border."""
    first = next(iter(grounds), None)
    version = AreaVersion.objects.in_force_at(at).filter(area=first).first() if first else None
    return bounds_of_layers({"grids": {"features": [{"geometry": version.boundary}]}}) if version else ""


def _do(request: HttpRequest, row: NightZone, act: str, told: dict[str, Any]) -> None:
    by, at = actor_of(request), clock.now()
    match act:
        case "spot":
            point = (told["lon"], told["lat"])
            zoning.add_spot(row, told["kind"], told["name"], point, by=by, at=at, closes=told["closes"])
        case "end_spot":
            found = get_object_or_404(Spot, pk=key_in(request, "part"), zone=row, ended_at=None)
            zoning.end_spot(found, by=by, at=at)
        case "task":
            post = get_object_or_404(_posts(row, at), pk=told["post"])
            zoning.add_task(row, told["kind"], told["text"], post, told["due_on"], by=by, at=at, body=told["body"])
        case "move":
            task = get_object_or_404(ZoneTask, pk=key_in(request, "part"), zone=row)
            zoning.move_task(task, request.POST.get("state", ""), request.POST.get("said", ""), by=by, at=at)
        case "close":
            zoning.close_zone(row, told["outcome"], by=by, at=at)
        case _:
            raise Http404


def _page(
    request: HttpRequest, row: NightZone, act: str = "", form: forms.Form | None = None, problem: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    by, at = actor_of(request), clock.now()
    keeps = row.closed_at is None and may(by, Verb.PATROL_ORDER, row, at)
    choices = _choices(row) if keeps else {}
    spots, busy = list(row.spots.filter(ended_at=None)), row.open_at(at.astimezone(clock.SHANGHAI).time())
    page = {
        "zone": row, "spots": spots, "tasks": [(one, _moves(one, row, by, at)) for one in _tasks(row)],
        "forms": {name: form if name == act and form else _form(name, None, choices) for name in FORMS},
        "bounds": bounds_of_layers(zone_layers(row, spots)), "today": clock.local_date(at), "keeps": keeps,
        "busy": row.closed_at is None and busy, "problem": problem, "current": "zones",
    }  # fmt: skip
    return render(request, "beats/zone.html", page, status=status)


def _tasks(row: NightZone) -> list[ZoneTask]:
    tasks = list(row.tasks.select_related("post__person", "post__area"))
    return sorted(tasks, key=lambda one: (not one.standing, one.due_on))


def _moves(task: ZoneTask, row: NightZone, by: Actor, at: dt.datetime) -> list[tuple[str, Any]]:
    """What whoever reads may say of a task."""
    if row.closed_at is not None or not task.standing or not zoning.answers_for(task, row, by, at):
        return []
    return [(one.value, one.label) for one in TaskState if one not in (TaskState.OPEN, task.state)]


def _form(name: str, given: Any, choices: dict[str, Any]) -> forms.Form:
    made: forms.Form = FORMS[name](given, auto_id=f"{name}_%s", choices=choices)
    return made


def _choices(row: NightZone) -> dict[str, Any]:
    posts = _posts(row, clock.now()).select_related("person", "area").order_by("area__duty_path", "person__name")
    return {
        "post": [(str(one.pk), f"{one.area.name} · {ROLE_TABLE[one.role].label} · {one.person.name}") for one in posts]
    }


def _posts(row: NightZone, at: dt.datetime) -> QuerySet[Post]:
    """Posts that may answer for a task: on the ground of the zone, within it and above it, of those who go there."""
    near = Q(area__duty_path__startswith=row.duty_path) | Q(area__duty_path__in=leading(row.duty_path))
    if row.government_path:
        near |= Q(area__government_path__startswith=row.government_path)
    return Post.objects.held_at(at).filter(near, role__in=GOING)
