"""A call pulls a crew off its patrol: it waits, with the call as the reason; free again, what is left is proposed anew.

Guards and volunteers of a joint patrol go on with whoever leads them: only the crew that was sent is away.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Q

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.duty.models import Crew
from shouwang.journal.record import record
from shouwang.matters.models import Matter
from shouwang.patrols.models import Mode, Order, Pause, Point, State
from shouwang.planning.routes.asking import Place, RouteUnusable, WantedRoute, ask_route

LEAST_STAY_S = 120  # a place that is seen in passing


def pull_off(matter: Matter, unit: UUID, *, at: dt.datetime) -> list[Pause]:
    """Every patrol that somebody of this unit is on waits. Twice is once."""
    by, found = Actor.system(), []
    with acting(by):
        crew = Crew.objects.filter(shift__unit=unit, during__contains=at).values("person")
        out = Q(legs__slots__unit=unit) | Q(legs__slots__person__in=crew)
        walked = Q(legs__slots__on_at__lte=at, legs__slots__off_at__isnull=True)
        for order in Order.objects.filter(out, walked, state=State.ON_DUTY).distinct():
            row, new = Pause.objects.get_or_create(
                order=order, unit_id=unit, ended_at=None, defaults={"matter": matter, "began_at": at}
            )
            if new:
                _told(row, "patrol.pause", by, at, number=matter.number)
                found.append(row)
    return found


def let_go_on(unit: UUID, *, at: dt.datetime, proposes: bool = True) -> list[Pause]:
    """The crew is free: its patrols go on, each with another way over the places that nobody has seen yet."""
    by, found = Actor.system(), []
    with acting(by):
        rows = Pause.objects.select_for_update(of=("self",)).filter(unit=unit, ended_at=None)
        for row in rows.select_related("order__ground", "matter"):
            left = places_left(row.order)
            row.ended_at = max(at, row.began_at)
            row.route = _proposed(row, left, by, at) if proposes else None
            row.save(update_fields=["ended_at", "route"])
            _told(row, "patrol.go_on", by, at, n=len(left))
            found.append(row)
    return found


def places_left(order: Order) -> list[Point]:
    """Neither seen nor left out with a reason."""
    return list(order.points.filter(marks__isnull=True).order_by("place"))


def _proposed(row: Pause, left: list[Point], by: Actor, at: dt.datetime) -> UUID | None:
    """From where the call was; None where nothing is left to walk, or no time."""
    order, matter = row.order, row.matter
    if not left or order.mode == Mode.VIDEO or order.state != State.ON_DUTY or at >= order.ends_at:
        return None
    here = (matter.lon, matter.lat) if matter.lon is not None and matter.lat is not None else (left[0].lon, left[0].lat)
    places = [Place(one.label, one.lon, one.lat, max(LEAST_STAY_S, one.stay_minutes * 60)) for one in left]
    goal = (left[-1].lon, left[-1].lat)
    wanted = WantedRoute(
        order.name, order.mode, max(at, order.starts_at), order.ends_at, here, places, goal, order=order.pk
    )
    try:
        return ask_route(order.ground, wanted, by=by, at=at).pk
    except RouteUnusable:
        return None


def _told(row: Pause, verb: str, by: Actor, at: dt.datetime, **particulars: object) -> None:
    record(verb, topic="patrol.moved", subject=row.order, by=by, at=at, area=row.order.ground_id, unit=row.unit_id,
           **particulars)  # fmt: skip
