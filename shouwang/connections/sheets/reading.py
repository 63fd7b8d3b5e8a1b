"""Reading a table out of a CSV or Excel file, whatever program wrote it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwang.connections.sheets.columns import Column, Row, places_of
from shouwang.connections.sheets.writing import armed
from shouwang.core.problem import Problem

MOST_ROWS = 5000
MOST_UNPACKED = 64 * 1024 * 1024  # bytes: a small archive can hold a very large sheet
LONGEST_CELL = 500_000  # characters: a border may be long
ENCODINGS = ("utf-8-sig", "gb18030")  # what Excel writes in China where it is not asked for UTF-8


class SheetUnreadable(Problem):
    code, status = "sheets.unreadable", 422
    says = _("This file is no table: it must be CSV or Excel (.xlsx).")


class SheetTooLong(Problem):
    code, status = "sheets.too_long", 422
    says = _("This table is too large: at most {most} lines. Divide it.")


class SheetEmpty(Problem):
    code, status = "sheets.empty", 422
    says = _("This table has no line under its heading.")


def read_table(raw: bytes, columns: Sequence[Column]) -> list[Row]:
    """The filled lines under the heading. Raises SheetUnreadable, SheetTooLong, SheetEmpty, ColumnMissing"""
    lines = _excel(raw) if raw[:2] == b"PK" else _csv(raw)
    headings = next((cells for _number, cells in lines if any(cells)), [])
    places = places_of(headings, columns)
    rows = [
        Row(number, {key: cells[place] if place < len(cells) else "" for key, place in places.items()})
        for number, cells in islice(lines, MOST_ROWS * 2)
        if any(cells)
    ]
    if len(rows) > MOST_ROWS or next(lines, None) is not None:
        raise SheetTooLong(field="file", most=MOST_ROWS)
    if not rows:
        raise SheetEmpty(field="file")
    return rows


def _csv(raw: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(raw)
    heading = text.lstrip().partition("\n")[0]
    mark = max(",;\t", key=heading.count)
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        for cells in reader:
            yield reader.line_num, [tidy(cell) for cell in cells]
    except csv.Error:
        raise SheetUnreadable(field="file") from None


def _decoded(raw: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise SheetUnreadable(field="file")


def _excel(raw: bytes) -> Iterator[tuple[int, list[str]]]:
    """The first sheet, values as they are shown; never a formula."""
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise SheetTooLong(field="file", most=MOST_ROWS)
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
        lines = list(islice(book.worksheets[0].iter_rows(values_only=True), MOST_ROWS * 2 + 1))
    except Problem:
        raise
    except Exception:  # whatever a broken archive makes of its reader
        raise SheetUnreadable(field="file") from None
    for number, cells in enumerate(lines, start=1):
        yield number, [tidy(text_of(cell)) for cell in cells]


def text_of(cell: Any) -> str:
    """A number as it was typed: a code of twelve digits must not come back as a float."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, bool):
        return "1" if cell else "0"
    return str(cell)


def tidy(text: str) -> str:
    """Without blanks around it, and without the apostrophe that we put before what looks like a formula."""
    text = text.strip()
    return text[1:] if text.startswith("'") and armed(text[1:]) else text
