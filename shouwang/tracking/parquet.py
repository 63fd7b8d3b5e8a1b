"""Fixes as a Parquet file, and back: a form that any tool of another office and another decade still reads.

DuckDB writes and reads it through a file that lies in memory and has no name, so that nothing unsealed is on disk.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import UUID

from shouwang.tracking.models import Fix

if TYPE_CHECKING:
    import duckdb

NUMBERS = ("lon", "lat", "speed_mps", "heading_deg", "accuracy_m", "battery_share")
WORDS = ("unit", "shift", "source", "in_duty", "in_government")
TIMES = ("at", "received_at")
COLUMNS = (*TIMES, *NUMBERS, *WORDS, "late")


def pack(fixes: Sequence[Fix]) -> bytes:
    """The file, oldest fix first. Times are UTC."""
    shown = [f"CASE WHEN isnan({name}) THEN NULL ELSE {name} END AS {name}" for name in NUMBERS]
    columns = ", ".join([*(f'"{name}"' for name in TIMES), *shown, *WORDS, "late"])
    with _memory() as (number, path), _duckdb() as duck:
        duck.register("given", _columns(fixes))
        duck.execute(f"COPY (SELECT {columns} FROM given ORDER BY \"at\") TO '{path}'"
                     " (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)")  # fmt: skip
        return _read(number)


def unpack(data: bytes) -> list[Fix]:
    """Fixes as they were, in memory only."""
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    with _memory() as (number, path), _duckdb() as duck:
        os.write(number, data)
        rows = duck.execute(f"SELECT {names} FROM read_parquet('{path}') ORDER BY \"at\"").fetchall()
    return [_fix(row) for row in rows]


def _columns(fixes: Sequence[Fix]) -> dict[str, Any]:
    import numpy as np

    none = float("nan")
    return {
        **{name: np.array([_utc(getattr(fix, name)) for fix in fixes], dtype="datetime64[us]") for name in TIMES},
        **{
            name: np.array([none if (value := getattr(fix, name)) is None else value for fix in fixes], dtype="float64")
            for name in NUMBERS
        },
        **{name: np.array([str(getattr(fix, name)) for fix in fixes], dtype=object) for name in WORDS},
        "late": np.array([fix.late for fix in fixes], dtype=bool),
    }


def _utc(at: dt.datetime) -> dt.datetime:
    return at.astimezone(dt.UTC).replace(tzinfo=None)


def _fix(row: tuple[Any, ...]) -> Fix:
    told = dict(zip(COLUMNS, row, strict=True))
    for name in TIMES:
        told[name] = told[name].replace(tzinfo=dt.UTC)
    told["unit"], told["shift"] = UUID(told["unit"]), UUID(told["shift"])
    return Fix(**told)


@contextmanager
def _memory() -> Iterator[tuple[int, str]]:
    number = os.memfd_create("track")
    try:
        yield number, f"/proc/self/fd/{number}"
    finally:
        os.close(number)


def _read(number: int) -> bytes:
    with os.fdopen(os.dup(number), "rb") as file:
        file.seek(0)
        return file.read()


@contextmanager
def _duckdb() -> Iterator[duckdb.DuckDBPyConnection]:
    import duckdb

    quiet: dict[str, str | bool | int | float | list[str]] = {
        "threads": 1,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    with duckdb.connect(":memory:", config=quiet) as connection:
        yield connection
