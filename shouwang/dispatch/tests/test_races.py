"""Fifty desks send one unit at the same moment: one wins, the others are told why within a second (trust R13)."""

import threading
import time

import pytest
from django.db import connection

from shouwang.core.problem import Problem
from shouwang.dispatch import dispatching
from shouwang.dispatch.models import Assignment
from shouwang.dispatch.refusals import UnitBusy, UnitJustSent, UnitThereAlready

N_DESKS = 50


@pytest.mark.committed
@pytest.mark.item("R13")
def test_of_fifty_desks_one_wins_and_the_others_are_told_why(world, open_call, noon, later):
    calls = [open_call(point=(111.419 + 0.0004 * n, 27.690)) for n in range(10)]
    start = threading.Barrier(N_DESKS)
    won, told, waited_s = [], [], []

    def send(n: int) -> None:
        start.wait()
        began = time.monotonic()
        try:
            by = (world.fang if n % 2 else world.zhou).afresh()
            won.append(dispatching.send_unit(matter=calls[n % 10], unit=world.qx1, by=by, at=later(n / 1000)))
        except Problem as why:
            told.append(why)
        finally:
            waited_s.append(time.monotonic() - began)
            connection.close()

    desks = [threading.Thread(target=send, args=(n,)) for n in range(N_DESKS)]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join()

    assert len(won) == 1
    assert len(told) == N_DESKS - 1
    assert {type(why) for why in told} <= {UnitJustSent, UnitThereAlready, UnitBusy}
    assert Assignment.objects.filter(unit=world.qx1.pk).count() == 1
    busy = [call for call in calls if call.__class__.objects.get(pk=call.pk).state == "dispatched"]
    assert [call.pk for call in busy] == [won[0].matter_id]


@pytest.mark.committed
def test_two_desks_cannot_send_two_crews_to_one_matter_unknowingly(world, call, noon, later):
    start, won, told = threading.Barrier(2), [], []

    def send(unit, by) -> None:  # type: ignore[no-untyped-def]
        start.wait()
        try:
            won.append(dispatching.send_unit(matter=call, unit=unit, by=by, at=noon))
        except Problem as why:
            told.append(why)
        finally:
            connection.close()

    desks = [
        threading.Thread(target=send, args=(world.qx1, world.fang)),
        threading.Thread(target=send, args=(world.hb1, world.zhou)),
    ]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join()

    assert (len(won), len(told)) == (1, 1)
    assert told[0].code == "dispatch.just_crewed"
