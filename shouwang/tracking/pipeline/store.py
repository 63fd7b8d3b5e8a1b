"""Step: keep the fixes, move the markers and tell the live screens: one statement, one commit for many readings.

Why many: at the door (`config/live/positions.py`) whatever arrives while a batch is being written goes into the next.
So a busy second costs a few commits instead of hundreds, and nobody waits for a timer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from shouwang.journal.record import live_channel
from shouwang.tracking.pipeline.passing import Passing

BATCH = 20  # positions that fit into one notification (8000 bytes)

_STORE = """
WITH given AS (
    SELECT * FROM unnest(
        %(unit)s::uuid[], %(shift)s::uuid[], %(at)s::timestamptz[], %(received_at)s::timestamptz[], %(lon)s::float8[],
        %(lat)s::float8[], %(speed_mps)s::float8[], %(heading_deg)s::float8[], %(accuracy_m)s::float8[],
        %(battery_share)s::float8[], %(late)s::bool[], %(source)s::text[], %(duty_path)s::text[],
        %(government_path)s::text[]
    ) AS g(unit, shift, at, received_at, lon, lat, speed_mps, heading_deg, accuracy_m, battery_share, late, source,
           duty_path, government_path)
), stored AS (
    INSERT INTO tracking_fix (unit, shift, at, received_at, lon, lat, speed_mps, heading_deg, accuracy_m,
                              battery_share, late, source)
    SELECT unit, shift, at, received_at, lon, lat, speed_mps, heading_deg, accuracy_m, battery_share, late, source
    FROM given
    ON CONFLICT (unit, at) DO NOTHING
), moved AS (
    INSERT INTO tracking_lastfix AS marker (unit, shift, at, lon, lat, speed_mps, heading_deg, accuracy_m,
                                            battery_share, duty_path, government_path)
    SELECT DISTINCT ON (unit) unit, shift, at, lon, lat, speed_mps, heading_deg, accuracy_m, battery_share,
           duty_path, government_path
    FROM given WHERE NOT late ORDER BY unit, at DESC
    ON CONFLICT (unit) DO UPDATE SET
        shift = EXCLUDED.shift, at = EXCLUDED.at, lon = EXCLUDED.lon, lat = EXCLUDED.lat,
        speed_mps = EXCLUDED.speed_mps, heading_deg = EXCLUDED.heading_deg, accuracy_m = EXCLUDED.accuracy_m,
        battery_share = EXCLUDED.battery_share, duty_path = EXCLUDED.duty_path,
        government_path = EXCLUDED.government_path
        WHERE marker.at < EXCLUDED.at OR marker.shift <> EXCLUDED.shift
    RETURNING unit, lon, lat, at, heading_deg, speed_mps, accuracy_m
)
SELECT pg_notify(%(channel)s, json_build_object('topic', 'position', 'fixes', json_agg(
    json_build_object('unit', unit, 'lon', round(lon::numeric, 6), 'lat', round(lat::numeric, 6), 'at', at,
                      'heading_deg', round(heading_deg::numeric), 'speed_mps', round(speed_mps::numeric, 1),
                      'accuracy_m', round(accuracy_m::numeric))
))::text) FROM moved HAVING count(*) > 0
"""


def store_together(passings: Sequence[Passing]) -> None:
    """Returns when all are committed. Each BATCH is one statement, and so one transaction."""
    for first in range(0, len(passings), BATCH):
        _store(passings[first : first + BATCH])


def _store(passings: Sequence[Passing]) -> None:
    columns: dict[str, list[Any]] = {
        "unit": [one.known.unit for one in passings],
        "shift": [one.known.shift for one in passings],
        "at": [one.time for one in passings],
        "received_at": [one.received_at for one in passings],
        "lon": [one.lon for one in passings],
        "lat": [one.lat for one in passings],
        "speed_mps": [one.reading.speed_mps for one in passings],
        "heading_deg": [one.reading.heading_deg for one in passings],
        "accuracy_m": [one.reading.accuracy_m for one in passings],
        "battery_share": [one.reading.battery_share for one in passings],
        "late": [not one.live for one in passings],
        "source": [one.source for one in passings],
        "duty_path": [one.known.duty_path for one in passings],
        "government_path": [one.known.government_path for one in passings],
    }
    with connection.cursor() as cursor:  # one statement is one transaction: no begin and commit around it
        cursor.execute(_STORE, columns | {"channel": live_channel()})
