"""A radio of the equipment ledger reports for whoever holds it, and only while he is on a shift."""

from __future__ import annotations

import pytest

from shouwang.connections.jt808.messages import Result
from shouwang.connections.jt808.server import Server
from shouwang.connections.jt808.terminals import list_terminal
from shouwang.connections.jt808.tests.test_server import LAT, LON, NUMBER, device, on_line, served
from shouwang.core import clock
from shouwang.duty.equipment.handling import Given, handle_items
from shouwang.duty.equipment.keeping import Wanted, take_in
from shouwang.duty.models import EquipmentKind, Item
from shouwang.duty.shifts import end_shift
from shouwang.tracking.models import Fix
from shouwang.tracking.pipeline.authenticate import forget


@pytest.mark.committed
@pytest.mark.item("S-CMD-003")
def test_a_radio_reports_only_while_its_holder_is_on_a_signed_in_shift(world):
    kind = EquipmentKind.objects.get(name="350M数字对讲机")
    take_in([Wanted("DJ350-1", kind, world.station, terminal=NUMBER)], by=world.zhou, at=clock.now())
    list_terminal(number=NUMBER, unit=world.hb1, by=world.lin, at=clock.now())
    one = device()

    def report() -> list[str]:
        """Whose positions are kept after one more report."""

        async def act(server: Server) -> None:
            async with on_line(one, server):
                assert await one.sign_on()
                assert await one.report(clock.now()) == Result.DONE  # what is dropped by design is taken, too

        forget()
        served(act)
        return list(Fix.objects.order_by("at").values_list("unit", flat=True))

    assert report() == []  # in stock: nobody carries it
    assert Item.objects.get().grant is not None
    handle_items("issue", ["DJ350-1"], Given(holder=world.ming.person), by=world.zhou, at=clock.now())
    assert report() == [world.qx1.pk]  # the unit its holder is on, not the one it was listed for
    end_shift(unit=world.qx1, by=world.ming, at=clock.now())
    assert report() == [world.qx1.pk]  # off duty: dropped
    assert Fix.objects.get().lon == pytest.approx(LON, abs=0.01)
    assert Fix.objects.get().lat == pytest.approx(LAT, abs=0.01)
