"""Reading a table of any length line by line: it comes in parts and is never in memory twice."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Callable, Iterator

from django.utils.translation import gettext_lazy as _

from shouwang.connections.sheets.reading import (
    ENCODINGS,
    LONGEST_CELL,
    SheetEmpty,
    SheetTooLong,
    SheetUnreadable,
    text_of,
    tidy,
)
from shouwang.connections.sheets.writing import COMMENT
from shouwang.core.problem import Problem

Parts = Callable[[], Iterator[bytes]]  # the file from its beginning, as often as it is asked for
Line = tuple[int, list[str]]
MOST_LINES = 1_000_000
MOST_COLUMNS = 60
MOST_UNPACKED = 1024 * 1024 * 1024  # bytes of an Excel file, unpacked


class TooManyColumns(Problem):
    code, status = "sheets.too_many_columns", 422
    says = _("This table has more than {most} columns. Remove those that nobody asked for.")


def headings_of(parts: Parts) -> list[str]:
    """The first filled line. Raises SheetUnreadable, SheetEmpty, TooManyColumns"""
    for _number, cells in _lines(parts):
        if any(cells):
            while not cells[-1]:
                cells.pop()
            if len(cells) > MOST_COLUMNS:
                raise TooManyColumns(field="file", most=MOST_COLUMNS)
            return cells
    raise SheetEmpty(field="file")


def filled_lines(parts: Parts) -> Iterator[Line]:
    """The filled lines under the headings, without those that are for people only.

    Raises  SheetUnreadable, SheetTooLong
    """
    lines = ((number, cells) for number, cells in _lines(parts) if any(cells))
    next(lines, None)
    n_lines = 0
    for number, cells in lines:
        if next(cell for cell in cells if cell).startswith(COMMENT):
            continue
        n_lines += 1
        if n_lines > MOST_LINES:
            raise SheetTooLong(field="file", most=MOST_LINES)
        yield number, cells


def _lines(parts: Parts) -> Iterator[Line]:
    begin = next(parts(), b"")
    return _excel(parts) if begin[:2] == b"PK" else _csv(parts)


def _csv(parts: Parts) -> Iterator[Line]:
    encoding = _encoding(parts)
    with io.TextIOWrapper(io.BufferedReader(_Joined(parts())), encoding=encoding, newline="") as text:
        begin = text.readline().lstrip()
        while begin == "" and text.buffer.peek(1):
            begin = text.readline().lstrip()
    mark = max(",;\t", key=begin.count)
    csv.field_size_limit(LONGEST_CELL)
    with io.TextIOWrapper(io.BufferedReader(_Joined(parts())), encoding=encoding, newline="") as text:
        reader = csv.reader(text, delimiter=mark)
        try:
            for cells in reader:
                yield reader.line_num, [tidy(cell) for cell in cells]
        except csv.Error:
            raise SheetUnreadable(field="file") from None


def _encoding(parts: Parts) -> str:
    """The first encoding in which all of it can be read."""
    for encoding in ENCODINGS:
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            if all("\0" not in decoder.decode(part) for part in parts()):
                decoder.decode(b"", final=True)
                return encoding
        except UnicodeDecodeError:
            continue
    raise SheetUnreadable(field="file")


def _excel(parts: Parts) -> Iterator[Line]:
    from openpyxl import load_workbook

    raw = io.BytesIO(b"".join(parts()))
    try:
        with zipfile.ZipFile(raw) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise SheetTooLong(field="file", most=MOST_LINES)
        book = load_workbook(raw, read_only=True, data_only=True, keep_links=False)
        for number, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
            yield number, [tidy(text_of(cell)) for cell in cells]
    except Problem:
        raise
    except Exception:  # whatever a broken archive makes of its reader
        raise SheetUnreadable(field="file") from None


class _Joined(io.RawIOBase):
    """Parts as one file that is read once."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self.parts, self.left = parts, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, into: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self.left:
            part = next(self.parts, None)
            if part is None:
                return 0
            self.left = memoryview(part)
        n_bytes = min(len(into), len(self.left))
        into[:n_bytes] = self.left[:n_bytes]
        self.left = self.left[n_bytes:]
        return n_bytes


def cut(content: bytes, size: int) -> Iterator[bytes]:
    """The content in parts of `size` bytes."""
    return (content[start : start + size] for start in range(0, len(content), size))
