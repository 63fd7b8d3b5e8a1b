"""A registered desk stays open while the shift of whoever sits there is on, by the roster or as led."""

from __future__ import annotations

import datetime as dt

import pytest
from psycopg.types.range import TimestamptzRange

from shouwang.core import clock
from shouwang.duty.models import Roster, RosterState, Turn
from shouwang.duty.rosters.adapting import choose_model
from shouwang.duty.watches import set_watch
from shouwang.people import sessions, workstations

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def desk(world, noon):
    """The session of 方敏 on a registered desk."""
    machine, _token = workstations.register_workstation(world.station, label="1号席", by=world.zhou, at=noon)
    return sessions.open_session(world.fang.person, label="x", at=noon, proven=True, workstation=machine)[0]


@pytest.fixture
def turn(world, noon):
    """A function: a turn of 方敏 from noon on, in a roster of that state."""

    def made(state: str) -> Turn:
        model = choose_model("2+1", area=world.station, by=world.lin, at=noon)
        roster = Roster.objects.create(
            model=model, area=world.station, first_on=clock.local_date(noon), days=1, slots=model.slots, limits={},
            state=state, asked_at=noon,
        )  # fmt: skip
        return Turn.objects.create(
            roster=roster, person=world.fang.person, on=clock.local_date(noon), slot="a",
            during=TimestamptzRange(noon, noon + 8 * HOUR),
        )  # fmt: skip

    return made


def test_it_does_not_lock_before_the_turn_is_over(desk, turn, noon):
    turn(RosterState.IN_FORCE)

    sessions.notice(desk, at=noon + 7 * HOUR, by_hand=False)
    assert not desk.locked
    sessions.notice(desk, at=noon + 8 * HOUR, by_hand=False)
    assert desk.locked


def test_a_roster_that_is_only_proposed_keeps_no_desk_open(desk, turn, noon):
    turn(RosterState.PROPOSED)

    sessions.notice(desk, at=noon + HOUR, by_hand=False)
    assert desk.locked


def test_whoever_leads_the_shift_keeps_his_desk_open(desk, world, noon):
    set_watch(
        world.station, begins_at=noon, ends_at=noon + 4 * HOUR, chief=world.lin.person, lead=world.fang.person,
        by=world.lin, at=noon,
    )  # fmt: skip

    sessions.notice(desk, at=noon + 3 * HOUR, by_hand=False)
    assert not desk.locked
    sessions.notice(desk, at=noon + 5 * HOUR, by_hand=False)
    assert desk.locked


def test_any_other_machine_locks_on_a_shift_as_well(world, turn, noon):
    turn(RosterState.IN_FORCE)
    session, _token = sessions.open_session(world.fang.person, label="x", at=noon, proven=True)

    sessions.notice(session, at=noon + HOUR, by_hand=False)
    assert session.locked
