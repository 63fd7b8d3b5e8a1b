"""A task that the phone did not take: the desk hears of it while the short message is under way."""

import asyncio
import datetime as dt
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import connection

from shouwang.config.live.application import Live
from shouwang.config.live.tests.conftest import Reader
from shouwang.core import clock
from shouwang.dispatch import dispatching, ticking
from shouwang.matters.intake import open_matter

pytestmark = pytest.mark.committed


def send_and_wait(world: Any) -> None:
    """A crew is sent; ten seconds later its phone still has not answered."""
    try:
        at, by = clock.now(), world.fang.afresh()
        call = open_matter(kind="incident", by=by, at=at, point=(111.421, 27.690), subkind="order.fight")
        dispatching.send_unit(matter=call, unit=world.qx1, by=by, at=at)
        ticking.tick(at + dt.timedelta(seconds=10))
    finally:
        connection.close()


def test_the_desk_hears_that_a_phone_did_not_take_its_task_and_the_desk_next_door_does_not(world, on_air, signed_in):
    (_, fang), (_, zhao) = signed_in("fang"), signed_in("zhao")

    async def play(live: Live) -> None:
        desk, next_door = Reader(live, fang), Reader(live, zhao)
        await desk.until(lambda: live.hub and len(live.hub.streams) == 2 and live.hub.listening.is_set())
        await sync_to_async(send_and_wait, thread_sensitive=False)(world)
        await desk.until(lambda: "assignment.undelivered" in {one["topic"] for one in desk.news})
        await asyncio.sleep(0.3)
        assert "assignment.undelivered" not in {one["topic"] for one in next_door.news}

    on_air(play)
