"""The points of a beat become places of a patrol on it: their plates hang there already."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from shouwang.beats.models import Beat
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.ids import receipt_code
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.patrols.models import Order, Point, State
from shouwang.patrols.ordering import MOST_POINTS, PlanIsFixed, TooManyPoints, hold
from shouwang.people.verbs import Verb


class NoBeatPlaces(Problem):
    code, status = "patrols.no_beat_places", 409
    says = _("The beat of this patrol has no place that is not on it already.")


def points_to_come(order: Order) -> list[tuple[UUID, str, float, float]]:
    """Key, name, place of the points of its beat that it lacks."""
    beat = Beat.objects.filter(area=order.beat_id, ended_at=None).first() if order.beat_id else None
    if beat is None:
        return []
    on = set(order.points.filter(of_beat__isnull=False).values_list("of_beat", flat=True))
    rows = beat.points.filter(ended_at=None).values_list("pk", "name", "lon", "lat")
    return [row for row in rows if row[0] not in on]


def take_beat_places(order: Order, *, by: Actor, at: dt.datetime) -> list[Point]:
    """Raises NoBeatPlaces, PlanIsFixed, TooManyPoints, NotAllowed, NotVisible"""
    with acting(by):
        row = hold(order, None, Verb.PATROL_ORDER, by, at)
        if row.state not in (State.PLANNED, State.BRIEFED):
            raise PlanIsFixed
        new = points_to_come(row)
        if not new:
            raise NoBeatPlaces
        if row.points.count() + len(new) > MOST_POINTS:
            raise TooManyPoints
        last = row.points.aggregate(last=Max("place"))["last"] or 0
        name = row.beat.name if row.beat else ""
        found = Point.objects.bulk_create(
            Point(order=row, place=last + n, label=label, place_text=name, lon=lon, lat=lat, code=receipt_code(),
                  of_beat=key)
            for n, (key, label, lon, lat) in enumerate(new, start=1)
        )  # fmt: skip
        record("patrol.take_beat", topic="patrol.changed", subject=row, by=by, at=at, area=row.ground_id, n=len(found))
    return found
