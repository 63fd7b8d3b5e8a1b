"""NMEA 0183 as receivers log it: the RMC sentences, which alone tell place, time and date together.

Source  NMEA 0183, RMC: time hhmmss.ss, A or V, ddmm.mmmm N/S, dddmm.mmmm E/W, speed in knots, course, date ddmmyy, all
        in UTC; the two figures after * are the exclusive or of what stands between $ and *
"""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from functools import reduce
from operator import xor

from shouwang.core.problem import Problem
from shouwang.tracking.files.problems import NoDates, TooManyPositions
from shouwang.tracking.reading import Reading, read_number

SENTENCE = re.compile(r"\$([A-Z]{2}(?:RMC|GGA|GLL),[^$*\r\n]{0,120})(?:\*([0-9A-Fa-f]{2}))?")
KNOT_MPS = 0.514444
FIELDS = 10  # up to and with the date


def is_nmea(text: str) -> bool:
    return SENTENCE.search(text[:65_536]) is not None


def read_nmea(text: str, *, most: int) -> tuple[list[Reading], int]:
    """(points, how many sentences were garbled). Raises NoDates, TooManyPositions"""
    found: list[Reading] = []
    n_garbled = n_dated = 0
    for match in SENTENCE.finditer(text):
        body, told = match[1], match[2]
        if body[2:5] != "RMC":
            continue
        n_dated += 1
        reading = _reading(body.split(",")) if _is_whole(body, told) else None
        if reading is None:
            n_garbled += 1
            continue
        if len(found) >= most:
            raise TooManyPositions(field="file", most=most)
        found.append(reading)
    if not n_dated:
        raise NoDates(field="file")
    return found, n_garbled


def _is_whole(body: str, told: str | None) -> bool:
    return told is None or reduce(xor, body.encode(errors="replace"), 0) == int(told, 16)


def _reading(fields: list[str]) -> Reading | None:
    if len(fields) < FIELDS:
        return None
    _name, time, state, lat, north, lon, east, speed, course, date = fields[:FIELDS]
    reading = Reading(
        _degrees(lon, east, "E", "W"), _degrees(lat, north, "N", "S"), _instant(date, time), located=state == "A"
    )
    with suppress(Problem):
        reading.speed_mps = read_number(speed, "speed", scale=KNOT_MPS)
    with suppress(Problem):
        reading.heading_deg = read_number(course, "course", most=360)
    return reading


def _degrees(text: str, side: str, plus: str, minus: str) -> float | str:
    """`2741.5000` is 27° 41.5′; "" where it says nothing."""
    whole, _point, _rest = text.partition(".")
    if side not in (plus, minus) or not whole.isascii() or not whole.isdigit() or len(whole) < 3:
        return ""
    try:
        degrees = int(whole[:-2]) + float(text[len(whole) - 2 :]) / 60
    except ValueError:
        return ""
    return -degrees if side == minus else degrees


def _instant(date: str, time: str) -> dt.datetime | None:
    try:
        at = dt.datetime.strptime(f"{date} {time[:6]} +0000", "%d%m%y %H%M%S %z")
        return at + dt.timedelta(seconds=float(f"0{time[6:]}")) if time[6:] else at
    except ValueError:
        return None
