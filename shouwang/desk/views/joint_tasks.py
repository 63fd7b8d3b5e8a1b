"""Joint tasks: the list, calling one, and one with its members and the notes that only they read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.board import label_of
from shouwang.desk.directives import state_of
from shouwang.desk.history import history_of
from shouwang.desk.joint_forms import JointForm
from shouwang.desk.loading import actor_of
from shouwang.desk.panel import facts_of
from shouwang.kinds.joint_task.calling import call_joint_task, hours_of_task
from shouwang.kinds.joint_task.models import JointMember
from shouwang.kinds.joint_task.sharing import join, joint_tasks_of, membership, notes_for, share
from shouwang.matters.asking import form_for
from shouwang.matters.models import Matter
from shouwang.matters.steps import steps_open_to, take_step
from shouwang.people.access import may
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb

SHOWN = 100
BUTTONS = ("start", "end", "withdraw")
FIELDS = ("ended_as", "reason")
SHOWS: dict[str, Promise] = {"open": _("Joint tasks under way"), "ended": _("Joint tasks that are over")}


@opens_to(Verb.MATTER_READ)
@require_GET
def joint_tasks(request: HttpRequest) -> HttpResponse:
    """`?show=open|ended`."""
    by, at = actor_of(request), clock.now()
    show = request.GET.get("show") if request.GET.get("show") in SHOWS else "open"
    rows = joint_tasks_of(by, at).select_related("area").filter(closed_at__isnull=show == "open").order_by("-opened_at")
    options = [{"value": value, "label": words, "on": value == show} for value, words in SHOWS.items()]
    page = {
        "nav": "joint", "calls": may(by, Verb.DIRECTIVE_ISSUE, None, at),
        "filters": [{"name": "show", "label": _("What is shown"), "options": options}],
        "rows": [(row, label_of(row), state_of(row), hours_of_task(row)) for row in rows[:SHOWN]],
    }  # fmt: skip
    return render(request, "desk/events/joint_tasks.html", page)


@opens_to(Verb.DIRECTIVE_ISSUE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    form = JointForm(request.POST or None, by=by, at=at)
    if request.method == "POST" and form.is_valid():
        try:
            row = call_joint_task(form.task(), lead=form.lead_office(), members=form.member_offices(), by=by, at=at)
            return redirect("desk:joint_task", key=row.pk)
        except Problem as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)
    page = {"nav": "joint", "form": form}
    return render(request, "desk/events/joint_new.html", page, status=422 if form.errors else 200)


@opens_to(Verb.MATTER_READ)
@require_GET
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    return _page(request, _visible(request, key))


@opens_to(Verb.MATTER_READ)
@require_POST
def act(request: HttpRequest, key: UUID, name: str) -> HttpResponse:
    """`join`, `share`, or one of the steps; what was wrong stands on the page again."""
    row, by, at, told = _visible(request, key), actor_of(request), clock.now(), request.POST
    try:
        if name == "join":
            join(row, by=by, at=at)
        elif name == "share":
            share(row, told.get("words", ""), by=by, at=at)
        elif name in BUTTONS:
            given: dict[str, Any] = {field: told[field] for field in FIELDS if told.get(field)}
            take_step(row, name, by=by, at=at, **given)
        else:
            raise Http404
    except Problem as problem:
        if problem.status == 404:
            raise
        return _page(request, _visible(request, key), problem)
    return redirect("desk:joint_task", key=key)


def _visible(request: HttpRequest, key: UUID) -> Matter:
    rows = joint_tasks_of(actor_of(request), clock.now()).select_related("area", "responsible__person")
    return get_object_or_404(rows, pk=key)


def _page(request: HttpRequest, row: Matter, problem: Problem | None = None) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    member = membership(row, by, at)
    steps: list[Any] = [(one.step, form_for(one.step, row, by=by, at=at)) for one in steps_open_to(row, by, at)]
    page = {
        "nav": "joint", "row": row, "sort": label_of(row), "state": state_of(row), "facts": facts_of(row),
        "members": JointMember.objects.filter(matter=row).select_related("area").order_by("-lead", "area__duty_path"),
        "member": member, "notes": notes_for(row, by, at) if member else [], "history": history_of(row),
        "steps": [(step, form) for step, form in steps if step.name in BUTTONS], "problem": problem,
        "words": request.POST.get("words", "") if problem else "",
    }  # fmt: skip
    return render(request, "desk/events/joint_task.html", page, status=problem.status if problem else 200)
