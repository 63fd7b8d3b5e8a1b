"""Today's round as a phone takes it along: the stops in order, and the words for noting them and a hazard."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.core.clock import local_date
from shouwang.field.views import from_phone
from shouwang.kinds.hazard.words import SORTS
from shouwang.matters.kinds import kind_of
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.rounds.models import Outcome, Round, Stop
from shouwang.ui import words


@opens_to(Verb.ROUND_WALK)
@from_phone
@require_GET
def walk(request: HttpRequest) -> JsonResponse:
    """One's own round of today, until it has ended."""
    by: Actor = request.actor  # type: ignore[attr-defined]
    return JsonResponse(round_for(by, clock.now()))


def round_for(by: Actor, at: dt.datetime) -> dict[str, Any]:
    """The whole answer of /field/round.json."""
    mine = Round.objects.filter(walker=by.person_id, on=local_date(at), ended_at__isnull=True)
    row = mine.order_by("starts_at").first()
    return {
        "at": at.isoformat(),
        "sorts": [[one.name, str(one.label)] for one in SORTS],
        "outcomes": {value: str(label) for value, label in Outcome.choices},
        "round": {
            "id": str(row.pk), "metres": row.metres,
            "time": words.duration(row.minutes * 60, get_language() or "zh-hans"),
            "begun": row.begun_at.isoformat() if row.begun_at else None,
            "stops": [_stop(one) for one in row.stops.order_by("place")],
        } if row else None,
    }  # fmt: skip


def _stop(one: Stop) -> dict[str, Any]:
    kind = kind_of(one.kind)
    sort = kind.subkinds.get(one.subkind)
    return {
        "id": str(one.pk), "place": one.place, "matter": str(one.matter), "number": one.number, "where": one.place_text,
        "sort": str(sort.label if sort else kind.label), "visit": one.kind == "visit", "lon": one.lon, "lat": one.lat,
        "expected": one.expected_at.isoformat(), "booked": one.booked, "hours": str(one.hours), "outcome": one.outcome,
    }  # fmt: skip
