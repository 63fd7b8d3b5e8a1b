"""Ten times too many positions and a store that hangs: positions are turned away first, honestly; desks are not."""

from __future__ import annotations

import asyncio
from collections import Counter

import aiohttp
import pytest

from shouwang.config.front import limits
from shouwang.config.tests.test_front import Running

TAKES, SENT = 20, 200  # ten times of what is let in


class Hanging:
    """A store of positions that answers nobody until it is told to."""

    def __init__(self) -> None:
        self.goes_on = False

    async def __call__(self, scope, receive, send):
        if scope["type"] == "http":
            while not self.goes_on:
                await asyncio.sleep(0.01)
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
            await send({"type": "http.response.body", "body": b"OK"})


@pytest.mark.item("R4")
def test_positions_are_shed_first_and_desks_are_answered_all_the_while(tmp_path, monkeypatch):
    monkeypatch.setitem(limits.FULL, "ingest", TAKES)
    running = Running(tmp_path)
    running.front.live = store = Hanging()

    async def overload(port: int) -> None:
        town = f"http://127.0.0.1:{port}"
        async with aiohttp.ClientSession(town, connector=aiohttp.TCPConnector(limit=0)) as web:

            async def ask(path: str) -> tuple[int, str]:
                async with web.get(path) as answer:
                    await answer.read()
                    return answer.status, answer.headers.get("Retry-After", "")

            flood = [asyncio.create_task(ask(f"/ingest/osmand?id={n}&lat=27.69&lon=111.42")) for n in range(SENT)]
            while sum(one.done() for one in flood) < SENT - TAKES:
                await asyncio.sleep(0.01)
            desks = await asyncio.gather(*(ask("/desk/matters/") for _ in range(2 * TAKES)))
            assert Counter(desks) == {(200, ""): 2 * TAKES}  # behind a store that still hangs
            assert not all(one.done() for one in flood)
            store.goes_on = True
            assert Counter(await asyncio.gather(*flood)) == {
                (503, str(limits.RETRY_AFTER_S)): SENT - TAKES,
                (200, ""): TAKES,
            }
            assert await ask("/ingest/osmand?id=1&lat=27.69&lon=111.42") == (200, "")  # and it is over

    with running:
        asyncio.run(asyncio.wait_for(overload(running.port), 30))
