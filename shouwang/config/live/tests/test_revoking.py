"""Hundreds of sessions ended in the middle of their streams: a second later not one hears anything (trust S4)."""

import asyncio
import time
from typing import Any

import pytest

from shouwang.config.live.application import Live
from shouwang.config.live.tests.conftest import Reader
from shouwang.config.live.tests.test_streams import do, many_entries, open_call
from shouwang.core import clock
from shouwang.people.cookies import SESSION
from shouwang.people.models import Session
from shouwang.people.sessions import end_session, open_session

pytestmark = [pytest.mark.committed]


def end(world: Any, session: Session) -> None:
    end_session(session, by=world.fang.afresh(), at=clock.now())


def revoke_all(world: Any, on_air: Any, n: int) -> None:
    at = clock.now()
    opened = [open_session(world.fang.person, label="test", at=at, proven=True) for _ in range(n)]

    async def play(live: Live) -> None:
        readers = [Reader(live, f"{SESSION}={token}") for _, token in opened]
        await readers[0].until(lambda: live.hub and len(live.hub.streams) == n and live.hub.listening.is_set(), 60)
        call = await do(open_call, world)
        talking = asyncio.create_task(keep_talking(call))
        too_late = []
        for (session, _), reader in zip(opened, readers, strict=True):
            await do(end, world, session)
            asked = time.monotonic()
            too_late.append(asyncio.create_task(heard_later(reader, asked)))
        assert sum(await asyncio.gather(*too_late)) == 0
        talking.cancel()
        await asyncio.gather(talking, return_exceptions=True)

    on_air(play)


async def keep_talking(call: Any) -> None:
    """Some fifty entries a second: ten times what a busy town writes."""
    while True:
        await do(many_entries, call, 8)
        await asyncio.sleep(0.15)


async def heard_later(reader: Reader, asked: float) -> int:
    """How much it heard later than a second after its session had ended."""
    await asyncio.sleep(max(0.0, asked + 1 - time.monotonic()))
    heard = len(reader.text)
    await asyncio.sleep(1)
    return len(reader.text) - heard


def test_twenty_sessions_ended_in_the_middle_hear_nothing_a_second_later(world, on_air):
    revoke_all(world, on_air, 20)


@pytest.mark.prove
@pytest.mark.timeout(900)
def test_five_hundred_sessions_ended_in_the_middle_hear_nothing_a_second_later(world, on_air):
    revoke_all(world, on_air, 500)
