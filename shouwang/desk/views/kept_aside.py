"""Steps from phones that were kept aside: their lead applies them, or leaves them aside and says why."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.kept_aside import asides_for
from shouwang.desk.loading import actor_of
from shouwang.matters.settling import ReasonMissing, kept_aside_under, settle
from shouwang.people.access import NotVisible
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb


@opens_to(Verb.UNIT_MANAGE)
@require_safe
def asides(request: HttpRequest) -> HttpResponse:
    return _page(request)


@opens_to(Verb.UNIT_MANAGE)
@require_POST
def settled(request: HttpRequest, key: UUID) -> HttpResponse:
    """`how`: applied, as of the time of the tap, or set_aside with a reason. What still does not fit stays."""
    by, at = actor_of(request), clock.now()
    step = next((one for one in kept_aside_under(by, at) if one.pk == key), None)
    if step is None:
        raise NotVisible
    how, because = request.POST.get("how", ""), request.POST.get("because", "").strip()
    try:
        if how != "applied" and not because:
            raise ReasonMissing(field="because")
        settle(step, how="applied" if how == "applied" else "set_aside", by=by, at=at, because=because)
    except Problem as problem:
        return _page(request, wrong=key, problem=problem)
    return redirect("desk:asides")


def _page(request: HttpRequest, wrong: UUID | None = None, problem: Problem | None = None) -> HttpResponse:
    page = {"lines": asides_for(actor_of(request), clock.now()), "wrong": wrong, "problem": problem}
    return render(request, "desk/asides.html", page, status=problem.status if problem else 200)
