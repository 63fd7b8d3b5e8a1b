"""A store that hangs behind the door of the terminals: what waits is bounded, the rest is told to come again."""

from __future__ import annotations

import asyncio
import datetime as dt
import threading
from typing import Any

import pytest

from shouwang.connections.jt808 import server as door
from shouwang.connections.jt808.messages import Result
from shouwang.connections.jt808.positions import write_position
from shouwang.connections.jt808.reading import POSITION
from shouwang.connections.jt808.simulator import Terminal as Device
from shouwang.connections.jt808.terminals import list_terminal
from shouwang.core import clock
from shouwang.tracking.models import Fix

WAIT, SENT = 5, 30


@pytest.mark.committed
@pytest.mark.item("R4")
def test_beyond_what_may_wait_a_terminal_is_told_to_send_it_again(world: Any, monkeypatch: Any) -> None:
    list_terminal(number="13900000001", unit=world.qx1, by=world.lin, at=clock.now())
    goes_on, began = threading.Event(), clock.now().replace(microsecond=0) - dt.timedelta(minutes=2)
    take = door._take

    def hanging(requests: Any) -> Any:
        assert goes_on.wait(20)
        return take(requests)

    async def overload() -> dict[int, int]:
        one = Device("13900000001", 111.4215, 27.6905)
        async with asyncio.timeout(30), door.Server("127.0.0.1", 0) as server:
            await one.connect("127.0.0.1", server.port)
            goes_on.set()
            assert await one.sign_on()
            goes_on.clear()
            monkeypatch.setattr(door, "MOST_WAITING", WAIT)
            sent = [
                one._send(POSITION, write_position(one.position(began + dt.timedelta(seconds=n)))) for n in range(SENT)
            ]
            answers: dict[bytes, int] = {}
            while len(answers) < SENT:
                frame = await one._next()
                answers[frame.body[:2]] = frame.body[4]
                if not goes_on.is_set():  # nothing is stored yet, and somebody was answered all the same
                    assert set(answers.values()) == {Result.FAILED}
                    goes_on.set()
            await one.aclose()
            return {n: answers[serial] for n, serial in enumerate(sent)}

    monkeypatch.setattr(door, "_take", hanging)

    told = asyncio.run(overload())

    kept = [n for n, result in told.items() if result == Result.DONE]
    assert WAIT <= len(kept) < SENT
    assert set(told.values()) == {Result.DONE, Result.FAILED}
    at = Fix.objects.filter(unit=world.qx1.pk).order_by("at").values_list("at", flat=True)
    assert list(at) == [began + dt.timedelta(seconds=n) for n in kept]  # and nothing of what was refused
