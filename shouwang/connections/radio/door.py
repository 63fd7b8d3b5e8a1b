"""The town's end of the line to the gateway: connects, keeps connected, answers each position after its commit.

What arrives while a batch is being stored goes into the next. What is too much is answered NO: the gateway
holds it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from concurrent.futures import ThreadPoolExecutor

from django.db import close_old_connections, connection

from shouwang.connections.radio.listing import keep_groups, terminal_numbers
from shouwang.connections.radio.protocol import (
    LONGEST,
    MOST_GROUPS,
    Group,
    Groups,
    LineError,
    Ping,
    Report,
    greeting,
    line,
    read_line,
)  # fmt: skip
from shouwang.connections.radio.receiving import take
from shouwang.core import clock

log = logging.getLogger("shouwang.radio")
MOST_WAITING = 4_000
MOST_REFUSED = 50
SILENT_S = 120.0
AGAIN_S, AGAIN_MOST_S = 1.0, 60.0


class Door:
    """`await Door(host, port).run()`: for ever; each loss of the line is followed by another attempt."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="radio")

    async def run(self) -> None:
        pause = AGAIN_S
        try:
            while True:
                try:
                    await self._talk()
                    pause = AGAIN_S
                except (OSError, TimeoutError, LineError) as problem:
                    log.warning("the radio gateway is lost: %s", type(problem).__name__)
                await asyncio.sleep(pause)
                pause = min(pause * 2, AGAIN_MOST_S)
        finally:
            self._thread.submit(_let_go)
            self._thread.shutdown()

    async def _talk(self) -> None:
        loop = asyncio.get_running_loop()
        reader, writer = await asyncio.open_connection(self.host, self.port, limit=4 * LONGEST)
        line_ = _Line(loop, self._thread, writer)
        try:
            writer.write(greeting(await loop.run_in_executor(self._thread, _numbers)))
            while True:
                async with asyncio.timeout(SILENT_S):
                    raw = await reader.readline()
                if not raw:
                    return
                await line_.hear(raw)
        except ValueError as problem:  # a line without an end
            raise LineError(str(problem)) from None
        finally:
            await line_.settle()
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()


class _Line:
    """One connection: what the gateway listed so far, and what waits to be stored."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, thread: ThreadPoolExecutor, writer: asyncio.StreamWriter
    ) -> None:
        self.loop, self.thread, self.writer = loop, thread, writer
        self._waiting: list[Report] = []
        self._groups: list[Group] = []
        self._storing: asyncio.Task[None] | None = None
        self._refused = 0

    async def hear(self, raw: bytes) -> None:
        """Raises LineError once too much of it was none."""
        try:
            said = read_line(raw)
        except LineError:
            self._refused += 1
            if self._refused >= MOST_REFUSED:
                raise
            return
        match said:
            case Ping():
                self.writer.write(line("PONG"))
            case Group() if len(self._groups) < MOST_GROUPS:
                self._groups.append(said)
            case Groups():
                groups, self._groups = self._groups, []
                if len(groups) == said.count:  # half a list is none
                    await self.loop.run_in_executor(self.thread, _keep_groups, groups)
            case Report():
                self._ask(said)
                await self.writer.drain()

    def _ask(self, report: Report) -> None:
        if len(self._waiting) >= MOST_WAITING:
            self.writer.write(line("NO", report.serial))
            return
        self._waiting.append(report)
        if self._storing is None or self._storing.done():
            self._storing = asyncio.create_task(self._store_waiting())

    async def _store_waiting(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            settled = await self.loop.run_in_executor(self.thread, _take, batch)
            if not self.writer.is_closing():
                answers = zip(batch, settled, strict=True)
                self.writer.write(b"".join(line("OK" if done else "NO", one.serial) for one, done in answers))

    async def settle(self) -> None:
        if self._storing is not None:
            await self._storing


def _numbers() -> list[str]:
    close_old_connections()
    try:
        return terminal_numbers()
    except Exception:
        log.exception("the list of radios was not read")
        return []


def _keep_groups(groups: list[Group]) -> None:
    close_old_connections()
    try:
        keep_groups(groups, clock.now())
    except Exception:
        log.exception("talk groups were not kept")


def _take(batch: list[Report]) -> list[bool]:
    close_old_connections()
    try:
        return take(batch, clock.now())
    except Exception:
        log.exception("a batch of %d was not taken", len(batch))
        return [False] * len(batch)


def _let_go() -> None:
    """On its own thread: there it is that thread's connection."""
    connection.close()
