"""A gateway that stands in for a real one: it lists talk groups, and its radios walk about and report."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import Counter
from dataclasses import dataclass, field

from shouwang.connections.radio.protocol import Report, line, position_line
from shouwang.core.clock import now

GROUPS = (("1201", "指挥一组"), ("1202", "巡逻一组"), ("1203", "巡逻二组"), ("1290", "应急"))
STEP_DEG = 0.0002
AGAIN_S = 10.0


@dataclass
class Gateway:
    """`async with Gateway(n, lon, lat) as one:` listens on `one.port`. `told` counts what the town answered.

    Radios are those the town lists, at most `n`; each reports every `every_s` seconds. An unanswered one comes again.
    """

    n: int
    lon: float
    lat: float
    every_s: float = 30.0
    host: str = "127.0.0.1"
    port: int = 0
    told: Counter[str] = field(default_factory=Counter)
    _terminals: list[str] = field(default_factory=list)
    _open: dict[str, tuple[float, Report]] = field(default_factory=dict)
    _serial: int = 0
    _talking: set[asyncio.Task[None]] = field(default_factory=set)

    async def __aenter__(self) -> Gateway:
        self._server = await asyncio.start_server(self._serve, self.host, self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in list(self._talking):
            task.cancel()
        await asyncio.gather(*self._talking, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._talking.add(task)
        reporting: asyncio.Task[None] | None = None
        self._terminals = []
        try:
            while raw := await reader.readline():
                word, *given = raw.decode().strip().split("\t")
                self._hear(word, given, writer)
                if word == "TERMINALS":
                    reporting = asyncio.create_task(self._report(writer))
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            self._talking.discard(task)
            if reporting is not None:
                reporting.cancel()
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    def _hear(self, word: str, given: list[str], writer: asyncio.StreamWriter) -> None:
        match word, given:
            case "TERMINAL", [number] if len(self._terminals) < self.n:
                self._terminals.append(number)
            case "ASK", ["GROUPS"]:
                listed = [line("GROUP", *one) for one in GROUPS]
                writer.write(b"".join([*listed, line("GROUPS", len(listed))]))
            case (("OK" | "NO"), [serial]):
                self.told[word] += 1
                if word == "OK":
                    self._open.pop(serial, None)

    async def _report(self, writer: asyncio.StreamWriter) -> None:
        """Evenly over the period, as a network gives its radios their turns."""
        clock = asyncio.get_running_loop().time
        while self._terminals:
            for terminal in self._terminals:
                for waited, report in [one for one in self._open.values() if clock() - one[0] > AGAIN_S]:
                    self._open[report.serial] = (clock(), report)
                    writer.write(position_line(report))
                    self.told["again"] += waited > 0
                self._serial += 1
                lon, lat = (place + random.uniform(-STEP_DEG, STEP_DEG) for place in (self.lon, self.lat))
                one = Report(str(self._serial), terminal, now(), lon, lat, 1.2, 90.0)
                self._open[one.serial] = (clock(), one)
                writer.write(position_line(one))
                self.told["sent"] += 1
                await writer.drain()
                await asyncio.sleep(self.every_s / len(self._terminals))
