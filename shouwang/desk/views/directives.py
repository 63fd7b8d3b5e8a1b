"""Directives: the list, issuing one or a warning, and one with its stages, its clocks and its next steps."""

from __future__ import annotations

from inspect import signature
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.board import label_of
from shouwang.desk.directive_forms import FORMS
from shouwang.desk.directives import Filters, stages_of, state_of
from shouwang.desk.history import history_of
from shouwang.desk.loading import actor_of, keys_in, visible_matter
from shouwang.desk.narrowing import narrowed_to
from shouwang.desk.panel import facts_of
from shouwang.kinds.directive.issuing import issue, to_sign
from shouwang.matters.asking import form_for
from shouwang.matters.kinds import kind_of
from shouwang.matters.models import Matter
from shouwang.matters.steps import steps_open_to, take_step
from shouwang.people.access import NotVisible, may
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb

SHOWN = 200
NO_FIELDS = {"csrfmiddlewaretoken", *signature(take_step).parameters}  # no form may ask for “by” or “at”
CHASED = kind_of("directive").step("chase").source
BUTTONS = ("sign", "start", "feed_back", "chase", "verify", "send_back", "close", "withdraw", "hand_over")


@opens_to(Verb.MATTER_READ)
@require_GET
def directives(request: HttpRequest) -> HttpResponse:
    """`?show=sign|open|issued|late|ended`, `?sort=task|warning`, `?area=` those to a part of the ground."""
    return _list(request)


@opens_to(Verb.DIRECTIVE_ISSUE)
@require_POST
def chase(request: HttpRequest) -> HttpResponse:
    """Chase the feedback of all that were ticked; those that cannot be chased are named with the reason."""
    by, at, chased = actor_of(request), clock.now(), 0
    refused: list[tuple[Matter, object]] = []
    found = Matter.objects.visible_to(by, at).filter(kind="directive", pk__in=keys_in(request, "directive"))
    for row in found.order_by("number"):
        try:
            take_step(row, "chase", by=by, at=at)
            chased += 1
        except Problem as problem:
            refused.append((row, problem.message))
    return _list(request, {"chased": chased, "refused": refused, "acted": True})


def _list(request: HttpRequest, more: dict[str, Any] | None = None) -> HttpResponse:
    by, at, filters = actor_of(request), clock.now(), Filters.read(request.GET)
    only = narrowed_to(by, at, request.GET.get("area", ""))
    found = filters.of(by, at).filter(duty_path__startswith=only.duty_path if only else "")
    rows = found.select_related("area", "responsible__person")[:SHOWN]
    page = {
        "only": only,
        "nav": "directives", "at": at, "filters": filters,
        "waiting": to_sign(by, at).count(), "issues": may(by, Verb.DIRECTIVE_ISSUE, None, at),
        "rows": [(row, label_of(row), state_of(row), row.state in CHASED) for row in rows],
        "query": request.GET.urlencode(), "ticked": "tick" in request.GET, **(more or {}),
    }  # fmt: skip
    return render(request, "desk/directives/directives.html", page)


@opens_to(Verb.DIRECTIVE_ISSUE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, what: str) -> HttpResponse:
    """A directive to act, or an early warning."""
    if what not in FORMS:
        raise Http404
    by, at = actor_of(request), clock.now()
    form = FORMS[what](request.POST or None, by=by, at=at)
    if request.method == "POST" and form.is_valid():
        try:
            row = issue(form.order(), to=form.receiver(), by=by, at=at)
            return redirect("desk:directive", key=row.pk)
        except Problem as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)
    page = {"nav": "directives", "form": form, "what": what}
    return render(request, "desk/directives/new.html", page, status=422 if form.errors else 200)


@opens_to(Verb.MATTER_READ)
@require_GET
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    return _page(request, _visible(request, key))


@opens_to(Verb.MATTER_READ)
@require_POST
def step(request: HttpRequest, key: UUID, name: str) -> HttpResponse:
    """Take one step; what was wrong stands on the page again."""
    row = _visible(request, key)
    given: dict[str, Any] = {field: value for field, value in request.POST.items() if field not in NO_FIELDS and value}
    try:
        take_step(row, name, by=actor_of(request), at=clock.now(), **given)
    except Problem as problem:
        if problem.status == 404:
            raise
        return _page(request, _visible(request, key), problem)
    return redirect("desk:directive", key=row.pk)


def _visible(request: HttpRequest, key: UUID) -> Matter:
    row = visible_matter(request, key)
    if row.kind != "directive":
        raise NotVisible
    return row


def _page(request: HttpRequest, row: Matter, problem: Problem | None = None) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    steps = [(one.step, form_for(one.step, row, by=by, at=at)) for one in steps_open_to(row, by, at)]
    own = [(step, form) for step, form in steps if step.name in BUTTONS]
    page = {
        "nav": "directives", "row": row, "sort": label_of(row), "state": state_of(row), "facts": facts_of(row),
        "stages": stages_of(row, at), "steps": own, "history": history_of(row), "problem": problem, "at": at,
        "parent": Matter.objects.visible_to(by, at).filter(pk=row.parent_id).first() if row.parent_id else None,
    }  # fmt: skip
    return render(request, "desk/directives/one.html", page, status=problem.status if problem else 200)
