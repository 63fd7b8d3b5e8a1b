"""The radio network's port, over a real socket, against a gateway that stands in for one."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt

import pytest

from shouwang.connections.radio.door import Door
from shouwang.connections.radio.models import TalkGroup
from shouwang.connections.radio.protocol import Group, LineError, Report, position_line, read_line
from shouwang.connections.radio.simulator import GROUPS, Gateway
from shouwang.core import clock
from shouwang.duty.equipment.handling import Given, handle_items
from shouwang.duty.equipment.keeping import Wanted, take_in
from shouwang.duty.models import EquipmentKind
from shouwang.duty.shifts import end_shift
from shouwang.tracking import limits
from shouwang.tracking.models import Fix, LastFix
from shouwang.tracking.pipeline.authenticate import forget
from shouwang.tracking.town import forget_town

LON, LAT = 111.4215, 27.6905
AT = dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _fresh():
    forget()
    forget_town()
    limits.READINGS.clear()


def talk(n_settled: int) -> Gateway:
    """The town and a gateway, until that many positions are settled."""

    async def run() -> Gateway:
        async with asyncio.timeout(30), Gateway(10, LON, LAT, every_s=0.1) as gateway:
            door = asyncio.create_task(Door("127.0.0.1", gateway.port).run())
            while gateway.told["OK"] < n_settled:
                await asyncio.sleep(0.02)
            door.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await door
        return gateway

    return asyncio.run(run())


@pytest.mark.committed
@pytest.mark.item("S-CMD-001")
def test_radios_of_the_ledger_report_only_on_a_shift_and_the_talk_groups_are_listed(world):
    kind = EquipmentKind.objects.get(name="350M数字对讲机")
    wanted = [Wanted("DJ350-1", kind, world.station, terminal="1200001")]
    take_in([*wanted, Wanted("DJ350-2", kind, world.station, terminal="1200002")], by=world.zhou, at=clock.now())

    talk(2)  # both in stock: nobody carries them
    assert not Fix.objects.exists()
    assert list(TalkGroup.objects.values_list("number", "name")) == list(GROUPS)

    handle_items("issue", ["DJ350-1"], Given(holder=world.ming.person), by=world.zhou, at=clock.now())
    talk(4)
    assert set(Fix.objects.values_list("unit", "source")) == {(world.qx1.pk, "radio")}
    assert LastFix.objects.get(unit=world.qx1.pk).lon == pytest.approx(LON, abs=0.01)

    n_kept = Fix.objects.count()
    end_shift(unit=world.qx1, by=world.ming, at=clock.now())
    talk(4)
    assert Fix.objects.count() == n_kept


def test_what_a_gateway_writes_is_read_again():
    report = Report("17", "1200001", AT, LON, LAT, 1.5, 90.0)
    assert read_line(position_line(report)) == report
    assert read_line("GROUP\t1201\t巡逻一组\r\n".encode()) == Group("1201", "巡逻一组")


@pytest.mark.parametrize(
    "raw",
    [
        b"\n", b"GROUP\t12", b"GROUP\t12a\tx", b"GROUPS\tx", b"POS\t1\t2\tnow\t1\t2", b"\xff\xfe", b"A" * 600,
        b"POS\t1\t2\t2026-11-22T04:00:00\t111\t27", b"POS\t1\t2\t2026-11-22T04:00:00Z\tnan\t27", b"KEY\t1",
    ],
)  # fmt: skip
def test_what_is_no_line_is_refused(raw):
    with pytest.raises(LineError):
        read_line(raw)
