"""Many JT/T 808 terminals in one process, cheaply: proven once, then positions at a pace or as fast as taken.

python -m bench.load.terminals PORT FILE TERMINALS SECONDS PACE     (PACE 0: the next one as soon as one is answered)

FILE is JSON: [[number, code, lon, lat], …]. Prints JSON: positions sent and answered, and when some were sent.
"""

from __future__ import annotations

import asyncio
import functools
import json
import operator
import sys
import time
from pathlib import Path
from typing import Any

import uvloop

MARK = 0x7E
BEGUN_S_AGO = 280  # the clocks of the terminals: behind, but still live, so that each may report faster than 1 Hz
BEHIND_S = 3  # a clock that is ahead of the server's would be set right, and the position not be known again
WATCHED = 20  # of every so many terminals each position is timed
SHANGHAI_S = 8 * 3600


class Terminal(asyncio.Protocol):
    """Answers are counted by their marks: two a frame."""

    def __init__(self, fleet: Fleet, n: int, number: str, code: str, lonlat: tuple[float, float]) -> None:
        self.fleet, self.n, self.number, self.code = fleet, n, number, code
        self.lonlat, self.serial, self.marks = lonlat, 0, 0
        self.device_s = 0
        self.proven = False

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self.transport.write(self.frame(0x0102, self.code.encode()))

    def data_received(self, data: bytes) -> None:
        self.marks += data.count(MARK)
        while self.marks >= 2:
            self.marks -= 2
            if self.proven:
                self.fleet.answered += 1
                if self.fleet.pace == 0:
                    self.report()
            else:
                self.proven = True
                self.fleet.n_proven += 1

    def report(self) -> None:
        if self.fleet.stopped:
            return
        self.device_s += 1
        at = time.strftime("%y%m%d%H%M%S", time.gmtime(self.device_s + SHANGHAI_S))
        drift = (self.serial % 400) * 0.00002
        body = b"".join((
            b"\0\0\0\0\0\0\0\3",
            round((self.lonlat[1] + drift) * 1e6).to_bytes(4, "big"),
            round((self.lonlat[0] + drift) * 1e6).to_bytes(4, "big"),
            b"\0\x14\0\xb4\0\x5a",
            bytes.fromhex(at),
        ))  # fmt: skip
        if self.n % WATCHED == 0:
            self.fleet.times[f"{self.n} {self.device_s}"] = time.time()
        self.fleet.sent += 1
        self.transport.write(self.frame(0x0200, body))

    def frame(self, msg_id: int, body: bytes) -> bytes:
        self.serial = (self.serial + 1) & 0xFFFF
        inner = b"".join((
            msg_id.to_bytes(2, "big"), len(body).to_bytes(2, "big"), bytes.fromhex(self.number.zfill(12)),
            self.serial.to_bytes(2, "big"), body,
        ))  # fmt: skip
        inner += bytes([functools.reduce(operator.xor, inner)])
        return b"\x7e" + inner.replace(b"\x7d", b"\x7d\x01").replace(b"\x7e", b"\x7d\x02") + b"\x7e"

    def connection_lost(self, exc: Exception | None) -> None:
        self.fleet.lost += not self.fleet.stopped


class Fleet:
    def __init__(self, pace: float) -> None:
        self.pace, self.began_s = pace, int(time.time())
        self.sent = self.answered = self.n_proven = self.lost = 0
        self.stopped = False
        self.times: dict[str, float] = {}

    async def drive(self, port: int, planted: list[Any], seconds: float) -> dict[str, Any]:
        loop = asyncio.get_running_loop()
        terminals: list[Terminal] = []
        for n, (number, code, lon, lat) in enumerate(planted):
            made = functools.partial(Terminal, self, n, number, code, (lon, lat))
            terminals.append((await loop.create_connection(made, "127.0.0.1", port))[1])
        deadline = loop.time() + 120
        while self.n_proven < len(terminals) and loop.time() < deadline:
            await asyncio.sleep(0.1)
        await self._warm_up(terminals[0])
        print("proven", flush=True)
        self.began_s, began = int(time.time()), loop.time()
        for one in terminals:
            one.device_s = self.began_s - (BEHIND_S if self.pace else BEGUN_S_AGO)
        if self.pace:
            await self._paced(terminals, began + seconds)
        else:
            for one in terminals:
                one.report()
            await asyncio.sleep(seconds)
        took = loop.time() - began
        answered = self.answered
        self.stopped = True
        await asyncio.sleep(1)
        return {
            "proven": self.n_proven, "sent": self.sent, "answered": answered, "took_s": took, "lost": self.lost,
            "times": self.times,
        }  # fmt: skip

    async def _warm_up(self, one: Terminal) -> None:
        """The first position of all makes the server read the town's areas, once."""
        one.device_s = self.began_s - 2 * BEGUN_S_AGO
        one.report()
        self.stopped = True
        await asyncio.sleep(3)
        self.stopped, self.sent, self.answered, self.times = False, 0, 0, {}

    async def _paced(self, terminals: list[Terminal], end: float) -> None:
        """Each at its own instant of the second, as a fleet does."""
        loop = asyncio.get_running_loop()
        slots, began, turn = 50, loop.time(), 0
        while loop.time() < end:
            for one in terminals[turn % slots :: slots]:
                one.report()
            turn += 1
            await asyncio.sleep(max(0.0, began + turn / (slots * self.pace) - loop.time()))


def main() -> None:
    port, file, n, seconds, pace = sys.argv[1:]
    with Path(file).open(encoding="utf-8") as given:
        planted = json.load(given)[: int(n)]
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        print(json.dumps(runner.run(Fleet(float(pace)).drive(int(port), planted, float(seconds)))))


if __name__ == "__main__":
    main()
