"""Acts on patrol routes: ask for one, change the order by hand, accept a way, go on after a call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.access import NotVisible, reaches, require, spans
from shouwang.people.verbs import Verb
from shouwang.places.models import Area
from shouwang.planning.models import Going, RoutePlan, RouteState
from shouwang.planning.routes.proposing import HAND, Found
from shouwang.planning.routes.reading import weights_of
from shouwang.planning.routes.working_out import beat_of, kept
from shouwang.planning.tasks import work_out_route
from shouwang.solvers.patrol_route import checked

MOST_PLACES = 60
LONGEST = dt.timedelta(hours=14)


class RouteUnusable(Problem):
    code, status = "planning.route_unusable", 422
    says = _("A route needs one to 60 places and a window of at most 14 hours that they fit into.")


class RouteNotReady(Problem):
    code, status = "planning.route_not_ready", 409
    says = _("This route is “{state}”; that does not apply now.")


class OrderMissesHours(Problem):
    code, status = "planning.order_misses_hours", 422
    says = _("In this order a place is reached too late, or one is missing.")


@dataclass(frozen=True)
class Place:
    """A point, or with `to` a street from here to there. `early`, `late`: seconds after the start."""

    label: str
    lon: float
    lat: float
    seconds: int
    early: int = 0
    late: int | None = None
    to: tuple[float, float] | None = None


@dataclass(frozen=True)
class WantedRoute:
    label: str
    mode: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    start: tuple[float, float]
    places: Sequence[Place]
    goal: tuple[float, float] | None = None
    order: UUID | None = None


def visible_routes(by: Actor, at: dt.datetime) -> QuerySet[RoutePlan]:
    return RoutePlan.objects.filter(reaches(spans(by, Verb.PATROL_READ, at), "area__")).select_related("area")


def visible_route(key: UUID, by: Actor, at: dt.datetime) -> RoutePlan:
    """Raises NotVisible."""
    found = visible_routes(by, at).filter(pk=key).first()
    if found is None:
        raise NotVisible
    return found


def ask_route(area: Area, wanted: WantedRoute, *, by: Actor, at: dt.datetime) -> RoutePlan:
    """A route that waits to be worked out by a job. Raises NotAllowed, NotVisible, RouteUnusable"""
    with acting(by):
        require(by, Verb.PATROL_ORDER, area, at)
        return _asked(area, wanted, [asdict(place) for place in wanted.places], None, by, at)


def go_on(route: RoutePlan, here: tuple[float, float], seen: Sequence[int], *, by: Actor, at: dt.datetime) -> RoutePlan:
    """Another route over what is left, from where a call left the crew, in the time that is left.

    Raises  NotAllowed, NotVisible, RouteNotReady, RouteUnusable
    """
    with acting(by):
        row = _locked(route, by, at, RouteState.ACCEPTED)
        gone = max(0, round((at - row.starts_at).total_seconds()))
        left = [
            place | {"early": max(0, place["early"] - gone), "late": None if place["late"] is None else
                     max(0, place["late"] - gone)}
            for n, place in enumerate(row.places) if n not in seen
        ]  # fmt: skip
        wanted = WantedRoute(
            row.label, row.mode, max(at, row.starts_at), row.ends_at, here, (), tuple(row.goal), row.order
        )
        return _asked(row.area, wanted, left, row, by, at)


def reorder(route: RoutePlan, alternative: int, order: Sequence[int], *, by: Actor, at: dt.datetime) -> int:
    """The places in an order made by hand; the number of the alternative that now has it, checked again at once.

    Raises  NotAllowed, NotVisible, RouteNotReady, OrderMissesHours
    """
    with acting(by):
        row = _locked(route, by, at, RouteState.READY)
        if sorted(order) != list(range(len(row.places))) or not 0 <= alternative < len(row.alternatives):
            raise OrderMissesHours
        onwards = {place: way for place, way, _begins, _stays in row.alternatives[alternative]["visits"]}
        beat = beat_of(row)
        found = checked(beat, [(place, onwards.get(place, True)) for place in order])
        if found is None:
            raise OrderMissesHours
        told = kept(row, Found(HAND, found, 1.0))
        hand = [n for n, one in enumerate(row.alternatives) if one["kind"] == HAND]
        row.alternatives = [*(one for one in row.alternatives if one["kind"] != HAND), told]
        row.save(update_fields=["alternatives"])
        record("route.reorder", topic="route.changed", subject=row, by=by, at=at, area=row.area, again=bool(hand))
    return len(row.alternatives) - 1


def accept(route: RoutePlan, alternative: int, *, by: Actor, at: dt.datetime) -> None:
    """Raises NotAllowed, NotVisible, RouteNotReady"""
    with acting(by):
        row = _locked(route, by, at, RouteState.READY)
        if not 0 <= alternative < len(row.alternatives):
            raise RouteNotReady(state=row.get_state_display())
        row.state, row.chosen = RouteState.ACCEPTED, alternative
        row.save(update_fields=["state", "chosen"])
        record("route.accept", topic="route.accepted", subject=row, by=by, at=at, area=row.area)


def _asked(
    area: Area, wanted: WantedRoute, places: list[dict[str, Any]], before: RoutePlan | None, by: Actor, at: dt.datetime
) -> RoutePlan:
    known = wanted.mode in Going.values and bool(wanted.label.strip())
    hours = all(one["late"] is None or 0 <= one["early"] <= one["late"] for one in places)
    if not (known and hours and 1 <= len(places) <= MOST_PLACES):
        raise RouteUnusable
    if not dt.timedelta(0) < wanted.ends_at - wanted.starts_at <= LONGEST:
        raise RouteUnusable
    points = [(one["lon"], one["lat"]) for one in places]
    weights = weights_of(points, area, wanted.starts_at, wanted.ends_at, at)
    row = RoutePlan.objects.create(
        area=area, order=wanted.order, before=before, label=wanted.label.strip()[:60], mode=wanted.mode,
        starts_at=wanted.starts_at, ends_at=wanted.ends_at, start=list(wanted.start),
        goal=list(wanted.goal or wanted.start), asked_by=by.person_id, asked_at=at,
        places=[place | {"weight": weight} for place, weight in zip(places, weights, strict=True)],
    )  # fmt: skip
    work_out_route.defer(route=str(row.pk))
    record("route.ask", topic="route.asked", subject=row, by=by, at=at, area=area, places=len(places))
    return row


def _locked(route: RoutePlan, by: Actor, at: dt.datetime, state: str) -> RoutePlan:
    row = RoutePlan.objects.select_for_update(of=("self",)).select_related("area").get(pk=route.pk)
    require(by, Verb.PATROL_ORDER, row.area, at)
    if row.state != state:
        raise RouteNotReady(state=row.get_state_display())
    return row
