"""Roads that are closed for a time, and how fast the hours let crews drive: suggestions and cover reckon with both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from psycopg.types.range import TimestamptzRange

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.geo import check_lonlat
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.access import Verb, require
from shouwang.places.loading import road_graph
from shouwang.places.models import Area, DrivingHours, RoadClosure
from shouwang.places.models.area import Tier
from shouwang.places.roads import MOST_CLOSED
from shouwang.solvers.conditions import along
from shouwang.solvers.roads import GROUPS, snap_all

MOST_POINTS, LONGEST_M, OFF_ROAD_M = 20, 10_000, 100
LONGEST = dt.timedelta(days=90)
SLOWEST, FASTEST = 10, 150  # percent of the free speed


class NoSuchRoad(Problem):
    code, status = "roads.no_such_road", 422
    says = _("No road lies there: choose 1 to {most} points on one road, at most {km} km of it.")


class ClosedTooLong(Problem):
    code, status = "roads.closed_too_long", 422
    says = _("Give an end that lies ahead, after the beginning, and at most {days} days after it.")


class NothingSaid(Problem):
    code, status = "roads.nothing_said", 422
    says = _("Say which road it is, and why it is closed.")


class TooManyClosed(Problem):
    code, status = "roads.too_many_closed", 409
    says = _("{most} roads are closed already; open one that is free again.")


class HoursUnclear(Problem):
    code, status = "roads.hours_unclear", 422
    says = _("Give a whole percentage from {least} to {most} for every hour and group of roads.")


def closures(at: dt.datetime) -> QuerySet[RoadClosure]:
    """Closed now or later, the next to be open again first. Not of one ground: crews drive through others."""
    return RoadClosure.objects.filter(during__endswith__gt=at).select_related("area").order_by("during__endswith", "pk")


def close_road(
    area: Area, points: Sequence[tuple[float, float]], *, name: str, reason: str,
    during: tuple[dt.datetime, dt.datetime], one_way: bool = False, by: Actor, at: dt.datetime,
) -> RoadClosure:  # fmt: skip
    """Nobody is sent through it while it is closed.

    during  from and until      one_way  only in the direction in which the points go
    Raises  NotAllowed, NotVisible, NothingSaid, ClosedTooLong, NoSuchRoad, TooManyClosed, those of `check_lonlat`
    """
    begins, ends = during
    called, why = clean_line(name, 60, field="name"), clean_line(reason, 120, field="reason")
    if not called or not why:
        raise NothingSaid(field="reason" if called else "name")
    if not (begins < ends <= begins + LONGEST and ends > at):
        raise ClosedTooLong(field="ends_at", days=LONGEST.days)
    places = [check_lonlat(lon, lat, field="corners") for lon, lat in points]
    _check_road(places)
    with acting(by):
        require(by, Verb.UNIT_SEND, area, at)
        if RoadClosure.objects.filter(during__endswith__gt=at).count() >= MOST_CLOSED:
            raise TooManyClosed(most=MOST_CLOSED)
        made = RoadClosure.objects.create(
            area=area, points=[list(one) for one in places], one_way=one_way, name=called,
            reason=why, during=TimestamptzRange(begins, ends), made_at=at, made_by=by.person_id,
        )  # fmt: skip
        record("road.close", topic="road.changed", subject=made, by=by, at=at, area=area, called=called, why=why,
               until=ends.isoformat())  # fmt: skip
    return made


def open_road(closure: RoadClosure, *, by: Actor, at: dt.datetime) -> None:
    """Crews drive there again from now on. Nothing happens where it is open already."""
    with acting(by):
        row = RoadClosure.objects.select_for_update(of=("self",)).select_related("area").get(pk=closure.pk)
        require(by, Verb.UNIT_SEND, row.area, at)
        if row.during.upper <= at:
            return
        row.during, row.opened_by = TimestamptzRange(min(row.during.lower, at), at), by.person_id
        row.save(update_fields=["during", "opened_by"])
        record("road.open", topic="road.changed", subject=row, by=by, at=at, area=row.area, called=row.name)


def set_hours(percent: Mapping[str, Sequence[int]], *, by: Actor, at: dt.datetime) -> DrivingHours:
    """How fast each group of roads is at each hour, in percent of its free speed: for the ground of all bureaus.

    Raises  NotAllowed, NotVisible, HoursUnclear
    """
    told = {name: [int(one) for one in percent.get(name, ())] for name in GROUPS}
    if not all(len(row) == 24 and all(SLOWEST <= one <= FASTEST for one in row) for row in told.values()):
        raise HoursUnclear(least=SLOWEST, most=FASTEST)
    with acting(by):
        for bureau in Area.objects.filter(tier=Tier.BUREAU):
            require(by, Verb.UNIT_MANAGE, bureau, at)
        made = DrivingHours.objects.create(percent=told, since=at, set_by=by.person_id)
        record("road.set_hours", topic="road.changed", subject=made, by=by, at=at)
    return made


def _check_road(points: Sequence[tuple[float, float]]) -> None:
    """Raises  NoSuchRoad"""
    graph = road_graph()
    if graph is not None and 1 <= len(points) <= MOST_POINTS:
        near = all(one.metres <= OFF_ROAD_M for one in snap_all(graph, points))
        ways = along(graph, points) if near else []
        if ways and sum(float(graph.metres[stretch]) for stretch, _forward in ways) <= LONGEST_M:
            return
    raise NoSuchRoad(field="corners", most=MOST_POINTS, km=LONGEST_M // 1000)
