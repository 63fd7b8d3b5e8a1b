"""Who is responsible where, on a day: `?area=` one of the person's ground, `?on=` a date."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shouwang.core import clock
from shouwang.core.clock import SHANGHAI
from shouwang.desk.loading import actor_of
from shouwang.desk.room import room_of
from shouwang.desk.roster import areas_for, roster_of, with_tiers
from shouwang.people.access import NotVisible
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb


@opens_to(Verb.AREA_READ)
@require_GET
def roster(request: HttpRequest) -> HttpResponse:
    by, now = actor_of(request), clock.now()
    areas = areas_for(by, now)
    at = _asked_day(request.GET.get("on", ""), now)
    wanted = request.GET.get("area", "")
    office = room_of(by, now).office
    area = next((one for one in areas if str(one.pk) == wanted), None)
    if area is None and wanted:
        raise NotVisible
    area = area or (office if office in areas else None) or (areas[0] if areas else None)
    page = {"areas": areas, "area": area, "at": at, "today": at == now, "roster": roster_of(area, at) if area else None,
            "below": with_tiers(areas, area, at) if area else []}  # fmt: skip
    return render(request, "desk/roster.html", page)


def _asked_day(text: str, now: dt.datetime) -> dt.datetime:
    """Noon of the day, or now for today and for what is no date."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return now
    return now if day == clock.local_date(now) else dt.datetime.combine(day, dt.time(12), SHANGHAI)
