"""The ASGI application behind `/live/` and `/ingest/`: streams to browsers, positions from devices."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import threading
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.conf import settings

from shouwang.config.front.passing import client_address
from shouwang.config.live.hub import Hub
from shouwang.config.live.positions import Positions
from shouwang.config.live.stream import Stream, event_chunk
from shouwang.config.live.viewers import viewer_of
from shouwang.core import clock

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

PROXIES = frozenset(settings.ENVIRONMENT.trusted_proxies)
BEAT_S = 2.0
LAST_S = 1.0
SENT_WITHIN_S = 10.0  # a browser that takes nothing for so long is gone
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


class Live:
    """The hub begins with the first stream, on the loop that serves it."""

    def __init__(self) -> None:
        self.hub: Hub | None = None
        self.positions = Positions()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return await self._lifespan(receive, send)
        if scope["type"] != "http":
            return None
        if scope["path"].startswith("/ingest/"):
            return await self.positions(scope, receive, send, client_address(scope, PROXIES))
        if scope["method"] != "GET":
            return await _answer(send, 405)
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        hub = self._running_hub()
        viewer = await hub.ask(viewer_of, headers.get("cookie", ""), clock.now())
        if viewer is None:
            return await _answer(send, 401)
        stream = await hub.join(viewer, headers.get("last-event-id") or None)
        try:
            await _serve(stream, receive, send)
        finally:
            hub.leave(stream)

    def _running_hub(self) -> Hub:
        if self.hub is None:
            self.hub = Hub()
            _on_stop(self.stop)
        return self.hub

    def stop(self) -> None:
        """The process is about to end."""
        if self.hub is not None:
            self.hub.end_streams()

    async def close(self) -> None:
        await self.positions.close()
        if self.hub is not None:
            await self.hub.close()
            self.hub = None

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        """Only where this is the whole server; behind the front the signal ends the streams."""
        while True:
            message = await receive()
            if message["type"] == "lifespan.shutdown":
                await self.close()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return


async def _serve(stream: Stream, receive: Receive, send: Send) -> None:
    """Send until the browser leaves, the session ends, the reader is too slow, or the process stops."""
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    sending = asyncio.create_task(_send_all(stream, send))
    leaving = asyncio.create_task(_left(receive))
    ending = asyncio.create_task(stream.over.wait())
    try:
        await asyncio.wait([sending, leaving, ending], return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (sending, leaving, ending):
            task.cancel()
        await asyncio.gather(sending, leaving, ending, return_exceptions=True)
    if stream.why in ("ended", "closing"):
        last = event_chunk("ended", {}) if stream.why == "ended" else b""
        with contextlib.suppress(TimeoutError, OSError):
            async with asyncio.timeout(LAST_S):
                await send({"type": "http.response.body", "body": last})


async def _send_all(stream: Stream, send: Send) -> None:
    while not stream.over.is_set():
        chunk = await stream.next(BEAT_S)
        beat = event_chunk("beat", round(clock.now().timestamp(), 3))
        body = beat if chunk is None else chunk
        try:
            async with asyncio.timeout(SENT_WITHIN_S):
                await send({"type": "http.response.body", "body": body, "more_body": True})
        except TimeoutError:
            return stream.end("slow")


async def _left(receive: Receive) -> None:
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return


async def _answer(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"cache-control", b"no-store")]})
    await send({"type": "http.response.body", "body": b""})


def _on_stop(stop: Callable[[], None]) -> None:
    """Call `stop` on this loop when the process is asked to end, and then do what would have been done anyway.

    Why: the server waits for open streams before it tells the application that it ends.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(number)

        def both(got: int, frame: Any, before: Any = before) -> None:
            loop.call_soon_threadsafe(stop)
            if callable(before):
                before(got, frame)

        signal.signal(number, both)
