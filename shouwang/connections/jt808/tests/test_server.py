"""Simulated terminals on a real socket, against the town's own database."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager, suppress

import pytest

from shouwang.connections.jt808.messages import Result
from shouwang.connections.jt808.models import Terminal
from shouwang.connections.jt808.server import Server
from shouwang.connections.jt808.simulator import Terminal as Device
from shouwang.connections.jt808.terminals import (
    NumberTaken,
    NumberUnreadable,
    list_terminal,
    open_registration,
    take_off,
)
from shouwang.core import clock
from shouwang.duty.alerts import open_alerts
from shouwang.duty.models import AlertKind
from shouwang.duty.shifts import end_shift
from shouwang.people.access import NotAllowed, NotVisible
from shouwang.tracking.models import Fix, LastFix
from shouwang.tracking.pipeline.authenticate import forget

NUMBER, LON, LAT = "13900000001", 111.4215, 27.6905


def served(act: Callable[[Server], Awaitable[None]]) -> None:
    """`act` while the door is open."""

    async def run() -> None:
        async with asyncio.timeout(30), Server("127.0.0.1", 0) as server:
            await act(server)

    asyncio.run(run())


async def pour(writer: asyncio.StreamWriter) -> None:
    """Garbage until the other side has had enough."""
    while True:
        writer.write(b"\x41" * 10_000)
        await writer.drain()
        await asyncio.sleep(0.01)


def device(**more) -> Device:
    return Device(NUMBER, LON, LAT, **more)


@asynccontextmanager
async def on_line(one: Device, server: Server) -> AsyncIterator[Device]:
    await one.connect("127.0.0.1", server.port)
    async with aclosing(one):
        yield one


@asynccontextmanager
async def stranger(server: Server) -> AsyncIterator[asyncio.StreamWriter]:
    _reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    yield writer
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


@pytest.mark.committed
@pytest.mark.item("S-CMD-005")
@pytest.mark.parametrize("version", [None, 1], ids=["2013", "2019"])
def test_a_terminal_registers_reports_and_moves_the_marker(world, version):
    at = clock.now()
    terminal = list_terminal(number=NUMBER, unit=world.qx1, by=world.lin, at=at)
    one = device(version=version)

    async def act(server: Server) -> None:
        async with on_line(one, server):
            assert await one.sign_on()
            assert await one.report(clock.now()) == Result.DONE
            assert await one.report(clock.now() + dt.timedelta(seconds=1), alarm=True) == Result.ALARM

    served(act)
    assert Fix.objects.filter(unit=world.qx1.pk, source="jt808").count() == 2
    assert LastFix.objects.get(unit=world.qx1.pk).lon == pytest.approx(LON, abs=0.01)
    (alert,) = open_alerts(world.fang, clock.now())
    assert alert.kind == AlertKind.SOS
    assert (alert.matter.kind, alert.matter.urgency, alert.matter.channel) == ("incident", 1, "alarm_device")
    assert alert.matter.lon == pytest.approx(LON, abs=0.01)
    terminal.refresh_from_db()
    assert terminal.registered_at is not None
    assert terminal.open_until is None
    assert "SWSIM" in terminal.says


@pytest.mark.committed
def test_the_code_is_given_once_ends_when_taken_back_and_off_shift_nothing_is_kept(world):
    at = clock.now()
    terminal = list_terminal(number=NUMBER, unit=world.qx1, by=world.lin, at=at)
    one, thief = device(), device()

    async def first(server: Server) -> None:
        async with on_line(one, server), on_line(thief, server):
            assert await one.sign_on()
            assert not await thief.sign_on()

    async def off_shift(server: Server) -> None:
        async with on_line(one, server):
            assert await one.sign_on()
            assert await one.report(clock.now()) == Result.DONE  # taken, so that it is not sent again, and dropped

    async def taken_off(server: Server) -> None:
        async with on_line(one, server):
            assert not await one.sign_on()

    served(first)
    end_shift(unit=world.qx1, by=world.ming, at=clock.now())
    forget()
    served(off_shift)
    take_off(terminal=terminal, by=world.lin, at=clock.now())
    served(taken_off)
    assert not Fix.objects.exists()
    assert not Terminal.objects.exists()


@pytest.mark.committed
def test_garbage_half_a_frame_and_a_flood_do_not_disturb_the_others(world):
    list_terminal(number=NUMBER, unit=world.qx1, by=world.lin, at=clock.now())
    one = device()

    async def act(server: Server) -> None:
        async with on_line(one, server), stranger(server) as rude, stranger(server) as garbage:
            assert await one.sign_on()
            rude.write(b"\x7e\x02\x00" + bytes(200))  # begins a frame and never ends it
            with pytest.raises(ConnectionError):
                await pour(garbage)
            assert await one.report(clock.now()) == Result.DONE

    served(act)
    assert Fix.objects.count() == 1


def test_only_who_manages_the_unit_lists_a_terminal_and_a_number_is_listed_once(world):
    at = clock.now()
    with pytest.raises((NotAllowed, NotVisible)):
        list_terminal(number=NUMBER, unit=world.qx1, by=world.lu, at=at)
    row = list_terminal(number=" 139 0000 0001 ", unit=world.qx1, by=world.lin, at=at)
    assert row.number == NUMBER
    with pytest.raises(NumberTaken):
        list_terminal(number=NUMBER, unit=world.qx1, by=world.lin, at=at)
    for wrong in ("", "0", "12a", "1" * 21, "１２３"):
        with pytest.raises(NumberUnreadable):
            list_terminal(number=wrong, unit=world.qx1, by=world.lin, at=at)
    assert open_registration(terminal=row, by=world.lin, at=at).open_until > at
