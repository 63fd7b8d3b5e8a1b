"""The sheet of a station: what its registers and calls count, by community, to be printed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shouwang.core import clock
from shouwang.desk.loading import actor_of
from shouwang.desk.room import room_of
from shouwang.matters.figures import opened_by_area
from shouwang.people.access import may, spans
from shouwang.people.chain import gaps
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.places.models import Area, AreaVersion
from shouwang.places.models.area import Tier
from shouwang.registry.lists import Category, Occupancy, Trade, UnitKind
from shouwang.registry.profile import Counts, profile_on

A_YEAR = dt.timedelta(days=365)


@opens_to(Verb.REGISTER_COUNT)
@require_GET
def profile(request: HttpRequest) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    counts = profile_on(by, at)
    areas = Area.objects.in_bulk([one.area for one in counts])
    calls = _calls(request, at)
    reach = list(spans(by, Verb.REGISTER_COUNT, at))
    missing = gaps(reach, at)
    rows = sorted((_row(one, areas[one.area], calls, at) for one in counts), key=lambda row: str(row["area"].code))
    page = {
        "rows": rows, "at": at, "office": room_of(by, at).office, "since": clock.local_date(at - A_YEAR),
        "stale": sum(one.n_stale for one in counts), "gaps": missing, "calls": calls is not None,
    }  # fmt: skip
    return render(request, "desk/finding/profile.html", page)


def _calls(request: HttpRequest, at: dt.datetime) -> dict[Area | None, int] | None:
    """Calls of a year by community, for whoever may see figures."""
    by = actor_of(request)
    if not may(by, Verb.FIGURES_READ, None, at):
        return None
    return opened_by_area(Tier.COMMUNITY, at - A_YEAR, at, by=by, at=at, kind="incident")


def _row(one: Counts, area: Area, calls: dict[Area | None, int] | None, at: dt.datetime) -> dict[str, Any]:
    return {
        "area": area, "total": one.total,
        "grids": AreaVersion.objects.in_force_at(at).filter(parent=area, area__tier=Tier.GRID).values("area").distinct()
        .count(),
        "people": [(label, one.people.get(value, 0)) for value, label in Category.choices],
        "homes": [(label, one.homes[value]) for value, label in Occupancy.choices if one.homes.get(value)],
        "units": [(label, one.units[value]) for value, label in UnitKind.choices if one.units.get(value)],
        "trades": [(label, one.trades[value]) for value, label in Trade.choices if one.trades.get(value)],
        "calls": calls.get(area, 0) if calls is not None else None,
    }  # fmt: skip
