"""A page that takes a sheet: first it says what would happen, line by line; then all of it is done, or nothing.

The page is the only memory between the two: it carries the lines back, and everything is looked at once more.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.connections.sheets.columns import Column, Row
from shouwang.connections.sheets.reading import LONGEST_CELL, MOST_ROWS, SheetTooLong, SheetUnreadable
from shouwang.core.actor import Actor

LARGEST_CARRIED = 1_500_000  # characters a form may carry back besides files
READY = _("From empty to ready")
LARGEST_UNPACKED = 32 * 1024 * 1024


@dataclass(frozen=True)
class Fault:
    """What is wrong with a line. Number 0: with the sheet as a whole."""

    number: int
    column: Promise | str
    says: Promise | str


@dataclass
class Outcome:
    """What a sheet would do or did, in words; `table` is shown and, with `kept` a name, handed out as a file."""

    says: list[Promise | str] = field(default_factory=list)
    left: list[Promise | str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    n_acts: int = 0
    headings: Sequence[Promise | str] = ()
    table: list[Sequence[str]] = field(default_factory=list)


Do = Callable[[list[Row], Actor, dt.datetime], Outcome]


@dataclass(frozen=True)
class Sheet:
    """One kind of sheet: its columns, what it would do, and doing it; `back` is the page it belongs to."""

    name: str
    title: Promise
    lead: Promise
    columns: tuple[Column, ...]
    examples: tuple[tuple[str, ...], ...]
    would: Do
    does: Do
    act: Promise
    back: str = "administration:ready"
    back_title: Promise = READY

    def title_of(self, key: str) -> Promise | str:
        return next((column.title for column in self.columns if column.key == key), _("the whole sheet"))


def carried(rows: Sequence[Row]) -> str:
    """The lines as the page carries them. Raises SheetTooLong"""
    text = json.dumps([[row.number, row.cells] for row in rows], ensure_ascii=False)
    packed = base64.b64encode(zlib.compress(text.encode(), 9)).decode()
    if len(packed) > LARGEST_CARRIED:
        raise SheetTooLong(field="file", most=MOST_ROWS)
    return packed


def brought_back(packed: str) -> list[Row]:
    """Raises SheetUnreadable for what did not come from `carried`."""
    try:
        unpacking = zlib.decompressobj()
        text = unpacking.decompress(base64.b64decode(packed, validate=True), LARGEST_UNPACKED)
        rows = [
            Row(int(number), {str(key): str(cell)[:LONGEST_CELL] for key, cell in cells.items()})
            for number, cells in json.loads(text)
        ]
    except (binascii.Error, zlib.error, ValueError, TypeError, AttributeError, RecursionError):
        raise SheetUnreadable(field="file") from None
    if not unpacking.eof or not 0 < len(rows) <= MOST_ROWS:
        raise SheetUnreadable(field="file")
    return rows
