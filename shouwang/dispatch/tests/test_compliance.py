"""Whether calls were in time, from the stamps, with what took too long; figures with their interval."""

import datetime as dt

import pytest

from shouwang.dispatch import dispatching
from shouwang.dispatch.compliance import cause_of, compliance
from shouwang.dispatch.rapid import set_rapid
from shouwang.matters.steps import take_step

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def served(world, open_call, later):  # type: ignore[no-untyped-def]
    """`served(sent, signed, departed, arrived)`: a call, in seconds after noon (it was made two minutes before)."""

    def serving(sent: float, signed: float, departed: float, arrived: float, **given):  # type: ignore[no-untyped-def]
        call = open_call(**given)
        task = dispatching.send_unit(matter=call, unit=world.qx1, by=world.fang, at=later(sent))
        dispatching.sign(assignment=task, by=world.ming, at=later(signed))
        dispatching.depart(assignment=task, by=world.ming, at=later(departed))
        dispatching.arrive(assignment=task, by=world.ming, at=later(arrived))
        dispatching.clear(assignment=task, by=world.ming, at=later(arrived + 60))
        return call

    return serving


def told(world, noon, **given):  # type: ignore[no-untyped-def]
    path = world.areas["station"].duty_path
    return compliance(path, since=noon - HOUR, by=given.pop("by", world.lin), at=noon + HOUR)


def test_a_call_reached_in_time_counts_and_one_reached_late_says_why(world, served, noon):
    served(10, 20, 30, 150)  # 270 s after the call
    served(200, 210, 220, 400)  # late, and it was sent five minutes after it came

    found = told(world, noon)

    assert (found.whole.n_good, found.whole.n) == (1, 2)
    low, high = found.whole.interval
    assert (round(low, 2), round(high, 2)) == (0.09, 0.91)
    assert [n for _words, n in found.causes] == [1]
    (missed,) = found.missed
    assert (missed.cause, missed.took_s) == ("sent", 520)


@pytest.mark.parametrize(
    ("stamps", "cause"),
    [
        ((30, 40, 50, 900), "arrived"),
        ((400, 410, 420, 500), "sent"),
        ((30, 400, 410, 500), "signed"),
        ((30, 40, 460, 520), "departed"),
        ((30, None, None, 900), "arrived"),
    ],
)
def test_the_cause_is_the_step_that_took_longest_beyond_what_it_may(noon, later, stamps, cause):
    named = {
        name: None if at is None else later(at)
        for name, at in zip(("sent", "signed", "departed", "arrived"), stamps, strict=True)
    }

    assert cause_of(noon, named, 300.0) == cause


def test_the_lines_are_those_of_the_rule_in_force(world, served, noon):
    set_rapid(world.areas["station"], "level", {"1": 1, "2": 3, "3": 9, "4": 9}, by=world.lin, at=noon)
    served(10, 20, 30, 150)  # a fight, going on: three minutes

    found = told(world, noon)

    assert [(line.minutes, line.rate.n_good, line.rate.n) for line in found.lines] == [
        (1, 0, 0), (3, 0, 1), (9, 0, 0), (9, 0, 0),
    ]  # fmt: skip


def test_an_amended_time_counts_as_amended(world, served, noon, later):
    call = served(200, 210, 220, 400)
    call.refresh_from_db()
    given = {"stamp": "arrived_at", "happened_at": later(100), "reason": "到场时忘了按"}
    take_step(call, "amend_stamp", by=world.fang, at=later(900), **given)

    assert (told(world, noon).whole.n_good, told(world, noon).excluded) == (1, [])


def test_calls_of_another_ground_are_not_counted(world, served, noon):
    served(10, 20, 30, 150)

    assert told(world, noon, by=world.stranger).whole.n == 0
