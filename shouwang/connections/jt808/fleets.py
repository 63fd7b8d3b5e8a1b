"""Recorded fleets: what real vehicles reported, with their gaps and repetitions, to be sent once more by terminals.

A file has the columns vehicle_id, timestamp (ISO 8601 with offset), latitude, longitude and speed (m/s, may be empty).
Places are moved, as they lie to each other, to where the town is; times, so that the record begins when it is told to.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

Box = tuple[float, float, float, float]  # west, south, east, north


@dataclass(frozen=True)
class Heard:
    """One report of one vehicle."""

    vehicle: str
    at: dt.datetime
    lon: float
    lat: float
    speed_mps: float = 0.0


def read_fleet(path: Path) -> list[Heard]:
    """In the order of their times; repetitions are repetitions."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [
            Heard(
                row["vehicle_id"], dt.datetime.fromisoformat(row["timestamp"]), float(row["longitude"]),
                float(row["latitude"]), float(row["speed"] or 0),
            )
            for row in csv.DictReader(file)
        ]  # fmt: skip
    return sorted(rows, key=lambda one: (one.at, one.vehicle))


def moved_to(box: Box, began: dt.datetime, heard: Sequence[Heard]) -> list[Heard]:
    """The same in the town: made smaller where they would not fit, never larger."""
    west, south, east, north = box
    lons, lats = [one.lon for one in heard], [one.lat for one in heard]
    left, low = min(lons), min(lats)
    wide, high = max(max(lons) - left, 1e-9), max(max(lats) - low, 1e-9)
    scale = min(1.0, (east - west) / wide, (north - south) / high)
    return [
        replace(
            one, at=began + (one.at - heard[0].at), lon=west + (one.lon - left) * scale,
            lat=south + (one.lat - low) * scale,
        )
        for one in heard
    ]  # fmt: skip


def busiest(heard: Iterable[Heard], n: int) -> list[str]:
    """The vehicles that reported most."""
    counts: dict[str, int] = {}
    for one in heard:
        counts[one.vehicle] = counts.get(one.vehicle, 0) + 1
    return sorted(counts, key=lambda vehicle: (-counts[vehicle], vehicle))[:n]
