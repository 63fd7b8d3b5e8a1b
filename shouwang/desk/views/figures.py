"""Figures of calls: by hour, type and ground, medians of the stages, and what each crew had to do; print and CSV."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shouwang.connections.sheets.writing import write_csv
from shouwang.core import clock
from shouwang.desk.ground import office_of
from shouwang.desk.loading import actor_of
from shouwang.dispatch.workload import Workload, workload
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.places.models import Area

PERIODS = (7, 30, 90, 365)


@opens_to(Verb.FIGURES_READ)
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """`?days=`."""
    office, days, found = _counted(request)
    page = {"office": office, "days": days, "found": found, "periods": PERIODS, "part": "figures", "at": clock.now()}
    return render(request, "desk/reach/figures.html", page)


@opens_to(Verb.FIGURES_READ)
@require_GET
def figures_file(request: HttpRequest) -> HttpResponse:
    """The same cells as the page, small ones hidden alike."""
    _office, days, found = _counted(request)
    lines = _lines(found) if found else []
    told = {"Content-Disposition": f'attachment; filename="calls-{days}.csv"'}
    content = write_csv([_("Table"), _("What is counted"), _("Figure")], lines)
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=told)


def _counted(request: HttpRequest) -> tuple[Area | None, int, Workload | None]:
    by, at = actor_of(request), clock.now()
    office, asked = office_of(by, at), request.GET.get("days", "")
    days = int(asked) if asked in {str(one) for one in PERIODS} else PERIODS[1]
    since = at - dt.timedelta(days=days)
    found = workload(office.duty_path, since=since, until=at, by=by, at=at) if office else None
    return office, days, found


def _lines(found: Workload) -> list[list[str]]:
    hours = [[_("By hour"), f"{hour:02}", str(n)] for hour, n in enumerate(found.hours)]
    sorts = [[_("By type"), str(one.words), one.shown] for one in found.sorts]
    areas = [[_("By ground"), str(one.words), one.shown] for one in found.areas]
    stages = [
        [_("Median seconds"), str(one.words), "" if one.median_s is None else str(round(one.median_s))]
        for one in found.stages
    ]
    spreads = [
        [str(spread.words), f"{one.above_s}–{one.until_s} s" if one.until_s else f"> {one.above_s} s", str(one.n)]
        for spread in found.spreads
        for one in spread.bins
    ]
    crews = [[_("Hours of crews"), one.unit, f"{one.hours}"] for one in found.crews]
    return [*hours, *sorts, *areas, *stages, *spreads, *crews]
