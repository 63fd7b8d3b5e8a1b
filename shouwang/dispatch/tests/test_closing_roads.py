"""Closed roads and slow hours: crews are led around them, times go by them, and who may say so."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwang.core.geo import PositionSwapped
from shouwang.dispatch import closing_roads
from shouwang.dispatch.closing_roads import (
    ClosedTooLong,
    HoursUnclear,
    NoSuchRoad,
    NothingSaid,
    close_road,
    closures,
    open_road,
    set_hours,
)
from shouwang.dispatch.coverage import free_crews, own_ground
from shouwang.dispatch.suggesting import suggest
from shouwang.dispatch.tests.ground import laid, place
from shouwang.journal.models import Entry
from shouwang.people.access import NotAllowed, NotVisible, spans
from shouwang.people.verbs import Verb
from shouwang.places.models import RoadClosure
from shouwang.places.roads import roads_at
from shouwang.tracking.models import LastFix

FREE = {"main": [100] * 24, "street": [100] * 24, "lane": [100] * 24}


@pytest.fixture
def street(world, as_role, noon, call):  # type: ignore[no-untyped-def]
    """A call at step 8 of the long street, 桥西1组 at step 5 and 河埠1组 at step 12."""
    laid(as_role, noon)
    call.lon, call.lat = place(8)
    for unit, step in ((world.qx1, 5), (world.hb1, 12)):
        stand(unit, step, noon)
    return call


def stand(unit, step, at):  # type: ignore[no-untyped-def]
    from shouwang.duty import shifts

    shift = shifts.on_shift([unit.pk], at)[unit.pk]
    told = {"shift": shift.pk, "at": at, "lon": place(step)[0], "lat": place(step)[1], "duty_path": unit.duty_path}
    LastFix.objects.update_or_create(unit=unit.pk, defaults=told)


def close(world, noon, *steps, **told):  # type: ignore[no-untyped-def]
    given = {"name": "长街", "reason": "路面塌陷", "during": (noon, noon + dt.timedelta(hours=6)), "by": world.fang}
    return close_road(world.areas["station"], [place(one) for one in steps], at=noon, **(given | told))


def by_road(call, by, at):  # type: ignore[no-untyped-def]
    return {one.unit.name: round(one.seconds) for one in suggest(call, by=by, at=at) if one.by_road}


def test_nobody_is_led_through_a_closed_road_until_it_is_open_again(world, street, noon, later):
    before = by_road(street, world.fang, noon)
    closed = close(world, noon, 6.2, 6.8)

    assert by_road(street, world.fang, noon) == {"河埠1组": before["河埠1组"]}
    open_road(closed, by=world.fang, at=later(1))
    open_road(closed, by=world.fang, at=later(1))
    for unit, step in ((world.qx1, 5), (world.hb1, 12)):
        stand(unit, step, later(1))
    assert by_road(street, world.fang, later(1)) == before
    verbs = Entry.objects.filter(subject=closed.pk).values_list("verb", flat=True)
    assert sorted(verbs) == ["road.close", "road.open"]


def test_a_road_may_be_closed_in_one_direction_and_only_from_later_on(world, street, noon, later):
    before = by_road(street, world.fang, noon)
    close(world, noon, 6.2, 6.8, one_way=True)  # eastwards, where 桥西1组 would come from
    close(world, noon, 10.2, 10.8, one_way=True)  # and away from the other
    close(world, noon, 9.2, 9.8, during=(later(60), later(90)))
    assert by_road(street, world.fang, noon) == {"河埠1组": before["河埠1组"]}

    for unit, step in ((world.qx1, 5), (world.hb1, 12)):
        stand(unit, step, later(61))
    assert by_road(street, world.fang, later(61)) == {}
    assert len(closures(noon)) == 3


def test_homes_behind_a_closed_road_are_not_in_time(world, street, noon, as_role):
    station = world.areas["station"]
    crews = free_crews(spans(world.fang, Verb.UNIT_TRACK, noon), noon)
    before = own_ground(station, noon).cover(crews).homes_in
    close(world, noon, 5.2, 5.8)
    close(world, noon, 10.2, 10.8)

    assert own_ground(station, noon).cover(crews).homes_in < before


def test_times_go_by_the_hour_and_the_group_of_roads(world, street, noon):
    before = by_road(street, world.fang, noon)
    hour = noon.astimezone(dt.timezone(dt.timedelta(hours=8))).hour
    slow = [100] * 24
    slow[hour] = 50
    set_hours(FREE | {"street": slow}, by=world.cheng, at=noon)
    assert by_road(street, world.fang, noon) == before  # the long street is a main road
    set_hours(FREE | {"main": slow}, by=world.cheng, at=noon)
    assert by_road(street, world.fang, noon) == pytest.approx({name: 2 * one for name, one in before.items()}, abs=1)


def test_the_roads_of_now_cost_one_question_and_are_kept(world, street, noon):
    close(world, noon, 6.2, 6.8)
    first = roads_at(noon).graph
    with CaptureQueriesContext(
        connection,
    ) as asked:
        again = roads_at(noon).graph
    assert again is first
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ({"name": " "}, NothingSaid), ({"reason": ""}, NothingSaid),
        ({"during": (0, 0)}, ClosedTooLong), ({"during": (-5, -1)}, ClosedTooLong),
        ({"during": (0, 91 * 24)}, ClosedTooLong), ({"points": []}, NoSuchRoad),
        ({"points": [(111.45, 27.72)]}, NoSuchRoad), ({"points": [place(2)] * 21}, NoSuchRoad),
        ({"points": [place(0), place(29)]}, NoSuchRoad), ({"points": [(27.69, 111.42)]}, PositionSwapped),
    ],
)  # fmt: skip
def test_what_is_no_closure_is_refused_with_its_reason(world, street, noon, told, fault):
    if "during" in told:
        told = {"during": tuple(noon + dt.timedelta(hours=one) for one in told["during"])}
    given = {"points": [place(6.5)], "name": "长街", "reason": "施工", "during": (noon, noon + dt.timedelta(hours=1))}
    with pytest.raises(fault):
        close_road(world.areas["station"], by=world.fang, at=noon, **(given | told))
    assert not RoadClosure.objects.exists()


def test_at_most_so_many_roads_are_closed_at_once(world, street, noon, monkeypatch):
    monkeypatch.setattr(closing_roads, "MOST_CLOSED", 1)
    close(world, noon, 6.2, 6.8)
    with pytest.raises(closing_roads.TooManyClosed):
        close(world, noon, 9.2, 9.8)


def test_who_sends_no_crews_closes_nothing_and_only_the_head_of_the_bureau_sets_hours(world, street, noon):
    for nobody in (world.lu, world.shen, world.xi):
        with pytest.raises((NotAllowed, NotVisible)):
            close(world, noon, 6.2, 6.8, by=nobody)
    for nobody in (world.fang, world.lin, world.zhou):
        with pytest.raises((NotAllowed, NotVisible)):
            set_hours(FREE, by=nobody, at=noon)
    for wrong in ({}, FREE | {"main": [100] * 23}, FREE | {"lane": [9] * 24}, FREE | {"lane": [151] * 24}):
        with pytest.raises(HoursUnclear):
            set_hours(wrong, by=world.cheng, at=noon)
