"""Reasons beside the driving time: the crew rule, work and rest, what is left uncovered, who goes along."""

import datetime as dt

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import translation

from shouwang.dispatch import dispatching
from shouwang.dispatch.suggesting import suggest
from shouwang.dispatch.tests.ground import laid, place
from shouwang.duty import shifts
from shouwang.duty.models import Crew, Shift
from shouwang.tracking.models import LastFix


@pytest.fixture
def put(noon):  # type: ignore[no-untyped-def]
    def standing(unit, step: float) -> None:  # type: ignore[no-untyped-def]
        lon, lat = place(step)
        shift = shifts.on_shift([unit.pk], noon)[unit.pk]
        given = {"shift": shift.pk, "at": noon, "lon": lon, "lat": lat, "duty_path": unit.duty_path}
        LastFix.objects.update_or_create(unit=unit.pk, defaults=given)

    return standing


def said(candidate) -> dict:  # type: ignore[no-untyped-def]
    return {word.code: word.figures for word in (*candidate.reasons, *candidate.cautions)}


def by_name(found) -> dict:  # type: ignore[no-untyped-def]
    return {one.unit.name: one for one in found}


@pytest.mark.item("S-CMD-018")
def test_what_a_crew_leaves_uncovered_is_counted_in_homes_by_road(world, as_role, open_call, noon, put):
    laid(as_role, noon)
    put(world.qx1, 4)
    put(world.hb1, 24)

    found = by_name(suggest(open_call(point=place(3)), by=world.fang, at=noon))

    assert found["桥西1组"].by_road
    assert found["桥西1组"].seconds == pytest.approx(28.4, abs=0.3)
    assert said(found["桥西1组"])["leaves"] == {"homes": 140, "places": 0, "within": 5}  # 10 steps on, 4 back
    assert said(found["河埠1组"])["leaves"]["places"] == 1
    with translation.override("zh-hans"):
        assert "派走后 140 户、0 处要地 5 分钟内没人能到" in found["桥西1组"].caution_words


def test_a_crew_beside_another_leaves_nothing_uncovered(world, as_role, open_call, noon, put):
    laid(as_role, noon)
    put(world.qx1, 10)
    put(world.hb1, 10)

    for one in suggest(open_call(point=place(9)), by=world.fang, at=noon):
        assert "leaves" not in said(one)


def test_of_two_crews_hardly_apart_the_one_that_leaves_less_and_may_question_goes_first(
    world, as_role, open_call, noon, put
):
    laid(as_role, noon)
    put(world.hb1, 10)  # one sworn officer
    put(world.qx1, 8.9)  # two, and some seconds further away
    near = place(9.5)

    fight, danger = open_call(point=near), open_call(point=near, subkind="crime.robbery", urgency=1)

    assert suggest(fight, by=world.fang, at=noon)[0].unit.name == "桥西1组"
    first, second = suggest(danger, by=world.fang, at=noon)
    assert first.unit.name == "河埠1组"
    assert "together" in said(first)
    assert "second_crew" in said(second)


def test_one_officer_with_a_recorder_is_enough_where_nobody_is_questioned(world, open_call, noon, put):
    put(world.hb1, 9)
    help_call = open_call(subkind="help.lost_person", point=place(9))

    assert {"one_enough"} <= set(said(suggest(help_call, by=world.fang, at=noon)[0]))
    Crew.objects.filter(shift__unit=world.hb1).update(recorder="", no_recorder="坏了")
    assert {"unrecorded"} <= set(said(suggest(help_call, by=world.fang, at=noon)[0]))
    assert "one_sworn" in said(suggest(open_call(point=place(9)), by=world.fang, at=noon)[0])


def test_work_and_rest_are_said(world, open_call, call, noon, put, later):
    put(world.qx1, 9)
    shift = Shift.objects.get(unit=world.qx1, during__contains=noon)
    Shift.objects.filter(pk=shift.pk).update(during=DateTimeTZRange(noon - dt.timedelta(hours=11), None))
    for turn in range(6):
        other = open_call(point=place(turn))
        sent = dispatching.send_unit(matter=other, unit=world.qx1, by=world.fang, at=noon)
        dispatching.recall_unit(assignment=sent, by=world.fang, at=noon)

    words = said(suggest(call, by=world.fang, at=noon)[0])

    assert words["many_calls"] == {"calls": 6}
    assert words["long_on"] == {"minutes": 660}
