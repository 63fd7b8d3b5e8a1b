"""The work map of one area: on the screen with layers by what one may know, and on paper. No resident on either."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from shouwang.core import clock
from shouwang.core.geo import bounds_of
from shouwang.core.problem import Problem
from shouwang.desk import grids as reading
from shouwang.desk.loading import actor_of
from shouwang.desk.past import YEAR, past_of
from shouwang.kinds.board.posting import post_board
from shouwang.people.access import may
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.places.models import Area
from shouwang.places.models.area import URBAN_RURAL_CODES, Tier
from shouwang.territory.boards import is_out_of_date, posted_at
from shouwang.territory.classes import set_class
from shouwang.territory.renaming import draft_name
from shouwang.territory.sheets import NoBorder, work_map


@opens_to(Verb.AREA_READ)
@require_safe
def grid(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, reading.load(code, actor_of(request), clock.now()))


@opens_to(Verb.AREA_DRAW)
@require_POST
def grid_name(request: HttpRequest, code: str) -> HttpResponse:
    """Another name, as a draft that somebody else checks and approves."""
    by, at, name = actor_of(request), clock.now(), request.POST.get("name", "")
    area = reading.load(code, by, at)
    try:
        return redirect("territory:cut", draft_name(area, name, by=by, at=at).key)
    except Problem as problem:
        return _refused(request, area, problem, name)


@opens_to(Verb.AREA_DRAW)
@require_POST
def grid_class(request: HttpRequest, code: str) -> HttpResponse:
    """The urban–rural class of a community."""
    by, at = actor_of(request), clock.now()
    area = reading.load(code, by, at)
    try:
        set_class(area, request.POST.get("class", ""), by=by, at=at)
    except Problem as problem:
        return _refused(request, area, problem)
    return redirect("desk:grid", code=code)


@opens_to(Verb.MATTER_CLOSE)
@require_POST
def board_posted(request: HttpRequest, code: str) -> HttpResponse:
    """The board printed today hangs there now; ends the task about an old one."""
    by, at = actor_of(request), clock.now()
    post_board(reading.load(code, by, at), by=by, at=at)
    return redirect("desk:grid", code=code)


@opens_to(Verb.AREA_READ)
@require_safe
def grid_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """A3 to print."""
    by, at = actor_of(request), clock.now()
    area = reading.load(code, by, at)
    try:
        sheet = work_map(area, at)
    except NoBorder:
        raise Http404 from None
    name = f'inline; filename="{area.code}-map.pdf"'
    return HttpResponse(sheet, content_type="application/pdf", headers={"Content-Disposition": name})


@opens_to(Verb.AREA_READ)
@require_safe
def past(request: HttpRequest, code: str) -> HttpResponse:
    """The grids of an earlier day (`on`; without it, of a year ago), and its figures on those of today."""
    by, at = actor_of(request), clock.now()
    area = reading.load(code, by, at)
    if area.tier != Tier.COMMUNITY:
        raise Http404
    today = clock.local_date(at)
    on = _day(request.GET.get("on", "")) or today - YEAR
    return render(request, "desk/past.html", {"area": area, "past": past_of(area, min(on, today), by, at)})


def _refused(request: HttpRequest, area: Area, problem: Problem, name: str = "") -> HttpResponse:
    if problem.status in (403, 404):
        raise problem
    return _page(request, area, problem.message, name, problem.status)


def _page(request: HttpRequest, area: Area, problem: str = "", name: str = "", status: int = 200) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    shown = reading.show(area, by, at)
    posted = posted_at(area)
    page = {
        "shown": shown, "bounds": bounds_of(shown.version.boundary), "posted": posted,
        "out_of_date": posted is not None and is_out_of_date(posted, at), "problem": problem, "name": name,
        "posts": may(by, Verb.MATTER_CLOSE, area, at),
        "classes": [(code, f"{code} {key.label}") for key, code in URBAN_RURAL_CODES.items()],
    }  # fmt: skip
    return render(request, "desk/grid.html", page, status=status)


def _day(said: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(said)
    except ValueError:
        return None
