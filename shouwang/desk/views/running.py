"""The posts of one event: laid out, taken out, taken up, relieved, left; and how many came in at its gates."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from shouwang.command.event_crews import relays_on_duty
from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.event_forms import CountForm, PostForm
from shouwang.desk.events import units_for
from shouwang.desk.loading import NotChosen, actor_of
from shouwang.desk.views.events import Asked, event_page, visible_event
from shouwang.kinds.event.counting import note_count
from shouwang.kinds.event.holding import leave, take_up
from shouwang.kinds.event.models import EventPost
from shouwang.kinds.event.posting import drop_post, set_post
from shouwang.matters.models import Matter
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb


@opens_to(Verb.EVENT_PLAN)
@require_POST
def post_new(request: HttpRequest, key: UUID) -> HttpResponse:
    row, by, at = visible_event(request, key), actor_of(request), clock.now()
    form = PostForm(request.POST, units=units_for(by, at))
    if form.is_valid():
        try:
            set_post(row, form.wanted(), by=by, at=at)
            return redirect("desk:event", key=key)
        except Problem as problem:
            if problem.status in (403, 404):
                raise
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)
    return event_page(request, row, Asked(forms={"post_form": form}))


@opens_to(Verb.MATTER_WORK)
@require_POST
def post_act(request: HttpRequest, key: UUID, post: UUID, name: str) -> HttpResponse:
    """`take` it up or relieve it with a unit on duty, `leave` it, or `drop` it from the plan."""
    row = visible_event(request, key)
    one = get_object_or_404(EventPost, pk=post, matter=row, dropped_at__isnull=True)
    try:
        _act(request, one, name)
    except Problem as problem:
        if problem.status == 404:
            raise
        return event_page(request, visible_event(request, key), Asked(problem))
    return redirect("desk:event", key=key)


def _act(request: HttpRequest, post: EventPost, name: str) -> None:
    by, at = actor_of(request), clock.now()
    match name:
        case "take":
            asked = request.POST.get("unit", "")
            relay = next((one for one in relays_on_duty(by, at) if str(one.unit) == asked), None)
            if relay is None:
                raise NotChosen(field="unit")
            take_up(post, relay, by=by, at=at)
        case "leave":
            leave(post, by=by, at=at)
        case "drop":
            drop_post(post, by=by, at=at)
        case _:
            raise Http404


@opens_to(Verb.MATTER_WORK)
@require_POST
def count(request: HttpRequest, key: UUID) -> HttpResponse:
    """So many came in and went out at a gate. Numbers, and nothing about anybody."""
    row, form = visible_event(request, key), CountForm(request.POST)
    if form.is_valid():
        try:
            note_count(row, **form.cleaned_data, by=actor_of(request), at=clock.now())
            return redirect("desk:event", key=key)
        except Problem as problem:
            if problem.status in (403, 404):
                raise
            return _again(request, row, form, problem)
    return event_page(request, row, Asked(forms={"count_form": form}))


def _again(request: HttpRequest, row: Matter, form: CountForm, problem: Problem) -> HttpResponse:
    form.add_error(problem.field if problem.field in form.fields else None, problem.message)
    return event_page(request, row, Asked(forms={"count_form": form}))
