"""The bodies that carry positions: 0x0200 (one) and 0x0704 (several that waited for a network). Pure.

Source  JT/T 808-2013 8.18 and 8.49, JT/T 808-2019 8.12 and 8.65; DEV-02
"""

from __future__ import annotations

import datetime as dt
import struct
from dataclasses import dataclass, field
from functools import lru_cache

from shouwang.connections.jt808.frames import FrameError

BEIJING = dt.timezone(dt.timedelta(hours=8))
ALARM_EMERGENCY = 1 << 0
STATUS_IGNITION, STATUS_LOCATED, STATUS_SOUTH, STATUS_WEST = 1 << 0, 1 << 1, 1 << 2, 1 << 3
MOST_IN_BATCH = 200

_BASIC = struct.Struct(">IIIIHHH6s")  # alarm, status, lat, lon, height, speed, heading, time
_NUMBERS = {0x01: 4, 0x02: 2, 0x03: 2, 0x04: 2, 0x2A: 2, 0x2B: 4, 0x30: 1, 0x31: 1}
NAMES = {
    0x01: "mileage_km",
    0x02: "fuel_l",
    0x03: "recorder_speed_kmh",
    0x04: "alarm_event",
    0x25: "signals",
    0x2A: "io",
    0x2B: "analog",
    0x30: "signal",
    0x31: "satellites",
}
_TENTHS = {0x01, 0x02, 0x03}


@dataclass(slots=True)  # not frozen: it is made for every fix, and a frozen one costs three times as much
class Position:
    """Degrees as the terminal sent them (its own datum), metres, km/h. `at` None: its time cannot be one."""

    alarm: int
    status: int
    lat: float
    lon: float
    altitude_m: int
    speed_kmh: float
    heading_deg: int
    at: dt.datetime | None
    extras: dict[str, int | float | str] = field(default_factory=dict)

    @property
    def located(self) -> bool:
        return bool(self.status & STATUS_LOCATED)

    @property
    def emergency(self) -> bool:
        return bool(self.alarm & ALARM_EMERGENCY)


def read_position(body: bytes) -> Position:
    """The body of 0x0200. Raises FrameError(short)."""
    if len(body) < _BASIC.size:
        raise FrameError("short", f"a position has at least {_BASIC.size} bytes, there are {len(body)}")
    alarm, status, lat, lon, height, speed, heading, time = _BASIC.unpack_from(body)
    return Position(
        alarm=alarm,
        status=status,
        lat=(-lat if status & STATUS_SOUTH else lat) / 1e6,
        lon=(-lon if status & STATUS_WEST else lon) / 1e6,
        altitude_m=height,
        speed_kmh=speed / 10,
        heading_deg=heading,
        at=read_time(time),
        extras=_extras(body[_BASIC.size :]),
    )


def write_position(position: Position) -> bytes:
    """What a terminal would send: the basic part and no items."""
    at = (position.at or dt.datetime(2000, 1, 1, tzinfo=BEIJING)).astimezone(BEIJING)
    status = position.status & ~(STATUS_SOUTH | STATUS_WEST)
    status |= (STATUS_SOUTH if position.lat < 0 else 0) | (STATUS_WEST if position.lon < 0 else 0)
    return _BASIC.pack(
        position.alarm,
        status,
        round(abs(position.lat) * 1e6),
        round(abs(position.lon) * 1e6),
        position.altitude_m,
        round(position.speed_kmh * 10),
        position.heading_deg,
        bytes.fromhex(f"{at:%y%m%d%H%M%S}"),
    )


def read_batch(body: bytes) -> list[Position]:
    """The body of 0x0704: a count, a kind, and that many positions with their lengths. Raises FrameError."""
    if len(body) < 3:
        raise FrameError("short", "a batch begins with three bytes")
    count, rest = int.from_bytes(body[:2], "big"), body[3:]
    if count > MOST_IN_BATCH:
        raise FrameError("too_long", f"{count} positions in one batch; {MOST_IN_BATCH} are taken")
    found: list[Position] = []
    for _ in range(count):
        size = int.from_bytes(rest[:2], "big")
        if len(rest) < 2 + size or size == 0:
            raise FrameError("short", f"{count} positions are announced, {len(found)} are there")
        found.append(read_position(rest[2 : 2 + size]))
        rest = rest[2 + size :]
    return found


def write_batch(positions: list[Position]) -> bytes:
    bodies = [write_position(one) for one in positions]
    return len(bodies).to_bytes(2, "big") + b"\x01" + b"".join(len(b).to_bytes(2, "big") + b for b in bodies)


@lru_cache(maxsize=4096)  # a thousand terminals tell the same second
def read_time(bcd: bytes) -> dt.datetime | None:
    """BCD YYMMDDhhmmss of China's time, as UTC; None when the digits are no instant."""
    text = bcd.hex()
    try:
        year, month, day, hour, minute, second = (int(text[i : i + 2]) for i in range(0, 12, 2))
        return dt.datetime(2000 + year, month, day, hour, minute, second, tzinfo=BEIJING).astimezone(dt.UTC)
    except ValueError:
        return None


def _extras(data: bytes) -> dict[str, int | float | str]:
    """Items id · length · value. One that runs over the end is left out: makers add some of their own behind."""
    found: dict[str, int | float | str] = {}
    while len(data) >= 2 and len(data) >= 2 + data[1]:
        item, size = data[0], data[1]
        value = data[2 : 2 + size]
        name = NAMES.get(item, f"{item:02x}")
        if _NUMBERS.get(item) == size or (item in NAMES and size in (1, 2, 4)):
            number = int.from_bytes(value, "big")
            found[name] = number / 10 if item in _TENTHS else number
        else:
            found[name] = value.hex()
        data = data[2 + size :]
    return found
