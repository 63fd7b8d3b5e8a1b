"""Units that send far too much, cheaply: ready requests on open lines, whether or not the last was answered.

python -m bench.load.flooding PORT FILE SECONDS EACH_PER_S

FILE is JSON: [[token, lon, lat], …]. Prints JSON: how many were sent, and how they were answered.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import uvloop

STATUS = re.compile(rb"HTTP/1\.1 (\d{3})")
BUFFERED = 64 * 1024  # what does not leave any more is not sent: a line that is full


class Unit(asyncio.Protocol):
    def __init__(self, token: str, lon: float, lat: float, told: Counter[str]) -> None:
        self.token, self.lon, self.lat, self.told = token, lon, lat, told
        self.transport: Any = None
        self.tail = b""

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        self.transport = None

    def data_received(self, data: bytes) -> None:
        data = self.tail + data
        last = 0
        for found in STATUS.finditer(data):
            self.told[found[1].decode()] += 1
            last = found.end()
        self.tail = data[max(last, len(data) - 11) :]

    def send(self, at: float) -> bool:
        if self.transport is None or self.transport.get_write_buffer_size() > BUFFERED:
            return False
        drift = (at % 60) * 1e-5
        query = f"id={self.token}&lon={self.lon + drift:.6f}&lat={self.lat:.6f}&timestamp={at * 1000:.0f}&speed=17"
        self.transport.write(f"GET /ingest/osmand?{query} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        return True


async def flood(port: int, units: list[list[Any]], seconds: float, each_per_s: float) -> dict[str, int]:
    loop, told = asyncio.get_running_loop(), Counter[str]()
    lines = [Unit(token, lon, lat, told) for token, lon, lat in units]
    for one in lines:
        await loop.create_connection(lambda one=one: one, "127.0.0.1", port)
    began, step = time.time(), 1 / each_per_s / len(lines)
    n_sent = 0
    while (now := time.time()) < began + seconds:
        while n_sent < (now - began) / step:
            told["sent" if lines[n_sent % len(lines)].send(now) else "line full or closed"] += 1
            n_sent += 1
        await asyncio.sleep(0.005)
    await asyncio.sleep(1)
    return dict(told)


if __name__ == "__main__":
    port, planted, seconds, each_per_s = sys.argv[1:]
    uvloop.install()
    units = json.loads(Path(planted).read_text())
    print(json.dumps(asyncio.run(flood(int(port), units, float(seconds), float(each_per_s)))))
