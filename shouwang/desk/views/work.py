"""The diary of work: a week that writes itself from what was closed and walked, and work noted beside it."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.loading import actor_of
from shouwang.desk.round_forms import ActivityForm
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.rounds.diary import WEEK, monday_of, note_activity, totals_of, week_of
from shouwang.rounds.works import WORKS


@opens_to(Verb.ROUND_WALK)
@require_GET
def diary(request: HttpRequest) -> HttpResponse:
    """`?week=2026-03-09`: the week of that day; one's own only."""
    by, at = actor_of(request), clock.now()
    try:
        day = dt.date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        day = clock.local_date(at)
    monday = monday_of(day)
    totals, share = totals_of(by, at)
    page = {
        "nav": "work", "monday": monday, "sunday": monday + dt.timedelta(days=6), "before": monday - WEEK,
        "after": monday + WEEK if monday + WEEK <= clock.local_date(at) else None, "totals": totals,
        "share": None if share is None else round(share * 100),
        "lines": week_of(by.person_id, monday) if by.person_id else [], "works": WORKS.values(),
    }  # fmt: skip
    return render(request, "desk/walking/diary.html", page)


@opens_to(Verb.ROUND_WALK)
@require_http_methods(["GET", "POST"])
def activity(request: HttpRequest) -> HttpResponse:
    """Note work beside matters, such as a leaflet round."""
    by, at = actor_of(request), clock.now()
    form = ActivityForm(
        request.POST or None, initial={"on": clock.local_date(at), "work": request.GET.get("work", "leaflets")}
    )
    if request.method == "POST" and form.is_valid():
        try:
            note_activity(**form.cleaned_data, by=by, at=at)
            return redirect("desk:diary")
        except Problem as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)
    page = {"form": form, "title": _("Note work"), "nav": "work", "back": reverse("desk:diary")}
    return render(request, "desk/walking/form.html", page, status=422 if form.errors else 200)
