"""Events and exams kept safe: the list, planning one, and one with its posts, its steps and its plan sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from inspect import signature
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwang.command.event_crews import relays_on_duty
from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.board import label_of
from shouwang.desk.directives import state_of
from shouwang.desk.event_forms import PLAN_FORMS, CountForm, PostForm
from shouwang.desk.events import STATUS, Filters, bounds_of_posts, on_map, units_for
from shouwang.desk.history import history_of
from shouwang.desk.loading import actor_of, visible_matter
from shouwang.desk.panel import facts_of
from shouwang.desk.records import say_in
from shouwang.kinds.event.amending import plan_of
from shouwang.kinds.event.counting import PersonTimes, inside, person_times
from shouwang.kinds.event.forms import AmendForm
from shouwang.kinds.event.holding import board_of
from shouwang.kinds.event.opening import hours_of, plan_event
from shouwang.kinds.event.posting import PlanIsFixed
from shouwang.kinds.event.words import CROWD
from shouwang.matters.asking import form_for
from shouwang.matters.changes import MatterChanged
from shouwang.matters.models import Matter
from shouwang.matters.steps import steps_open_to, take_step
from shouwang.people.access import NotVisible, may
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb

SHOWN = 100
NO_FIELDS = {"csrfmiddlewaretoken", *signature(take_step).parameters}  # no form may ask for “by” or “at”
BUTTONS = ("approve", "send_back", "reopen", "start", "stand_down", "review", "call_off")
NONE = PersonTimes()


@opens_to(Verb.MATTER_READ)
@require_GET
def events(request: HttpRequest) -> HttpResponse:
    """`?show=open|planned|running|stood_down|ended`, `?sort=order|crowd`."""
    by, at, filters = actor_of(request), clock.now(), Filters.read(request.GET)
    rows = list(filters.of(by, at).select_related("area")[:SHOWN])
    stood = person_times((row.pk for row in rows), at)
    page = {
        "nav": "events", "filters": filters, "plans": may(by, Verb.EVENT_PLAN, None, at),
        "rows": [(row, label_of(row), state_of(row), hours_of(row), stood.get(row.pk, NONE)) for row in rows],
        "total": sum(one.n for one in stood.values()),
    }  # fmt: skip
    return render(request, "desk/events/events.html", page)


@opens_to(Verb.EVENT_PLAN)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, what: str) -> HttpResponse:
    """A plan for an exam or a meeting (`order`), or for a crowd."""
    if what not in PLAN_FORMS:
        raise Http404
    form = PLAN_FORMS[what](request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("desk:event", key=plan_event(form.plan(), by=actor_of(request), at=clock.now()).pk)
        except Problem as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)
    page = {"nav": "events", "form": form, "what": what}
    return render(request, "desk/events/new.html", page, status=422 if form.errors else 200)


@opens_to(Verb.MATTER_READ)
@require_GET
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    return event_page(request, visible_event(request, key))


@opens_to(Verb.MATTER_READ)
@require_GET
def sheet(request: HttpRequest, key: UUID) -> HttpResponse:
    """The plan on paper."""
    row, at = visible_event(request, key), clock.now()
    page = {
        "nav": "events", "row": row, "sort": label_of(row), "state": state_of(row), "facts": facts_of(row), "at": at,
        "board": board_of(row, at),
    }  # fmt: skip
    return render(request, "desk/events/sheet.html", page)


@opens_to(Verb.MATTER_READ)
@require_GET
def posts(request: HttpRequest, key: UUID) -> JsonResponse:
    """The posts for the map."""
    return JsonResponse(on_map(board_of(visible_event(request, key), clock.now())))


@opens_to(Verb.MATTER_READ)
@require_POST
def step(request: HttpRequest, key: UUID, name: str) -> HttpResponse:
    """Take one step; what was wrong stands on the page again."""
    row = visible_event(request, key)
    given: dict[str, Any] = {field: value for field, value in request.POST.items() if field not in NO_FIELDS and value}
    try:
        take_step(row, name, by=actor_of(request), at=clock.now(), **given)
    except Problem as problem:
        if problem.status == 404:
            raise
        return event_page(request, visible_event(request, key), Asked(problem))
    return redirect("desk:event", key=row.pk)


@opens_to(Verb.EVENT_PLAN)
@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change what a plan says; one that was changed meanwhile is shown as it is now, and nothing typed is lost."""
    row, by, at = visible_event(request, key), actor_of(request), clock.now()
    if not any(one.step.name == "amend" for one in steps_open_to(row, by, at)):
        return event_page(request, row, Asked(PlanIsFixed()))
    form = AmendForm(request.POST or None, initial=plan_of(row))
    form = form if row.subkind.startswith(f"{CROWD}.") else form.without_crowd()
    told, changed = request.POST.get("version", ""), False
    if request.method == "POST" and form.is_valid():
        version = int(told) if told.isascii() and told.isdigit() and len(told) < 10 else 0
        try:
            take_step(row, "amend", by=by, at=at, expected_version=version, **form.cleaned_data)
            return redirect("desk:event", key=row.pk)
        except Problem as problem:
            if problem.status in (403, 404):
                raise
            changed = problem.code == MatterChanged.code
            say_in(form, problem)
            row = visible_event(request, key)
    page = {"nav": "events", "form": form, "row": row, "now": facts_of(row) if changed else []}
    return render(request, "desk/events/amend.html", page, status=422 if form.errors else 200)


def visible_event(request: HttpRequest, key: UUID) -> Matter:
    """Raises NotVisible."""
    row = visible_matter(request, key)
    if row.kind != "event":
        raise NotVisible
    return row


@dataclass(frozen=True)
class Asked:
    """What was refused, and the form it came from."""

    problem: Problem | None = None
    forms: dict[str, Any] = field(default_factory=dict)

    @property
    def status(self) -> int:
        return self.problem.status if self.problem else 422 if self.forms else 200


def event_page(request: HttpRequest, row: Matter, asked: Asked | None = None) -> HttpResponse:
    by, at, asked = actor_of(request), clock.now(), asked or Asked()
    steps = [(one.step, form_for(one.step, row, by=by, at=at)) for one in steps_open_to(row, by, at)]
    board, running, begins = board_of(row, at), row.state == "running", hours_of(row)
    plans = row.state in ("planned", "running") and may(by, Verb.EVENT_PLAN, row, at)
    works = running and may(by, Verb.MATTER_WORK, row, at)
    forms: dict[str, Any] = {}
    if plans:
        hours = {"begins_at": begins[0].astimezone(clock.SHANGHAI), "ends_at": begins[1].astimezone(clock.SHANGHAI)}
        forms["post_form"] = PostForm(units=units_for(by, at), initial=hours | {"place_text": row.place_text})
    if works and row.subkind.startswith(f"{CROWD}."):
        forms["count_form"] = CountForm()
    page = {
        "nav": "events", "row": row, "sort": label_of(row), "state": state_of(row), "facts": facts_of(row), "at": at,
        "board": [(standing, STATUS[standing.status][1]) for standing in board], "bounds": bounds_of_posts(board, row),
        "steps": [(step, form) for step, form in steps if step.name in BUTTONS], "history": history_of(row),
        "vacant": sum(one.status == "vacant" for one in board) if running else 0, "running": running,
        "amends": any(one.name == "amend" for one, _form in steps),
        "relays": relays_on_duty(by, at) if works else [], "drops": plans and row.state == "planned",
        "stood": person_times([row.pk], at).get(row.pk), "problem": asked.problem, "crowd": inside(row),
        "is_crowd": row.subkind.startswith(f"{CROWD}."), "has_contact": row.parties.exists(),
    } | forms | asked.forms  # fmt: skip
    return render(request, "desk/events/one.html", page, status=asked.status)
