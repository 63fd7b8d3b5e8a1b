"""Step: keep the fixes, move the markers and tell the live screens: one transaction for all that waited.

Why many: at the doors (`config/live/positions.py`, `connections/jt808/server.py`) whatever arrives while a batch is
being written, or shortly after the last one began, goes into the next. So a busy second costs a few commits instead of
hundreds. A few go in by one statement; many by COPY, which costs a third.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from shouwang.journal.record import live_channel
from shouwang.tracking.pipeline.passing import Passing

FEW = 50
MOST = 5_000  # of one transaction
PER_NOTICE = 20  # positions that fit into one notification (8000 bytes)

KEPT = (
    "unit, shift, at, received_at, lon, lat, speed_mps, heading_deg, accuracy_m, battery_share, late, source,"
    " in_duty, in_government"
)
MARKER = "unit, shift, at, lon, lat, speed_mps, heading_deg, accuracy_m, battery_share, duty_path, government_path"

_GIVEN = """
WITH given AS (
    SELECT * FROM json_to_recordset(%s::json) AS g(
        unit uuid, shift uuid, at timestamptz, received_at timestamptz, lon float8, lat float8, speed_mps float8,
        heading_deg float8, accuracy_m float8, battery_share float8, late bool, source text, in_duty text,
        in_government text, duty_path text, government_path text)
)"""

_KEEP = f"""
INSERT INTO tracking_fix ({KEPT}) SELECT {KEPT} FROM given ON CONFLICT (unit, at) DO NOTHING"""

_MOVE = f"""
, moved AS (
    INSERT INTO tracking_lastfix AS marker ({MARKER})
    SELECT DISTINCT ON (unit) {MARKER} FROM given WHERE NOT late ORDER BY unit, at DESC
    ON CONFLICT (unit) DO UPDATE SET
        shift = EXCLUDED.shift, at = EXCLUDED.at, lon = EXCLUDED.lon, lat = EXCLUDED.lat,
        speed_mps = EXCLUDED.speed_mps, heading_deg = EXCLUDED.heading_deg, accuracy_m = EXCLUDED.accuracy_m,
        battery_share = EXCLUDED.battery_share, duty_path = EXCLUDED.duty_path,
        government_path = EXCLUDED.government_path
        WHERE marker.at < EXCLUDED.at OR marker.shift <> EXCLUDED.shift
    RETURNING unit, lon, lat, at, heading_deg, speed_mps, accuracy_m
), numbered AS (
    SELECT (row_number() OVER () - 1) / {PER_NOTICE} AS notice, moved.* FROM moved
)
SELECT pg_notify(%s, json_build_object('topic', 'position', 'fixes', json_agg(
    json_build_object('unit', unit, 'lon', round(lon::numeric, 6), 'lat', round(lat::numeric, 6), 'at', at,
                      'heading_deg', round(heading_deg::numeric), 'speed_mps', round(speed_mps::numeric, 1),
                      'accuracy_m', round(accuracy_m::numeric))
))::text) FROM numbered GROUP BY notice
"""
_KEEP_AND_MOVE = f"{_GIVEN}, stored AS ({_KEEP}){_MOVE}"

NAMES = [*KEPT.split(", "), "duty_path", "government_path"]
Row = tuple[Any, ...]


def store_together(passings: Sequence[Passing]) -> None:
    """Returns when all are committed."""
    if len(passings) <= FEW:
        _by_statement(passings)
        return
    for first in range(0, len(passings), MOST):
        part = passings[first : first + MOST]
        try:
            with transaction.atomic():
                _by_copy(part)
        except IntegrityError:  # another process has kept one of them already
            _by_statement(part)


def _by_statement(passings: Sequence[Passing]) -> None:
    if passings:
        with connection.cursor() as cursor:  # one statement is one transaction: no begin and commit around it
            cursor.execute(_KEEP_AND_MOVE, [_given(passings), live_channel()])


def _by_copy(passings: Sequence[Passing]) -> None:
    """What is newer than all we know of its unit cannot be there yet; whatever else goes the careful way."""
    newest: dict[UUID, Passing] = {}
    fresh: list[Passing] = []
    perhaps: list[Passing] = []
    for one in passings:
        unit, last, before = one.known.unit, one.known.last, newest.get(one.known.unit)
        if (last is None or one.time > last.at) and (before is None or one.time > before.time):
            fresh.append(one)
            newest[unit] = one
        else:
            perhaps.append(one)
    with connection.cursor() as cursor:
        with connection.wrap_database_errors, cursor.copy(f"COPY tracking_fix ({KEPT}) FROM STDIN") as copy:
            copy.write("".join([_line(one) for one in fresh]))
        if perhaps:
            cursor.execute(_GIVEN + _KEEP, [_given(perhaps)])
        moving = {one.known.unit: one for one in fresh if one.live}  # fresh ones are in order: the last is the newest
        if moving:
            cursor.execute(_GIVEN + _MOVE, [_given(moving.values()), live_channel()])


def _line(one: Passing) -> str:
    """A row as COPY reads it. Why not the driver's rows: they cost three times as much. No value has a tab or a
    backslash of its own: numbers, times, ids, our word for the source, and paths of numbers.
    """
    known, reading = one.known, one.reading
    return (
        f"{known.unit}\t{known.shift}\t{one.time}\t{one.received_at}\t{one.lon!r}\t{one.lat!r}"
        f"\t{_number(reading.speed_mps)}\t{_number(reading.heading_deg)}\t{_number(reading.accuracy_m)}"
        f"\t{_number(reading.battery_share)}\t{'f' if one.live else 't'}\t{one.source}\t{one.in_duty}"
        f"\t{one.in_government}\n"
    )


def _number(value: float | None) -> str:
    return "\\N" if value is None else repr(value)


def _given(passings: Iterable[Passing]) -> str:
    """As JSON. Why not arrays: the driver looks at every element of one by itself, which costs four times as much."""
    return json.dumps([dict(zip(NAMES, _row(one), strict=True)) for one in passings], default=str)


def _row(one: Passing) -> Row:
    """In the order of KEPT, and the paths of the unit behind."""
    known, reading = one.known, one.reading
    return (
        known.unit, known.shift, one.time, one.received_at, one.lon, one.lat, reading.speed_mps, reading.heading_deg,
        reading.accuracy_m, reading.battery_share, not one.live, one.source, one.in_duty, one.in_government,
        known.duty_path, known.government_path,
    )  # fmt: skip
