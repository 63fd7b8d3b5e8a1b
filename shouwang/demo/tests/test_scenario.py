"""The shift of the demo: a call in every phase, crews on duty since this shift began, nobody real."""

from __future__ import annotations

import datetime as dt
import json
import random
from zoneinfo import ZoneInfo

import pytest
from django.test import override_settings

from shouwang.demo.calls import BEFORE, CREWS, NOW
from shouwang.demo.driving import Course, Driver, heading_of
from shouwang.demo.scenario import TOKENS, play, shift_began
from shouwang.dispatch.models import Assignment
from shouwang.duty.models import Shift, Unit
from shouwang.kinds.incident.calls import SUBKINDS
from shouwang.matters.models import Matter

ZONE = ZoneInfo("Asia/Shanghai")
EVENING = dt.datetime(2026, 11, 22, 21, 47, 8, tzinfo=ZONE)
BEGAN = dt.datetime(2026, 11, 22, 19, tzinfo=ZONE)


@pytest.fixture
def played(world, tmp_path):
    with override_settings(VAR=tmp_path):
        return play(EVENING, BEGAN)


def test_every_phase_of_a_call_and_every_state_of_a_task_is_to_be_seen(played, tmp_path):
    calls, tasks = Matter.objects.filter(kind="incident"), Assignment.objects.values_list("state", flat=True)

    assert calls.count() == len(NOW) + len(BEFORE)
    assert set(calls.values_list("phase", flat=True)) >= {"new", "active", "waiting", "done"}
    assert set(tasks) >= {"sent", "departed", "arrived", "reported", "cleared"}
    assert calls.filter(place_text="染坊巷6号", phase="done").count() == 2
    running = Shift.objects.filter(during__contains=EVENING)
    assert {shift.during.lower for shift in running.filter(unit__name__in=["桥西2组", "文昌1组", "东门岗亭"])} == {
        BEGAN
    }
    assert running.count() == 9
    tokens = tmp_path / "secrets" / TOKENS
    assert tokens.stat().st_mode & 0o777 == 0o600
    assert len(json.loads(tokens.read_text())) == 9


def test_nothing_in_it_belongs_to_a_real_person(world):
    crews = [name for crew in CREWS.values() for name, _sworn in crew]

    assert all(call.number.startswith("1380000") for call in (*NOW, *BEFORE))  # a range that nobody is given
    assert {call.subkind for call in (*NOW, *BEFORE)} <= set(SUBKINDS)
    assert len(set(crews)) == len(crews)
    assert all(len(name) == 3 for name in crews)  # made up from words for land, water and light


@pytest.mark.parametrize(
    ("now", "began"),
    [((21, 47), (19, 0)), ((13, 35), (7, 0)), ((7, 20), (5, 50)), ((3, 0), (-5, 0))],
)
def test_a_shift_began_at_seven_or_ninety_minutes_ago(now, began):
    day = dt.datetime(2026, 11, 22, tzinfo=ZONE)
    at = day + dt.timedelta(hours=now[0], minutes=now[1])

    assert shift_began(at, ZONE) == day + dt.timedelta(hours=began[0], minutes=began[1])


def test_a_crew_drives_along_its_line_and_stops_at_its_end():
    course = Course([(111.42, 27.69), (111.43, 27.69)], 10.0)

    (lon, lat), heading = course.move(50)
    assert (lon, lat) == (pytest.approx(111.42507, abs=2e-4), pytest.approx(27.69))
    assert heading == pytest.approx(90)
    assert not course.over
    assert course.move(1000)[0] == (111.43, 27.69)
    assert course.over


def test_north_is_zero_degrees():
    assert heading_of((111.42, 27.69), (111.42, 27.70)) == 0


def test_a_crew_at_the_scene_stands_at_its_call():
    task = Assignment(state="arrived", matter=Matter(lon=111.43, lat=27.69))
    driver = Driver(Unit(name="桥西2组", form="car"), "", random.Random(1), (111.42, 27.69))

    assert driver.step(task, away=False, ground=(111.418, 27.682, 111.442, 27.698)) == 0
    assert driver.at == (111.43, 27.69)
