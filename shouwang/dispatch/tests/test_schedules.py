"""Desks, crews and the clock at once, in many orders: nobody waits in a ring, and the rows agree afterwards (R13)."""

import random
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from shouwang.core.problem import Problem
from shouwang.dispatch import dispatching, ticking
from shouwang.dispatch.board import OPEN_STATES
from shouwang.dispatch.models import Assignment
from shouwang.matters.models import Matter
from shouwang.matters.steps import take_step

pytestmark = [pytest.mark.committed]
CREWED = ("dispatched", "signed", "departed", "on_scene", "reported")
N_ACTORS = 6


def acts(world: Any, calls: list[Matter], later: Any, dice: random.Random) -> Callable[[], Any]:
    """One thing that somebody does now."""
    call, unit, at = dice.choice(calls), dice.choice([world.qx1, world.hb1]), later(dice.random() * 100)
    desk = dice.choice([world.fang, world.zhou]).afresh()
    task = dice.choice([*Assignment.objects.all(), None])
    crew = (world.ming if task and task.unit_id == world.qx1.pk else world.guan).afresh()
    deeds: list[Callable[[], Any]] = [
        lambda: dispatching.send_unit(matter=call, unit=unit, by=desk, at=at),
        lambda: dispatching.add_unit(matter=call, unit=unit, by=desk, at=at),
        lambda: ticking.tick(at),
    ]
    if task is not None:
        crews = [dispatching.sign, dispatching.depart, dispatching.arrive, dispatching.clear]
        deeds += [lambda act=act: act(assignment=task, by=crew, at=at) for act in crews]  # type: ignore[misc]
        deeds += [
            lambda: dispatching.recall_unit(assignment=task, by=desk, at=at),
            lambda: dispatching.return_assignment(assignment=task, reason="车坏了", by=crew, at=at),
            lambda: take_step(call, "merge", by=desk, at=at, into=str(calls[0].pk)),
        ]
    return dice.choice(deeds)


def play(world: Any, calls: list[Matter], later: Any, dice: random.Random) -> list[BaseException]:
    """Some of these at the same moment; whatever went wrong that is no answer to a person."""
    chosen = [acts(world, calls, later, dice) for _ in range(N_ACTORS)]
    start, wrong = threading.Barrier(N_ACTORS), []

    def run(act: Callable[[], Any]) -> None:
        start.wait()
        try:
            act()
        except Problem:
            pass
        except BaseException as fault:
            wrong.append(fault)
        finally:
            connection.close()

    actors = [threading.Thread(target=run, args=(act,)) for act in chosen]
    for actor in actors:
        actor.start()
    for actor in actors:
        actor.join()
    return wrong


def check_rows() -> None:
    """What must hold whoever was first."""
    open_tasks = list(Assignment.objects.filter(state__in=OPEN_STATES))
    assert len({task.unit_id for task in open_tasks}) == len(open_tasks)
    for matter in Matter.objects.filter(state__in=CREWED):
        here = Assignment.objects.filter(matter=matter)
        assert here.filter(state__in=[*OPEN_STATES, "cleared"]).exists(), f"nobody is on {matter} ({matter.state})"


def explore(world: Any, open_call: Any, later: Any, seeds: range) -> None:
    for seed in seeds:
        dice = random.Random(seed)
        calls = [open_call(), open_call(point=(111.438, 27.690))]
        for _ in range(4):
            assert play(world, calls, later, dice) == [], f"schedule {seed}"
            check_rows()
        for task in Assignment.objects.filter(state__in=OPEN_STATES):
            dispatching.recall_unit(assignment=task, by=world.fang, at=later(200))


def test_five_schedules_leave_the_rows_in_order(world, open_call, later):
    explore(world, open_call, later, range(5))


@pytest.mark.prove
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("first", range(1000, 1200, 50))
def test_two_hundred_schedules_leave_the_rows_in_order(world, open_call, later, first, record_property):
    explore(world, open_call, later, range(first, first + 50))
    record_property("size", 50)
    record_property("unit", "schedules")


@pytest.mark.control
def test_a_verb_that_sends_without_writing_is_found(world, open_call, later, owner_sql):
    call = open_call()
    dispatching.send_unit(matter=call, unit=world.qx1, by=world.fang, at=later(0))
    check_rows()

    Assignment.objects.filter(matter=call).update(state="recalled", ended_at=later(1))

    with pytest.raises(AssertionError, match="nobody is on"):
        check_rows()
