"""Patrols of every evening: set up, laid out a week ahead, and how regularly they were held this month."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.loading import actor_of
from shouwang.desk.patrols.other_forms import SeriesForm
from shouwang.desk.records import say_in
from shouwang.patrols.models import Series
from shouwang.patrols.repeating import end_series, keep_series, lay_ahead, regularity, series_seen
from shouwang.people.access import NotVisible, may
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb


@opens_to(Verb.PATROL_READ)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """`?month=2026-11`; this month unless said otherwise."""
    return _page(request)


def _page(request: HttpRequest, problem: Problem | None = None) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    try:
        month = dt.date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        month = clock.local_date(at).replace(day=1)
    rows = series_seen(by, at).prefetch_related("rota__person").order_by("-first_on", "name")
    page = {
        "nav": "series", "rows": regularity(rows, month, at), "month": month, "problem": problem,
        "before": month - dt.timedelta(days=1), "plans": may(by, Verb.PATROL_ORDER, None, at),
    }  # fmt: skip
    return render(request, "desk/patrols/series.html", page, status=problem.status if problem else 200)


@opens_to(Verb.PATROL_ORDER)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    form, status = SeriesForm(request.POST or None, by=by, at=at), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said, rota, ground = form.given()
            try:
                keep_series(said, rota, ground=ground, by=by, at=at)
                return redirect("desk:patrol_series")
            except Problem as problem:
                status = say_in(form, problem)
    return render(request, "desk/patrols/series_new.html", {"nav": "series", "form": form}, status=status)


@opens_to(Verb.PATROL_ORDER)
@require_POST
def act(request: HttpRequest, key: UUID, name: str) -> HttpResponse:
    """`lay`: the next week; `end`: tonight is the last."""
    by, at = actor_of(request), clock.now()
    row: Series | None = series_seen(by, at).filter(pk=key).first()
    if row is None:
        raise NotVisible
    if name not in ("lay", "end"):
        raise Http404
    try:
        if name == "lay":
            lay_ahead(row, by=by, at=at)
        else:
            end_series(row, by=by, at=at)
    except Problem as problem:
        return _page(request, problem)
    return redirect("desk:patrols" if name == "lay" else "desk:patrol_series")
