"""Mobilisation at the desk: called, answered, exempted, chased, ended; and one's own acknowledgement."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.level_forms import MobilisationForm
from shouwang.desk.loading import actor_of
from shouwang.duty.mobilising import calling
from shouwang.duty.models import Answered, Mobilisation, MobilisationCall
from shouwang.people.access import may, reaches, spans
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.places.models import Area
from shouwang.places.models.area import Tier

SHOWN = 30
SOON = dt.timedelta(minutes=30)


@opens_to(Verb.ROSTER_READ)
@require_http_methods(["GET", "POST"])
def mobilisations(request: HttpRequest) -> HttpResponse:
    """The list; a POST calls everybody."""
    by, at = actor_of(request), clock.now()
    paths = spans(by, Verb.MOBILISATION_ORDER, at)
    tiers = (Tier.BUREAU, Tier.STATION, Tier.COMMUNITY)
    grounds = list(Area.objects.filter(reaches(paths), tier__in=tiers).order_by("duty_path")) if paths else []
    form = MobilisationForm(request.POST or None, initial={"assemble_at": at + SOON}, areas=grounds)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        code = given.pop("area")
        area = next(one for one in grounds if one.code == code)
        try:
            return redirect("desk:mobilisation", calling.order_mobilisation(area, by=by, at=at, **given).pk)
        except Problem as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    rows = [(one, calling.tally(one)) for one in calling.visible_mobilisations(by, at)[:SHOWN]]
    page = {"nav": "mobilisations", "rows": rows, "form": form, "orders_here": bool(grounds)}
    return render(request, "desk/graded/mobilisations.html", page, status=422 if form.errors else 200)


@opens_to(Verb.ROSTER_READ)
@require_safe
def mobilisation(request: HttpRequest, key: UUID) -> HttpResponse:
    """Who is called, who answered, who is still open."""
    return _page(request, calling.visible_mobilisation(key, actor_of(request), clock.now()))


@opens_to(Verb.ROSTER_WRITE, Verb.MOBILISATION_ORDER)
@require_POST
def mobilisation_act(request: HttpRequest, key: UUID) -> HttpResponse:
    """Chase, end; or, of one call, note the answer that was told, or exempt."""
    by, at, told = actor_of(request), clock.now(), request.POST
    row = calling.visible_mobilisation(key, by, at)
    try:
        match told.get("act"):
            case "chase":
                calling.chase(row, by=by, at=at)
            case "end":
                calling.end_mobilisation(row, by=by, at=at)
            case "told":
                calling.acknowledge(_call(row, told.get("call", "")), how=Answered.TOLD, by=by, at=at)
            case "exempt":
                calling.exempt(_call(row, told.get("call", "")), because=told.get("why", ""), by=by, at=at)
            case _:
                raise Http404
    except Problem as refused:
        if refused.status in (403, 404):
            raise
        return _page(request, row, refused)
    return redirect("desk:mobilisation", key)


@opens_to(Verb.SHIFT_SIGN, Verb.ROSTER_READ)
@require_POST
def mobilisation_answer(request: HttpRequest, key: UUID) -> HttpResponse:
    """One's own acknowledgement; the strip above the queue comes back without it."""
    by, at = actor_of(request), clock.now()
    call = get_object_or_404(MobilisationCall.objects.select_related("mobilisation"), pk=key, person=by.person_id)
    calling.acknowledge(call, how=Answered.DESK, by=by, at=at)
    return redirect("desk:standing" if request.headers.get("HX-Request") else "desk:own_duty")


def _call(row: Mobilisation, key: str) -> MobilisationCall:
    try:
        return get_object_or_404(row.calls, pk=UUID(key))
    except ValueError:
        raise Http404 from None


def _page(request: HttpRequest, row: Mobilisation, refused: Problem | None = None) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    calls = row.calls.select_related("person").order_by("exempted_at", "answered_at", "person__name")
    page = {
        "nav": "mobilisations", "row": row, "calls": calls, "tally": calling.tally(row), "at": at,
        "leads": row.ended_at is None and may(by, Verb.ROSTER_WRITE, row, at),
        "ends": row.ended_at is None and may(by, Verb.MOBILISATION_ORDER, row, at),
        "problem": refused.message if refused else "",
    }  # fmt: skip
    template = (
        "desk/graded/_mobilisation.html" if request.headers.get("HX-Request") else "desk/graded/mobilisation.html"
    )
    return render(request, template, page, status=refused.status if refused else 200)
