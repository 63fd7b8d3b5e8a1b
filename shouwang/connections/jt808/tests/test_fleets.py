"""A recorded fleet of real vehicles through the door of the terminals: what must hold whatever they send."""

from __future__ import annotations

import asyncio
import datetime as dt
import gzip
from collections.abc import Sequence
from contextlib import AsyncExitStack, aclosing
from itertools import pairwise
from pathlib import Path

import pytest

from shouwang.connections.jt808.fleets import Heard, busiest, moved_to, read_fleet
from shouwang.connections.jt808.messages import Result
from shouwang.connections.jt808.server import Server
from shouwang.connections.jt808.simulator import Terminal as Device
from shouwang.connections.jt808.terminals import list_terminal
from shouwang.core import clock
from shouwang.core.geo import metres_between
from shouwang.duty.models import Unit
from shouwang.duty.shifts import end_shift
from shouwang.tracking.models import Fix, LastFix
from shouwang.tracking.pipeline.authenticate import forget
from shouwang.tracking.pipeline.order import FASTEST_MPS, SLACK_M

RECORD = Path(__file__).resolve().parents[5] / "shared" / "data" / "gps_austin_buses" / "2016-03-22.csv.gz"
BOX = (111.420, 27.684, 111.440, 27.696)
FIRST, AFTER = dt.timedelta(minutes=45), 10
HEAD = "vehicle_id,timestamp,speed,route_id,trip_id,latitude,longitude,trip_headsign"


def test_a_record_is_read_in_order_and_moved_as_its_vehicles_lie_to_each_other(tmp_path):
    rows = [HEAD, "7,2016-03-22T19:25:00-05:00,3.5,1,1,30.30,-97.70,", "8,2016-03-22T19:24:00-05:00,,1,1,30.10,-97.90,"]
    path = tmp_path / "fleet.csv.gz"
    path.write_bytes(gzip.compress("\n".join(rows).encode()))
    began = dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC)

    heard = moved_to(BOX, began, read_fleet(path))

    assert [(one.vehicle, one.at - began) for one in heard] == [("8", dt.timedelta()), ("7", dt.timedelta(minutes=1))]
    assert (heard[0].lon, heard[0].lat) == BOX[:2]
    assert heard[1].lat == pytest.approx(BOX[3])
    assert heard[1].lon <= BOX[2]
    assert heard[1].speed_mps == 3.5


@pytest.mark.committed
def test_whatever_real_vehicles_send_each_fix_is_kept_once_and_markers_only_go_forward(world, monkeypatch):
    if not RECORD.exists():
        pytest.skip("cannot be done here: the recorded fleet does not lie beside the project")
    began = clock.now().replace(microsecond=0) - dt.timedelta(hours=2)
    heard = moved_to(BOX, began, read_fleet(RECORD))
    units = dict(zip(busiest(heard, 2), (world.qx1, world.hb1), strict=True))
    heard = [one for one in heard if one.vehicle in units and one.at - began < FIRST]
    off_at = heard[-AFTER].at
    now = [began]
    monkeypatch.setattr(clock, "now", lambda: now[0])
    devices = {vehicle: Device(f"1390000000{n}", 111.42, 27.69) for n, vehicle in enumerate(units)}
    for vehicle, unit in units.items():
        list_terminal(number=devices[vehicle].number, unit=unit, by=world.lin, at=began)

    sent = asyncio.run(driven(devices, [one for one in heard if one.at < off_at], now))
    for unit in units.values():
        end_shift(unit=unit, by=world.lin, at=off_at)
    forget()
    off_shift = asyncio.run(driven(devices, [one for one in heard if one.at >= off_at], now))

    assert off_shift >= AFTER
    assert sent > 50
    for vehicle, unit in units.items():
        only_what_was_sent_on_shift(unit, {one.at for one in heard if one.vehicle == vehicle and one.at < off_at})


async def driven(devices: dict[str, Device], heard: Sequence[Heard], now: list[dt.datetime]) -> int:
    """Each at its moment; every one is answered as taken."""
    async with asyncio.timeout(30), Server("127.0.0.1", 0) as server, AsyncExitStack() as lines:
        for one in devices.values():
            await one.connect("127.0.0.1", server.port)
            await lines.enter_async_context(aclosing(one))
            assert await one.sign_on()
        for fix in heard:
            now[0] = fix.at
            answer = await devices[fix.vehicle].report_from(fix.lon, fix.lat, fix.at)
            assert answer == Result.DONE
    return len(heard)


def only_what_was_sent_on_shift(unit: Unit, sent: set[dt.datetime]) -> None:
    kept = list(Fix.objects.filter(unit=unit.pk).order_by("at"))
    assert [fix.at for fix in kept] == sorted(sent)  # each once
    live = [fix for fix in kept if not fix.late]
    for before, after in pairwise(live):
        metres = metres_between(before.lon, before.lat, after.lon, after.lat)
        assert metres <= SLACK_M + FASTEST_MPS * (after.at - before.at).total_seconds()
    assert LastFix.objects.get(unit=unit.pk).at == live[-1].at
