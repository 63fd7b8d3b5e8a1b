"""Fetching under an agreement: a sheet under our columns, what was turned away with why, and the lineage.

The sheet goes the way of every sheet (`import-sheet`): looked over, confirmed by a person, undone whole if need be.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from shouwang.connections.platforms.port import NEEDED, Adapter, Agreement
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.ids import new_id
from shouwang.journal.record import record

WriteTable = Callable[[Sequence[object], Iterable[Sequence[object]]], bytes]  # headings, lines; no cell a formula


@dataclass(frozen=True)
class Rejected:
    """One row that did not pass: its place, the field and why. Never what else was in it."""

    number: int
    field: str
    why: str


@dataclass(frozen=True)
class Brought:
    """What one fetch left in a folder: the sheet, the rejects, and the lineage that names both by their hash."""

    sheet: Path
    rejects: Path
    lineage: Path
    n_rows: int
    rejected: list[Rejected]
    dropped: list[str]


def bring(
    adapter: Adapter, *, into: Path, since: dt.date, write: WriteTable, by: Actor, at: dt.datetime
) -> Brought:  # fmt: skip
    """Write the three files and one entry; the registers themselves are not touched."""
    agreement = adapter.agreement
    keys = list(agreement.fields)
    rows, rejected, dropped = mapped(adapter.rows(since), agreement)
    into.mkdir(parents=True, exist_ok=True, mode=0o700)
    sheet, rejects, lineage = (into / f"{agreement.name}{end}" for end in (".csv", "-rejects.csv", "-lineage.json"))
    sheet.write_bytes(write(keys, [[row[key] for key in keys] for row in rows]))
    rejects.write_bytes(write(["row", "field", "why"], [[one.number, one.field, one.why] for one in rejected]))
    told = {
        "agreement": agreement.name, "body": agreement.body, "purpose": agreement.purpose, "basis": agreement.basis,
        "agreed": [str(agreement.signed_on), str(agreement.ends_on)], "since": str(since), "fetched_at": at.isoformat(),
        "fields": {key: one.theirs for key, one in agreement.fields.items()}, "dropped": dropped,
        "n_rows": len(rows), "n_rejected": len(rejected),
        "sheet_sha256": hashlib.sha256(sheet.read_bytes()).hexdigest(),
    }  # fmt: skip
    lineage.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf8")
    with acting(by):
        record(
            "platforms.bring", topic="platforms.brought", subject=("fetch", new_id()), by=by, at=at,
            agreement=agreement.name, n_rows=len(rows), n_rejected=len(rejected), sheet=told["sheet_sha256"],
        )  # fmt: skip
    return Brought(sheet, rejects, lineage, len(rows), rejected, dropped)


def mapped(
    rows: Iterable[Mapping[str, str]], agreement: Agreement
) -> tuple[list[dict[str, str]], list[Rejected], list[str]]:
    """Their rows under our names; what was turned away; their fields that nobody agreed on, and that were dropped."""
    agreed = {one.theirs for one in agreement.fields.values()}
    passed: list[dict[str, str]] = []
    rejected: list[Rejected] = []
    dropped: set[str] = set()
    for number, row in enumerate(rows, 1):
        dropped |= row.keys() - agreed
        read, why = _read(row, agreement)
        if why is None:
            passed.append(read)
        else:
            rejected.append(Rejected(number, *why))
    return passed, rejected, sorted(dropped)


def _read(row: Mapping[str, str], agreement: Agreement) -> tuple[dict[str, str], tuple[str, str] | None]:
    read: dict[str, str] = {}
    for key, one in agreement.fields.items():
        text = row.get(one.theirs, "")
        if not text.strip():
            if key in NEEDED:
                return {}, (key, "empty")
            read[key] = ""
            continue
        try:
            read[key] = one.read(text)
        except ValueError:
            return {}, (key, "unreadable")
    return read, None
