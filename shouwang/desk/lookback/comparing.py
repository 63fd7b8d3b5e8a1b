"""One day: what was planned beside what was, by unit, with the cause of each difference."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shouwang.core import clock
from shouwang.core.clock import local_date
from shouwang.desk.loading import actor_of
from shouwang.desk.lookback.replays import grounds_of
from shouwang.oversight.comparing import compare_day
from shouwang.oversight.patrols_compared import patrols_of_day
from shouwang.people.access import NotVisible, Verb
from shouwang.people.routes import opens_to


@opens_to(Verb.PAST_REPLAY)
@require_GET
def compared(request: HttpRequest) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    grounds = grounds_of(by, at)
    area = next((one for one in grounds if str(one.pk) == request.GET.get("area")), grounds[0] if grounds else None)
    if area is None:
        raise NotVisible
    day = _day(request.GET.get("on", "")) or local_date(at)
    found = compare_day(area=area, day=day, by=by, at=at)
    page = {
        "area": area,
        "areas": grounds,
        "day": day,
        "compared": found,
        "patrols": patrols_of_day(area=area, day=day, by=by, at=at),
        "today": local_date(at),
    }
    return render(request, "desk/lookback/compared.html", page)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
