"""A poor line in front of a town: narrow, lossy, and broken off every so often. Made of sockets, for a browser.

What is lost is sent again by TCP in the end: here that costs the line its time twice, and a pause. Bytes are counted
as they cross the line.
"""

from __future__ import annotations

import asyncio
import random
import threading
import time
from dataclasses import dataclass

PACKET = 1400
PAUSE_S = 0.2  # until a lost packet is missed


@dataclass(frozen=True)
class Poverty:
    bits_per_second: int = 64_000
    loss: float = 0.2
    reset_every_s: float = 30.0


class PoorLine:
    """`address` leads to the town's port; as good as any line until `worsen`."""

    def __init__(self, port: int, seed: int) -> None:
        self.to, self.draw = port, random.Random(seed)
        self.poverty: Poverty | None = None
        self.sent = 0  # bytes towards the town, since it got worse
        self.resets = 0
        self._free = {True: 0.0, False: 0.0}  # when each direction is free again
        self._open: set[asyncio.StreamWriter] = set()
        started = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(started)), daemon=True)
        self._thread.start()
        started.wait()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def worsen(self, poverty: Poverty) -> None:
        self.sent, self.poverty = 0, poverty
        asyncio.run_coroutine_threadsafe(self._break_off(poverty), self._loop)

    def close(self) -> None:
        """Nothing of it is under way any more when this returns."""
        self.poverty = None
        self._loop.call_soon_threadsafe(self._closed.set)
        self._thread.join()

    async def _serve(self, started: threading.Event) -> None:
        self._loop, self._closed = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._join, "127.0.0.1", 0, limit=PACKET)
        self.port = int(server.sockets[0].getsockname()[1])
        started.set()
        await self._closed.wait()
        server.close()

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self.to, limit=PACKET)
        except OSError:
            writer.close()
            return
        self._open |= {writer, back}
        await asyncio.gather(self._pass(reader, back, up=True), self._pass(there, writer, up=False))
        self._open -= {writer, back}

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, up: bool) -> None:
        try:
            while data := await reader.read(PACKET if self.poverty else 65_536):
                if self.poverty:
                    self.sent += len(data) if up else 0
                    await self._take_time(len(data), up, self.poverty)
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()

    async def _take_time(self, size: int, up: bool, poverty: Poverty) -> None:
        cost = size * 8 / poverty.bits_per_second
        lost = self.draw.random() < poverty.loss
        now = time.monotonic()
        self._free[up] = max(now, self._free[up]) + cost * (2 if lost else 1)
        await asyncio.sleep(self._free[up] - now + (PAUSE_S if lost else 0))

    async def _break_off(self, poverty: Poverty) -> None:
        while self.poverty is poverty:
            await asyncio.sleep(poverty.reset_every_s)
            for writer in list(self._open):
                writer.transport.abort()
            self.resets += 1
