"""A crew on a task from which nothing comes is asked on its phones; the desk hears of it when nobody answers."""

import datetime as dt

import pytest

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.dispatch import dispatching
from shouwang.dispatch.models import Assignment
from shouwang.duty.alerts import open_alerts
from shouwang.duty.checking_in import check_in, tick
from shouwang.duty.models import AlertKind, CheckIn, CheckInWhy, Crew
from shouwang.journal.reactions import run_handler
from shouwang.journal.record import record

ASK = "shouwang.dispatch.reactions.ask_whether_they_are_well"


@pytest.fixture
def noticed(as_role):  # type: ignore[no-untyped-def]
    def tell(unit, what, at):  # type: ignore[no-untyped-def]
        by = Actor.system()
        with acting(by):
            entry = record("track.notice", topic="track.noticed", subject=("unit", unit.pk), by=by, at=at,
                           area=unit.home, unit=unit.pk, what=what, key="")  # fmt: skip
        with as_role("jobs"):
            run_handler(ASK, entry)

    return tell


@pytest.fixture
def on_scene(world, call, noon):  # type: ignore[no-untyped-def]
    dispatching.send_unit(matter=call, unit=world.qx1, by=world.fang, at=noon)
    Assignment.objects.filter(matter=call).update(state="arrived", arrived_at=noon)
    return call


@pytest.mark.parametrize("what", ["no_movement", "silent"])
def test_who_stands_still_on_a_task_is_asked_once(world, on_scene, noticed, as_role, noon, later, what):
    noticed(world.qx1, what, noon)
    noticed(world.qx1, what, later(1))
    crew = Crew.objects.filter(shift__unit=world.qx1, during__contains=noon)
    assert CheckIn.objects.filter(why=CheckInWhy.ASKED, ended_at=None).count() == crew.count() > 0

    for one in CheckIn.objects.filter(ended_at=None):
        check_in(by=Actor(person_id=one.person_id), at=later(2))
    with as_role("jobs"):
        tick(noon + dt.timedelta(minutes=20))
    assert open_alerts(world.fang, noon + dt.timedelta(minutes=20)) == []
    assert not CheckIn.objects.filter(ended_at=None).exists()


def test_silence_after_the_question_is_heard_at_the_desk(world, on_scene, noticed, as_role, noon):
    noticed(world.qx1, "silent", noon)
    with as_role("jobs"):
        tick(noon + dt.timedelta(minutes=7))
    assert {one.kind for one in open_alerts(world.fang, noon + dt.timedelta(minutes=7))} == {AlertKind.MISSED}


def test_a_crew_without_a_task_rests_unasked_and_other_notices_ask_nobody(world, on_scene, noticed, noon):
    noticed(world.hb1, "no_movement", noon)
    noticed(world.qx1, "stop", noon)
    assert not CheckIn.objects.exists()
