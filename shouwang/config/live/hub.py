"""From one listening connection to all open streams. Everything here runs on one event loop; queries on threads."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, close_old_connections, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from shouwang.config.live import admission, viewers
from shouwang.config.live.bus import Fixes, News, read
from shouwang.config.live.listening import listen
from shouwang.config.live.ring import Kept, Ring
from shouwang.config.live.stream import Stream, event_chunk, news_chunk
from shouwang.config.live.units import UnitPaths
from shouwang.config.live.viewers import Viewer
from shouwang.core import clock

log = logging.getLogger("shouwang.live")
THREADS = 4
POSITIONS_EVERY_S = 0.5
SESSIONS_EVERY_S = 0.5
POSTS_EVERY_S = 10.0
ENDS_STREAMS = ("session.", "grant.", "person.")
CHANGES_RIGHTS = ("post.", "role.", "area.", "person.")
Answer = TypeVar("Answer")


class Hub:
    """Started by the first stream of the process; ended by `close`."""

    def __init__(self) -> None:
        self.ring = Ring()
        self.streams: set[Stream] = set()
        self.units = UnitPaths()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="live")
        self._watching = ThreadPoolExecutor(1, thread_name_prefix="live-sessions")  # never waits behind news
        self._news: asyncio.Queue[Kept] = asyncio.Queue()
        self._moved: dict[UUID, dict[str, Any]] = {}
        self._connections: list[BaseDatabaseWrapper] = []
        self.listening = asyncio.Event()
        self.closing = False
        self._look = asyncio.Event()  # a session may have ended: look at once
        self._rights = asyncio.Event()  # somebody's posts may have changed
        self._tasks = [
            asyncio.create_task(self._keep(task))
            for task in (
                self._listen,
                self._pass_on_news,
                self._pass_on_positions,
                self._end_what_is_over,
                self._renew_rights,
            )
        ]

    async def ask(self, question: Callable[..., Answer], *given: Any) -> Answer:
        """A function that queries, on a thread of ours."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._answer, question, given)

    def _answer(self, question: Callable[..., Answer], given: tuple[Any, ...]) -> Answer:
        """On a thread: its connection is the thread's own, and is let go when it is old or broken."""
        close_old_connections()
        wrapper = connections[DEFAULT_DB_ALIAS]
        if wrapper not in self._connections:
            wrapper.inc_thread_sharing()  # closed by `close`, on another thread
            self._connections.append(wrapper)
        return question(*given)

    async def join(self, viewer: Viewer, cursor: str | None) -> Stream:
        """Open a stream that continues where `cursor` stopped, or says that the page must be drawn anew."""
        stream = Stream(viewer, self.ring.last)
        self.streams.add(stream)
        missed = self.ring.newest(_monotonic()) if cursor is None else self.ring.since(cursor)
        chunks = [b"retry: 1000\n\n"]
        if missed is None:
            chunks.append(event_chunk("reload", {}, self.ring.cursor(stream.joined)))
        for kept in missed or []:
            if await self._admitted(kept.news, [viewer]):
                chunks.append(news_chunk(kept, self.ring.cursor(kept.number)))
        stream.caught_up(chunks)
        if self.closing:
            stream.end("closing")
        return stream

    def leave(self, stream: Stream) -> None:
        self.streams.discard(stream)

    def end_streams(self) -> None:
        """End every stream properly, and those that are just being opened."""
        self.closing = True
        for stream in list(self.streams):
            stream.end("closing")

    async def close(self) -> None:
        """End every stream and stop listening."""
        self.end_streams()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.to_thread(self._let_go)

    def _let_go(self) -> None:
        self._threads.shutdown(wait=True)
        self._watching.shutdown(wait=True)
        for wrapper in self._connections:
            wrapper.close()

    async def _keep(self, task: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """A task that fails is begun again: a passing fault of the database must not end the streams."""
        while True:
            try:
                await task()
            except Exception:
                log.exception("live: %s begins again", task.__name__)
                await asyncio.sleep(1)

    async def _listen(self) -> None:
        async for payload in listen(self.listening):
            if payload is None:
                self._break_off()
                continue
            heard = read(payload)
            if isinstance(heard, Fixes):
                self._moved |= heard.by_unit
            elif isinstance(heard, News):
                self._news.put_nowait(self.ring.add(heard, _monotonic()))
                if heard.topic.startswith(ENDS_STREAMS):
                    self._look.set()
                if heard.topic.startswith(CHANGES_RIGHTS):
                    self._rights.set()

    def _break_off(self) -> None:
        """News may have been missed: everybody draws his page anew."""
        self.ring.break_off()
        for stream in self.streams:
            stream.push(event_chunk("reload", {}, self.ring.cursor(self.ring.last)))

    async def _pass_on_news(self) -> None:
        while True:
            kept = await self._news.get()
            readers = [stream for stream in self.streams if stream.joined < kept.number]
            allowed = await self._admitted(kept.news, [stream.viewer for stream in readers])
            chunk = news_chunk(kept, self.ring.cursor(kept.number))
            for stream in readers:
                if stream.viewer.key in allowed:
                    stream.push(chunk)

    async def _admitted(self, news: News, of: list[Viewer]) -> set[tuple[object, ...]]:
        return await self.ask(admission.admitted, news, of, clock.now()) if of else set()

    async def _pass_on_positions(self) -> None:
        """Twice a second, the newest of each unit, to those who may see that unit move."""
        while True:
            await asyncio.sleep(POSITIONS_EVERY_S)
            if not self._moved:
                continue
            moved, self._moved = self._moved, {}
            if self.units.lacks(moved):
                await self.ask(self.units.load)
            chunks: dict[tuple[str, ...], bytes] = {}
            for stream in list(self.streams):
                paths = stream.viewer.paths
                if paths not in chunks:
                    seen = [fix for unit, fix in moved.items() if self.units.within(unit, paths)]
                    chunks[paths] = event_chunk("positions", seen) if seen else b""
                if chunks[paths]:
                    stream.push(chunks[paths])

    async def _end_what_is_over(self) -> None:
        """Who has signed off, was locked or thrown out is known here within half a second."""
        loop = asyncio.get_running_loop()
        while True:
            await _either(self._look, SESSIONS_EVERY_S)
            reading = [stream.viewer for stream in self.streams]
            if not reading:
                continue
            gone = await loop.run_in_executor(self._watching, self._answer, viewers.over, (reading, clock.now()))
            for stream in list(self.streams):
                if gone & {stream.viewer.session, stream.viewer.grant}:
                    stream.end("ended")

    async def _renew_rights(self) -> None:
        """Who has lost a post hears no more of its ground, whoever has a new one does."""
        while True:
            await _either(self._rights, POSTS_EVERY_S)
            reading = [stream.viewer for stream in self.streams]
            if reading:
                await self.ask(viewers.renew_all, reading, clock.now())


async def _either(event: asyncio.Event, wait_s: float) -> None:
    """Until the event, or until the time is over."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(wait_s):
            await event.wait()
    event.clear()


def _monotonic() -> float:
    return asyncio.get_running_loop().time()
