"""Replays: opened with a purpose, shown minute by minute with the words of then."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET, require_http_methods

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.desk.loading import actor_of
from shouwang.desk.lookback.axis import axis_of, bounds_of_ground
from shouwang.desk.lookback.forms import ReplayForm
from shouwang.oversight.models import Replay
from shouwang.oversight.pages import events_of, page_of, stretches_of, units_of
from shouwang.oversight.purposes import PURPOSES
from shouwang.oversight.replaying import OPEN_FOR, BadStretch, open_replay, opened_replay, own_replays
from shouwang.people.access import Verb, spans, within
from shouwang.people.models import Person
from shouwang.people.routes import opens_to
from shouwang.places.models import Area

HOUR = dt.timedelta(hours=1)
LINES = 300


@opens_to(Verb.PAST_REPLAY)
@require_http_methods(["GET", "POST"])
def replays(request: HttpRequest) -> HttpResponse:
    """Open one, or go on with one that is open."""
    by, at = actor_of(request), clock.now()
    grounds = grounds_of(by, at)
    hour = at.replace(minute=0, second=0, microsecond=0)
    first = {"starts_at": hour - 2 * HOUR, "ends_at": hour, "area": str(grounds[0].pk) if grounds else ""}
    form = ReplayForm(request.POST or None, initial=first, areas=[(str(one.pk), one.name) for one in grounds])
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        area = next(one for one in grounds if str(one.pk) == given["area"])
        row = open_replay(
            area=area, start=given["starts_at"], end=given["ends_at"], purpose=given["purpose"],
            reason=given["reason"], by=by, at=at,
        )  # fmt: skip
        return redirect("desk:replay", key=row.pk)
    page = {"form": form, "open": own_replays(by, at), "purposes": PURPOSES}
    return render(request, "desk/lookback/replays.html", page, status=422 if form.errors else 200)


@opens_to(Verb.PAST_REPLAY)
@require_GET
def replay(request: HttpRequest, key: UUID) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    row = opened_replay(key, by, at)
    units, events, stretches = units_of(row), events_of(row, by, at), stretches_of(row)
    page: dict[str, Any] = {
        "replay": row, "units": units, "events": events[:LINES], "more": max(0, len(events) - LINES),
        "axis": axis_of(row, units, stretches, events), "known": [one.plain() for one in events],
        "stretches": {
            str(unit): [[a.isoformat(), b.isoformat()] for a, b in parts] for unit, parts in stretches.items()
        },
        "purpose": PURPOSES.get(row.purpose, row.purpose), "until": row.opened_at + OPEN_FOR,
        "bounds": bounds_of_ground(row.area, row.starts_at), "who": _name(row),
    }  # fmt: skip
    answer = render(request, "desk/lookback/replay.html", page)
    answer["Cache-Control"] = "no-store"
    return answer


@opens_to(Verb.PAST_REPLAY)
@require_GET
def replay_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ten minutes of positions, from `from`."""
    row = opened_replay(key, actor_of(request), clock.now())
    start = _moment(request.GET.get("from", ""))
    if start is None or not row.starts_at <= start < row.ends_at:
        raise BadStretch(field="from")
    answer = JsonResponse(page_of(row, start))
    answer["Cache-Control"] = "no-store"
    return answer


def _moment(text: str) -> dt.datetime | None:
    try:
        found = parse_datetime(text.replace(" ", "+"))
    except ValueError:
        return None
    return found if found and found.tzinfo else None


def grounds_of(by: Actor, at: dt.datetime) -> list[Area]:
    """Offices and communities one may look back at, the widest first."""
    rows = Area.objects.filter(within(spans(by, Verb.PAST_REPLAY, at)), tier__in=["bureau", "station", "community"])
    return sorted(rows, key=lambda one: (len(one.duty_path or one.government_path), one.name))


def _name(row: Replay) -> str:
    return Person.objects.filter(pk=row.opened_by).values_list("name", flat=True).first() or "—"
