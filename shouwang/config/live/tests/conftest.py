"""A live application on a loop of its own, and readers that take what it sends."""

import asyncio
import datetime as dt
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from shouwang.config.live.application import Live
from shouwang.core import clock
from shouwang.people.cookies import SESSION
from shouwang.people.sessions import open_session


class Reader:
    """One browser: sends its cookie, keeps what comes, may stop reading or leave."""

    def __init__(self, live: Live, cookie: str, cursor: str | None = None, *, method: str = "GET") -> None:
        headers = [(b"cookie", cookie.encode())] + ([(b"last-event-id", cursor.encode())] if cursor else [])
        self.scope = {"type": "http", "method": method, "path": "/live/", "headers": headers}
        self.status = 0
        self.text = ""
        self.reads = asyncio.Event()
        self.reads.set()
        self._leave = asyncio.Event()
        self.task = asyncio.create_task(live(self.scope, self._receive, self._send))

    async def _receive(self) -> dict[str, Any]:
        await self._leave.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            return
        await self.reads.wait()
        self.text += message["body"].decode()

    async def leave(self) -> None:
        self._leave.set()
        await asyncio.wait([self.task])

    @property
    def events(self) -> list[dict[str, str]]:
        found = []
        for block in self.text.split("\n\n"):
            lines = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line)
            if "data" in lines:
                found.append(lines)
        return found

    @property
    def news(self) -> list[dict[str, str]]:
        return [json.loads(one["data"]) for one in self.events if "event" not in one]

    def of(self, name: str) -> list[Any]:
        return [json.loads(one["data"]) for one in self.events if one.get("event") == name]

    @property
    def cursor(self) -> str:
        return [one["id"] for one in self.events if "id" in one][-1]

    async def until(self, seen: Callable[[], Any], within_s: float = 5.0) -> Any:
        """Wait for what `seen` returns to be true."""
        async with asyncio.timeout(within_s):
            while not seen():
                await asyncio.sleep(0.01)
        return seen()


@pytest.fixture
def on_air(db: None) -> Callable[[Callable[[Live], Awaitable[None]]], None]:
    """`on_air(play)`: plays a scene with a live application, and closes it whatever happens."""

    def run(play: Callable[[Live], Awaitable[None]]) -> None:
        async def staged() -> None:
            live = Live()
            try:
                await play(live)
            finally:
                await live.close()

        asyncio.run(staged())

    return run


@pytest.fixture
def signed_in(world: Any) -> Callable[[str], tuple[Any, str]]:
    """`signed_in("fang")`: a session and the cookie header of its browser."""

    def sign(who: str) -> tuple[Any, str]:
        at = clock.now()
        session, token = open_session(world.cast[who].person, label="test", at=at, proven=True)
        return session, f"{SESSION}={token}"

    return sign


@pytest.fixture
def now() -> dt.datetime:
    return clock.now()
