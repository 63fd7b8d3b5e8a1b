"""Terminals that stand in for real ones: they speak the protocol over real sockets and walk about a place."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import datetime as dt
import random
from collections import Counter
from dataclasses import dataclass, field

from shouwang.connections.jt808 import messages as m
from shouwang.connections.jt808.frames import Frame, FrameError, Splitter, read_frame, write_frame
from shouwang.connections.jt808.positions import (
    ALARM_EMERGENCY,
    BEIJING,
    STATUS_IGNITION,
    STATUS_LOCATED,
    Position,
    write_position,
)
from shouwang.connections.jt808.reading import POSITION
from shouwang.core.clock import now

ANSWER_S = 10.0
STEP_DEG = 0.0001  # some 11 m


@dataclass
class Terminal:
    """One device. `code` is kept as a device keeps it; without one it registers first."""

    number: str
    lon: float
    lat: float
    version: int | None = None
    code: str = ""
    told: Counter[str] = field(default_factory=Counter)
    _serial: int = 0

    async def connect(self, host: str, port: int) -> None:
        self._reader, self._writer = await asyncio.open_connection(host, port)
        self._splitter = Splitter()
        self._frames: list[Frame] = []

    async def sign_on(self) -> bool:
        """Register if it has no code, then prove itself; whether the platform accepted it."""
        if not self.code:
            about = m.Registration("SWSIM", "Simulated terminal", self.number[-7:], "")
            answer = await self.ask(m.REGISTER, m.write_registration(about, version=self.version))
            self.told[f"registered: {answer.body[2]}"] += 1
            self.code = answer.body[3:].decode("ascii") if answer.body[2] == 0 else ""
            if not self.code:
                return False
        answer = await self.ask(m.PROVE, m.write_code(self.code, version=self.version))
        self.told[f"proven: {answer.body[4]}"] += 1
        return answer.body[4] == m.Result.DONE

    async def report(self, at: dt.datetime, *, alarm: bool = False) -> int:
        """A step further, and where it is now; the result of the platform's answer."""
        self.lon += random.uniform(-STEP_DEG, STEP_DEG)
        self.lat += random.uniform(-STEP_DEG, STEP_DEG)
        answer = await self.ask(POSITION, write_position(self.position(at, alarm=alarm)))
        self.told[f"position: {answer.body[4]}"] += 1
        return answer.body[4]

    async def report_from(self, lon: float, lat: float, at: dt.datetime, *, speed_kmh: float = 0.0) -> int:
        """Where a recorded vehicle was; the result of the platform's answer."""
        self.lon, self.lat = lon, lat
        told = dataclasses.replace(self.position(at.astimezone(BEIJING)), speed_kmh=speed_kmh)
        answer = await self.ask(POSITION, write_position(told))
        self.told[f"position: {answer.body[4]}"] += 1
        return answer.body[4]

    def position(self, at: dt.datetime, *, alarm: bool = False) -> Position:
        return Position(
            alarm=ALARM_EMERGENCY if alarm else 0,
            status=STATUS_IGNITION | STATUS_LOCATED,
            lat=self.lat,
            lon=self.lon,
            altitude_m=20,
            speed_kmh=18.0,
            heading_deg=random.randrange(360),
            at=at,
        )

    async def ask(self, msg_id: int, body: bytes) -> Frame:
        """Send one message and wait for its answer. Raises TimeoutError, ConnectionError."""
        serial = self._send(msg_id, body)
        async with asyncio.timeout(ANSWER_S):
            while True:
                frame = await self._next()
                if frame.msg_id in (m.GENERAL_ANSWER, m.REGISTER_ANSWER) and frame.body[:2] == serial:
                    return frame

    async def aclose(self) -> None:
        self._writer.close()
        with contextlib.suppress(OSError):
            await self._writer.wait_closed()

    def _send(self, msg_id: int, body: bytes) -> bytes:
        self._serial = (self._serial + 1) & 0xFFFF
        self._writer.write(write_frame(Frame(msg_id, self.number, self._serial, body, self.version)))
        return self._serial.to_bytes(2, "big")

    async def _next(self) -> Frame:
        while not self._frames:
            data = await self._reader.read(4096)
            if not data:
                raise ConnectionResetError("the platform hung up")
            with contextlib.suppress(FrameError):
                self._frames += [read_frame(wire) for wire in self._splitter.feed(data)]
        return self._frames.pop(0)


async def walk(terminals: list[Terminal], host: str, port: int, *, every_s: float, seconds: float) -> Counter[str]:
    """All of them at once; what they were told, counted."""
    end = asyncio.get_running_loop().time() + seconds
    await asyncio.gather(*(_live(one, host, port, every_s, end) for one in terminals))
    return sum((one.told for one in terminals), Counter())


async def _live(terminal: Terminal, host: str, port: int, every_s: float, end: float) -> None:
    """Connected again after every loss, as a device does."""
    clock = asyncio.get_running_loop().time
    await asyncio.sleep(random.uniform(0, min(every_s, 2.0)))
    while clock() < end:
        try:
            await terminal.connect(host, port)
            if not await terminal.sign_on():
                return
            while clock() < end:
                began = clock()
                await terminal.report(now().astimezone(BEIJING))
                await asyncio.sleep(max(0.0, min(every_s - (clock() - began), end - clock())))
            await terminal.aclose()
        except (OSError, TimeoutError):
            terminal.told["connection lost"] += 1
            await asyncio.sleep(1)
