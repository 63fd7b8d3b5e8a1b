"""What a radio gateway and the town say to each other: lines of UTF-8, fields apart by tabs. Pure.

    town → gateway   HELLO shouwang 1 · TERMINAL number (each radio of the ledger) · TERMINALS count · ASK GROUPS
                     OK serial (kept, or dropped by design) · NO serial (send it again) · PONG
    gateway → town   GROUP number name (each talk group) · GROUPS count · PING
                     POS serial terminal time longitude latitude [m/s [degrees]]

A line has at most 512 bytes; time is ISO 8601 with its zone, places are WGS-84. The gateway keeps a position until
it is answered. Keys, frequencies and voice never come here.

Source  PDT short data of position, GA/T 1056–1059-2013, 1364–1368-2017; the lines are our own. DEV-04
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

VERSION = "1"
LONGEST = 512
MOST_GROUPS = 2_000


class LineError(ValueError):
    """A line that says nothing we know."""


@dataclass(frozen=True, slots=True)
class Group:
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Groups:
    """The list is complete; so many there were."""

    count: int


@dataclass(frozen=True, slots=True)
class Ping:
    pass


@dataclass(frozen=True, slots=True)
class Report:
    """One position of one radio; `serial` is the gateway's own, and how it is answered."""

    serial: str
    terminal: str
    at: dt.datetime
    lon: float
    lat: float
    speed_mps: float | None = None
    heading_deg: float | None = None


Said = Group | Groups | Ping | Report


def read_line(raw: bytes) -> Said:
    """What the gateway said. Raises LineError."""
    if len(raw) > LONGEST:
        raise LineError(f"{len(raw)} bytes; a line has at most {LONGEST}")
    try:
        word, *given = raw.decode("utf-8").rstrip("\r\n").split("\t")
        match word, given:
            case "PING", []:
                return Ping()
            case "GROUP", [number, name] if is_number(number) and name.isprintable():
                return Group(number[:12], name[:40])
            case "GROUPS", [count]:
                return Groups(int(count))
            case "POS", [serial, terminal, at, lon, lat, *more] if len(more) <= 2 and is_number(terminal):
                return _report(serial, terminal, at, [float(one) for one in (lon, lat, *more)])
    except ValueError as problem:
        raise LineError(str(problem)) from None
    raise LineError(f"“{word[:20]}” with {len(given)} fields")


def _report(serial: str, terminal: str, time: str, numbers: Sequence[float]) -> Report:
    at = dt.datetime.fromisoformat(time)
    if at.tzinfo is None or not all(map(math.isfinite, numbers)) or not (serial.isascii() and serial.isalnum()):
        raise LineError("a position without its zone, number or serial")
    lon, lat, *more = numbers
    return Report(serial[:20], terminal, at.astimezone(dt.UTC), lon, lat, *more)


def is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 20


def line(*fields: object) -> bytes:
    """One line; what would break it is left out of its fields."""
    return "\t".join(str(one).replace("\t", " ").replace("\n", " ") for one in fields).encode() + b"\n"


def greeting(terminals: Sequence[str]) -> bytes:
    """What the town says first: whose positions it wants, and that it wants the talk groups."""
    listed = [line("TERMINAL", one) for one in terminals]
    hello, end, ask = line("HELLO", "shouwang", VERSION), line("TERMINALS", len(listed)), line("ASK", "GROUPS")
    return b"".join([hello, *listed, end, ask])


def position_line(report: Report) -> bytes:
    """As a gateway sends it."""
    more = [one for one in (report.speed_mps, report.heading_deg) if one is not None]
    return line("POS", report.serial, report.terminal, report.at.isoformat(), report.lon, report.lat, *more)
