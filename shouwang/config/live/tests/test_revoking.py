"""Hundreds of sessions ended in the middle of their streams: not one hears anything any more (trust S4).

That it happens is asserted; how fast is measured, with one second as the aim.
"""

import asyncio
import time
from typing import Any

import pytest

from shouwang.config.live import viewers
from shouwang.config.live.application import Live
from shouwang.config.live.tests.conftest import Reader
from shouwang.config.live.tests.test_streams import do, many_entries, open_call
from shouwang.core import clock
from shouwang.people.cookies import SESSION
from shouwang.people.models import Session
from shouwang.people.sessions import end_session, open_session

pytestmark = [pytest.mark.committed]
GIVEN_S = 30.0


def end(world: Any, session: Session) -> None:
    end_session(session, by=world.fang.afresh(), at=clock.now())


def revoke_all(world: Any, on_air: Any, n: int, within_s: float = GIVEN_S) -> list[float]:
    """How long each of `n` streams went on after its session had ended, in seconds, the longest last."""
    at = clock.now()
    opened = [open_session(world.fang.person, label="test", at=at, proven=True) for _ in range(n)]
    took: list[float] = []

    async def play(live: Live) -> None:
        readers = [Reader(live, f"{SESSION}={token}") for _, token in opened]
        await readers[0].until(lambda: live.hub and len(live.hub.streams) == n and live.hub.listening.is_set(), 60)
        call = await do(open_call, world)
        talking = asyncio.create_task(keep_talking(call))
        ending = []
        for (session, _), reader in zip(opened, readers, strict=True):
            await do(end, world, session)
            ending.append(asyncio.create_task(ended_after(reader, time.monotonic(), within_s)))
        took.extend(await asyncio.gather(*ending))
        talking.cancel()
        await asyncio.gather(talking, return_exceptions=True)

    on_air(play)
    return sorted(took)


async def keep_talking(call: Any) -> None:
    """Some fifty entries a second: ten times what a busy town writes."""
    while True:
        await do(many_entries, call, 8)
        await asyncio.sleep(0.15)


async def ended_after(reader: Reader, asked: float, within_s: float) -> float:
    """Waits for the end of the stream; nothing comes after it."""
    await asyncio.wait_for(asyncio.shield(reader.task), within_s)
    took, heard = time.monotonic() - asked, len(reader.text)
    await asyncio.sleep(1)
    assert len(reader.text) == heard
    return took


@pytest.mark.item("S4")
def test_twenty_sessions_ended_in_the_middle_hear_nothing_any_more(world, on_air):
    revoke_all(world, on_air, 20)


@pytest.mark.prove
@pytest.mark.timeout(900)
def test_five_hundred_sessions_ended_in_the_middle_hear_nothing_any_more(world, on_air, record_property):
    took = revoke_all(world, on_air, 500)

    record_property("size", len(took))
    record_property("unit", "streams")
    record_property("measured", f"half within {took[249]:.2f} s, all within {took[-1]:.2f} s (aim: 1 s)")


@pytest.mark.control
def test_streams_that_do_not_ask_who_is_still_there_are_found(world, on_air, monkeypatch):
    monkeypatch.setattr(viewers, "over", lambda reading, at: set())

    with pytest.raises(TimeoutError):
        revoke_all(world, on_air, 2, within_s=3)
