"""One open stream: a queue that cannot grow without end, and what goes over the wire."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from shouwang.config.live.ring import Kept
from shouwang.config.live.viewers import Viewer

QUEUE = 256  # events; a browser so far behind is cut off and comes back with its cursor


class Stream:
    """Written to by the hub, read by the ASGI call that sends it."""

    def __init__(self, viewer: Viewer, joined: int) -> None:
        self.viewer = viewer
        self.joined = joined  # news up to this number reach it by catching up, later ones as they come
        self.over = asyncio.Event()
        self.why = ""
        self._queue: asyncio.Queue[bytes] = asyncio.Queue(QUEUE)
        self._held: list[bytes] | None = []  # what comes while it is still catching up

    def push(self, chunk: bytes) -> None:
        """Queue it; a reader too slow for that is cut off."""
        if self._held is not None:
            self._held.append(chunk)
            return
        try:
            self._queue.put_nowait(chunk)
        except asyncio.QueueFull:
            self.end("slow")

    def caught_up(self, chunks: list[bytes]) -> None:
        """First what was missed, then what has come meanwhile, then everything as it comes."""
        held, self._held = self._held or [], None
        for chunk in [*chunks, *held]:
            self.push(chunk)

    def end(self, why: str) -> None:
        self.why = self.why or why
        self.over.set()

    async def next(self, wait_s: float) -> bytes | None:
        """The next piece to send, several events in one; None when nothing came in that time."""
        try:
            async with asyncio.timeout(wait_s):
                first = await self._queue.get()
        except TimeoutError:
            return None
        pieces = [first]
        while not self._queue.empty():
            pieces.append(self._queue.get_nowait())
        return b"".join(pieces)


def news_chunk(kept: Kept, cursor: str) -> bytes:
    return f"id: {cursor}\ndata: {json.dumps(kept.news.says)}\n\n".encode()


def event_chunk(name: str, data: Any, cursor: str | None = None) -> bytes:
    head = f"id: {cursor}\n" if cursor else ""
    return f"{head}event: {name}\ndata: {json.dumps(data, separators=(',', ':'))}\n\n".encode()
