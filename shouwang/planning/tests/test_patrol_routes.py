"""A patrol route from asking to going on after a call; and what it may be weighed by."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwang.core import clock
from shouwang.matters.kinds import kinds
from shouwang.matters.models import Matter
from shouwang.people.access import NotAllowed, NotVisible
from shouwang.planning.models import RoutePlan, RouteState
from shouwang.planning.routes import reading
from shouwang.planning.routes.asking import (
    OrderMissesHours,
    Place,
    RouteNotReady,
    RouteUnusable,
    WantedRoute,
    accept,
    ask_route,
    go_on,
    reorder,
    visible_routes,
)
from shouwang.planning.routes.proposing import propose
from shouwang.planning.routes.working_out import work_out_route

NIGHT = dt.datetime(2026, 3, 10, 12, 0, tzinfo=dt.UTC)
SPOTS = [(111.4195, 27.6835), (111.4285, 27.6840), (111.4240, 27.6900), (111.4200, 27.6960), (111.4290, 27.6950)]
PLACES = [Place(f"点位{n}", *spot, 300) for n, spot in enumerate(SPOTS, start=1)]
STREET = Place("桥西路", 111.420, 27.684, 60, to=(111.428, 27.684))


def wanted(places=(*PLACES, STREET), hours=3.0, **other):
    given = {"label": "桥西夜巡", "mode": "foot", "starts_at": NIGHT, "ends_at": NIGHT + dt.timedelta(hours=hours)}
    return WantedRoute(**(given | {"start": SPOTS[2], "places": places} | other))


@pytest.fixture
def route(world, ground, as_role):
    """A function: a route over 桥西, worked out."""

    def worked_out(asked=None):
        made = ask_route(world.qiaoxi, asked or wanted(), by=world.zhou, at=clock.now())
        with as_role("jobs"):
            work_out_route(made.pk, at=clock.now(), proposing=propose)
        return RoutePlan.objects.select_related("area").get(pk=made.pk)

    return worked_out


def test_ways_are_worked_out_beside_each_other_and_see_every_place(route):
    found = route()

    assert found.state == RouteState.READY
    assert [one["kind"] for one in found.alternatives] == ["drawn", "drawn", "drawn", "shortest"]
    least = found.alternatives[-1]["seconds"]
    for one in found.alternatives:
        assert sorted(visit[0] for visit in one["visits"]) == list(range(6))
        assert least <= one["seconds"] <= least * 1.1 + 1
        assert one["line"][0] == one["line"][-1] == [round(part, 6) for part in SPOTS[2]]
    assert found.alternatives[0]["foreseen"] < found.alternatives[-1]["foreseen"] == 1.0


@pytest.mark.parametrize("mode", ["bicycle", "car"])
def test_other_ways_of_going_are_faster(route, mode):
    assert route(wanted(mode=mode)).alternatives[-1]["seconds"] < route().alternatives[-1]["seconds"]


def test_what_does_not_fit_is_named(route):
    found = route(wanted(hours=0.5))

    assert found.state == RouteState.FAILED
    assert "点位" in found.problem


def test_an_order_made_by_hand_is_checked_at_once(world, route):
    found = route(wanted([*PLACES[1:], Place("校门", *SPOTS[0], 300, 0, 1200)]))
    order = [visit[0] for visit in found.alternatives[-1]["visits"]]

    number = reorder(found, 0, [4, *(one for one in order if one != 4)], by=world.zhou, at=clock.now())

    found.refresh_from_db()
    assert found.alternatives[number]["kind"] == "hand"
    with pytest.raises(OrderMissesHours):
        reorder(found, 0, [*(one for one in order if one != 4), 4], by=world.zhou, at=clock.now())
    with pytest.raises(OrderMissesHours):
        reorder(found, 0, [0, 0, 1, 2, 3], by=world.zhou, at=clock.now())


def test_after_a_call_the_crew_goes_on_over_what_is_left(world, route, as_role):
    found = route()
    with pytest.raises(RouteNotReady):
        go_on(found, SPOTS[4], [0], by=world.zhou, at=NIGHT)
    accept(found, 0, by=world.zhou, at=clock.now())
    with pytest.raises(RouteNotReady):
        accept(found, 1, by=world.zhou, at=clock.now())

    rest = go_on(found, SPOTS[4], [0, 1], by=world.zhou, at=NIGHT + dt.timedelta(hours=1))
    with as_role("jobs"):
        work_out_route(rest.pk, at=clock.now(), proposing=propose)
    rest.refresh_from_db()

    assert (rest.before_id, rest.state) == (found.pk, RouteState.READY)
    assert [place["label"] for place in rest.places] == ["点位3", "点位4", "点位5", "桥西路"]
    assert rest.alternatives[0]["line"][0] == [round(part, 6) for part in SPOTS[4]]
    assert rest.ends_at - rest.starts_at == dt.timedelta(hours=2)


def test_only_who_plans_patrols_there_asks(world, ground):
    for who in (world.stranger, world.ming):
        with pytest.raises((NotAllowed, NotVisible)):
            ask_route(world.qiaoxi, wanted(), by=who, at=clock.now())
    for bad in (wanted(places=()), wanted(hours=20), wanted(hours=-1), wanted(mode="boat"), wanted(label=" ")):
        with pytest.raises(RouteUnusable):
            ask_route(world.qiaoxi, bad, by=world.zhou, at=clock.now())
    assert not visible_routes(world.stranger, clock.now()).exists()


def test_weights_are_read_from_place_and_hour_of_reports_alone(world, ground):
    with CaptureQueriesContext(connection) as asked:
        reading.weights_of(SPOTS, world.qiaoxi, NIGHT, NIGHT + dt.timedelta(hours=3), clock.now())

    assert len(asked) == 1
    told = asked[0]["sql"].split(" FROM ")
    assert set(re.findall(r'AS "(\w+)"', told[0])) == set(reading.FIELDS)
    assert told[1].startswith(f'"{Matter._meta.db_table}"')
    assert "JOIN" not in told[1]


def test_no_kind_that_police_makes_by_being_there_weighs():
    """PAT-07: persons, arrests, stops and past presence stay out, and so does any new kind."""
    assert reading.REPORTED == ("incident", "hazard", "promise", "trouble")
    assert set(reading.REPORTED) <= {kind.name for kind in kinds()}
    assert not set(reading.REPORTED) & {
        "visit",
        "address_check",
        "inspection_note",
        "event",
        "information",
        "directive",
    }
    assert reading.FIELDS == ("lon", "lat", "opened_at")


def test_hours_over_midnight_count():
    found = reading._hours(NIGHT + dt.timedelta(hours=3, minutes=30), NIGHT + dt.timedelta(hours=5))

    assert found == {23, 0}
