"""Rosters at the desk: duty models, asking for a roster, looking at it, changing it by hand, putting it in force."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.loading import actor_of
from shouwang.desk.roster_forms import RosterForm, lines_of
from shouwang.duty.levels.checking import short_days
from shouwang.duty.models import Absence, AbsenceKind, AbsenceState, Roster, RosterState
from shouwang.duty.rosters.adapting import (
    change_model,
    choose_model,
    drop_model,
    strength_of,
    visible_model,
    visible_models,
)
from shouwang.duty.rosters.asking import Limits, ask_roster, visible_roster, visible_rosters
from shouwang.duty.rosters.editing import EDITED, NoSuchTurn, approve, put_turn
from shouwang.duty.rosters.presets import PRESETS
from shouwang.duty.rosters.showing import WEEKDAYS, show
from shouwang.duty.rosters.slots import QUALIFICATIONS, WEEK
from shouwang.duty.units import units_seen_by
from shouwang.people.access import may, paths_of, reaches, spans
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.places.models import Area
from shouwang.places.models.area import Tier

SHOWN, EMPTY_LINES = 30, 2


@opens_to(Verb.ROSTER_READ)
@require_http_methods(["GET", "POST"])
def rosters(request: HttpRequest) -> HttpResponse:
    """Rosters and duty models of this ground; a POST asks for a roster."""
    by, at = actor_of(request), clock.now()
    models = list(visible_models(by, at))
    tomorrow = clock.local_date(at) + dt.timedelta(days=1)
    form = RosterForm(
        request.POST or None, initial={"first_on": tomorrow}, models=[(str(one.pk), one.name) for one in models]
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        model = next(one for one in models if str(one.pk) == given["model"])
        limits = Limits(given["rest_h"], given["nights"], given["running"], given["week_h"])
        try:
            row = ask_roster(model, first_on=given["first_on"], days=given["days"], limits=limits, by=by, at=at)
            return redirect("desk:duty_roster", row.pk)
        except Problem as problem:
            if problem.status in (403, 404):
                raise
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)
    leave = Absence.objects.filter(kind=AbsenceKind.LEAVE, state=AbsenceState.ASKED).select_related("person")
    paths = spans(by, Verb.ROSTER_WRITE, at)
    page = {
        "nav": "rosters", "form": form, "models": models, "rosters": visible_rosters(by, at)[:SHOWN],
        "writes": bool(paths), "presets": PRESETS.values(), "areas": _offices(paths),
        "leave": leave.filter(reaches(paths, "person__posts__area__")).distinct().order_by("first_on") if paths else [],
    }  # fmt: skip
    return render(request, "desk/rosters/rosters.html", page, status=422 if form.errors else 200)


def _offices(paths: tuple[str, ...]) -> Any:
    return Area.objects.filter(reaches(paths), tier__in=(Tier.STATION, Tier.COMMUNITY)).order_by("tier", "code")


@opens_to(Verb.ROSTER_WRITE)
@require_POST
def model_new(request: HttpRequest) -> HttpResponse:
    """A preset becomes a model of the office."""
    by, at = actor_of(request), clock.now()
    offices = _offices(spans(by, Verb.ROSTER_WRITE, at))
    area = offices.filter(code=request.POST.get("area", "")).first() or offices.filter(tier=Tier.STATION).first()
    row = choose_model(request.POST.get("preset", ""), area=area or offices[0], by=by, at=at)
    return redirect("desk:duty_model", row.pk)


@opens_to(Verb.ROSTER_READ)
@require_http_methods(["GET", "POST"])
def model(request: HttpRequest, key: UUID) -> HttpResponse:
    """The lines of a model, to be read or changed, beside who there is for each."""
    by, at = actor_of(request), clock.now()
    row, problem, lines = visible_model(key, by, at), "", None
    if request.method == "POST":
        if request.POST.get("act") == "drop":
            drop_model(row, by=by, at=at)
            return redirect("desk:duty_rosters")
        told, lines = request.POST, lines_of(request.POST)
        try:
            change_model(row, name=told.get("name", ""), partners=told.get("partners", ""), lines=lines, by=by, at=at)
            return redirect("desk:duty_model", key)
        except Problem as refused:
            if refused.status in (403, 404):
                raise
            problem = refused.message
    below = Area.objects.filter(reaches(paths_of(row.area)), tier__in=(Tier.COMMUNITY, Tier.GRID)).order_by("code")
    rows = [one | {"hours": f"{one['minutes'] / 60:g}"} for one in row.slots]
    empty = [{"weekdays": list(WEEK), "needs": "any"} for _ in range(EMPTY_LINES)]
    page = {
        "nav": "rosters", "model": row, "writes": may(by, Verb.ROSTER_WRITE, row.area, at), "problem": problem,
        "lines": lines or [*rows, *empty], "strengths": strength_of(row, at), "grounds": below,
        "qualifications": QUALIFICATIONS.items(), "units": units_seen_by(by, at),
        "weekdays": list(enumerate(WEEKDAYS)),
    }  # fmt: skip
    return render(request, "desk/rosters/model.html", page, status=422 if problem else 200)


@opens_to(Verb.ROSTER_READ)
@require_GET
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    """One roster: how far it is, why it cannot be, or who is on when."""
    row = visible_roster(key, actor_of(request), clock.now())
    return _page(request, row)


@opens_to(Verb.ROSTER_WRITE)
@require_POST
def edit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Somebody on another line, or off, on one day; what that breaks is said at once."""
    by, at, told = actor_of(request), clock.now(), request.POST
    row = visible_roster(key, by, at)
    try:
        try:
            person, on = UUID(told.get("person", "")), dt.date.fromisoformat(told.get("on", ""))
        except ValueError:
            raise NoSuchTurn from None
        put_turn(row, person=person, on=on, slot=told.get("slot", ""), by=by, at=at)
    except Problem as refused:
        return _refused(request, row, refused)
    if request.headers.get("HX-Request"):
        return _page(request, row)
    return redirect("desk:duty_roster", key)


@opens_to(Verb.ROSTER_WRITE)
@require_POST
def approval(request: HttpRequest, key: UUID) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    row = visible_roster(key, by, at)
    try:
        approve(row, by=by, at=at)
    except Problem as refused:
        return _refused(request, row, refused)
    return redirect("desk:duty_roster", key)


def _refused(request: HttpRequest, row: Roster, refused: Problem) -> HttpResponse:
    if refused.status in (403, 404):
        raise refused
    return _page(request, row, refused)


def _page(request: HttpRequest, row: Roster, refused: Problem | None = None) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    writes = may(by, Verb.ROSTER_WRITE, row.area, at)
    cost, _, bound = row.progress.partition(" ")
    page = {
        "nav": "rosters", "roster": row, "shown": show(row, at), "writes": writes, "limits": row.limits,
        "edits": writes and row.state in EDITED, "waits": row.state in (RosterState.WAITING, RosterState.WORKING),
        "cost": cost, "bound": bound, "problem": refused.message if refused else "", "today": clock.local_date(at),
        "under_level": short_days(row, at), "url": reverse("desk:duty_roster", args=[row.pk]),
    }  # fmt: skip
    template = "desk/rosters/_roster.html" if request.headers.get("HX-Request") else "desk/rosters/roster.html"
    return render(request, template, page, status=refused.status if refused else 200)
