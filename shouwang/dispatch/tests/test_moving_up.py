"""Moves when a hole opens: proposed with their reasons, sent once by a dispatcher, refused only with a reason."""

import pytest

from shouwang.dispatch.models import MoveUp
from shouwang.dispatch.moving_up import (
    MoveReasonMissing,
    MoveSettled,
    open_moves,
    propose_moves,
    refuse_move,
    send_move,
)
from shouwang.dispatch.rapid import set_rapid
from shouwang.dispatch.tests.ground import laid, place, street
from shouwang.duty import shifts
from shouwang.duty.models import Message
from shouwang.journal.models import Entry
from shouwang.people.access import NotAllowed, NotVisible
from shouwang.places.ground import GroundSite
from shouwang.tracking.models import LastFix


@pytest.fixture
def hole(world, as_role, noon):  # type: ignore[no-untyped-def]
    """One crew at the west end of the street; in the middle a booth stands empty. Two minutes are promised."""
    ground = street()
    ground.sites.append(GroundSite("booth", "中街岗亭", *place(9)))
    laid(as_role, noon, ground)
    set_rapid(world.areas["station"], "level", dict.fromkeys("1234", 2), by=world.lin, at=noon)
    for unit in (world.qx1,):
        shift = shifts.on_shift([unit.pk], noon)[unit.pk]
        lon, lat = place(2)
        LastFix.objects.create(unit=unit.pk, shift=shift.pk, at=noon, lon=lon, lat=lat, duty_path=unit.duty_path)
    return world.areas["station"]


@pytest.fixture
def propose(as_role, hole):  # type: ignore[no-untyped-def]
    """As the job does it."""

    def proposing(at):  # type: ignore[no-untyped-def]
        with as_role("jobs"):
            return propose_moves(hole, at=at)

    return proposing


def test_a_hole_brings_a_move_with_what_it_gains(world, propose, noon):
    (move,) = propose(noon)

    assert (move.unit, move.place_text) == (world.qx1, "中街岗亭")
    assert move.seconds == pytest.approx(7 * 28.4, abs=2)
    assert move.homes > 0
    assert move.after > move.before
    assert [one.pk for one in open_moves(world.fang, noon)] == [move.pk]


def test_a_new_look_lets_the_old_proposal_pass(world, propose, noon, later):
    (first,) = propose(noon)
    (second,) = propose(later(30))

    assert MoveUp.objects.get(pk=first.pk).state == "passed"
    assert [one.pk for one in open_moves(world.fang, later(31))] == [second.pk]
    assert not open_moves(world.fang, later(1000))


def test_that_crews_stand_well_again_is_said_once(world, propose, noon, later):
    propose(noon)
    lon, lat = place(9)
    LastFix.objects.filter(unit=world.qx1.pk).update(lon=lon, lat=lat)

    assert propose(later(30)) == []
    assert propose(later(40)) == []

    assert Entry.objects.filter(subject=world.areas["station"].pk, verb="move_up.pass").count() == 1
    assert not open_moves(world.fang, later(40))


def test_the_crew_is_told_once(world, propose, noon):
    (move,) = propose(noon)

    send_move(move, by=world.fang, at=noon)

    assert "中街岗亭" in Message.objects.get().text
    with pytest.raises(MoveSettled):
        send_move(move, by=world.fang, at=noon)


def test_it_is_refused_only_with_a_reason(world, propose, noon):
    (move,) = propose(noon)

    with pytest.raises(MoveReasonMissing):
        refuse_move(move, "  ", by=world.fang, at=noon)
    refuse_move(move, "马上有人回来", by=world.fang, at=noon)

    move.refresh_from_db()
    assert (move.state, move.reason, move.settled_by) == ("refused", "马上有人回来", world.fang.person_id)


def test_who_may_not_send_crews_moves_none(world, propose, noon):
    (move,) = propose(noon)

    for nobody in (world.ming, world.lu, world.stranger):
        with pytest.raises((NotAllowed, NotVisible)):
            send_move(move, by=nobody, at=noon)
